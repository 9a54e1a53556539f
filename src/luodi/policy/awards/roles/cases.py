"""Awards that are decided case by case (一事一议, 一企一策; LANGUAGE 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Item, Sum
from luodi.policy.passages import Passage

# A类实行“一人一议”,B、C类分别给予…; …,顶尖人才一事一议: one class of a list, told beside the sums of the others.
CASE_OF_CLASS = re.compile(
    rf"(?:其中,?)?(?:对于?)?(?P<who>(?!单|每|同一|该|上述|以上)[^,。;:]{{1,12}}(?:类|级|档|层次|{terms.PAYEE})(?:人才)?)(?:的(?:[一-鿿]{{2,4}}(?:支持|待遇|保障|奖励|补[贴助]))?)?"
    rf"(?:实行|采取|采用|按照?|给予|可)*[“”]?"
)
"""What stands before 一事一议 where it is for one class."""
# “一企一策”企业不享受本政策: who has a case already; 按“一人一策”办理, 一企一策制定培育方案: how something is done.
_HAS_CASE = re.compile(
    r"”?(?:(?:政策|方式|支持|扶持)?的?(?:企业|项目|单位|机构|人才|团队),?[^,。;]{0,4}不|(?:的?方式)?(?:给予)?(?:办理|服务)"
    r"|,?(?:研究)?(?:制定|编制|建立|明确)[^,。;]{0,8}(?<!扶持)(?<!支持)(?<!奖励)(?:方案|计划|清单|台账|档案|路线图))"
)
# 甲平台采取一事一议的形式,按照投资额的25%给予资助: how much is given to the same.
_GOES_ON = re.compile(r"(?:按照?|给予|最高|不超过)")


def is_headed(passage: Passage) -> bool:
    """Whether a paragraph stands under 一事一议 as its heading, and is not that line itself."""
    return bool(terms.CASE.search(passage.heading)) and passage.text != passage.heading


def find_cases(passage: Passage, found: list[Sum]) -> Iterator[Sum]:
    """``一事一议``, ``一企一策`` about support, where the clause names no sum of its own but a cap."""
    for at in terms.CASE.finditer(passage.text):
        phrase = next((p for p in passage.phrases if p.start <= at.start() < p.end), None)
        if phrase is None:
            continue
        beside = [one for one in found if one.role in ("amount", "rate") and one.phrase.clause == phrase.clause]
        of_class = CASE_OF_CLASS.fullmatch(passage.text, phrase.start, at.start())
        of_same = any(one.start > at.end() and _GOES_ON.match(one.left) for one in beside)
        if beside and (of_same or not (of_class and all(one.phrase != phrase for one in beside))):
            continue
        start, end = passage.stretch(clause=phrase.clause)
        words = passage.text[start:end]
        about = f"{passage.text}{passage.lead_in}{passage.heading}{passage.document.titles}"
        if _HAS_CASE.match(passage.text, at.end()):
            continue
        if not (terms.AWARD.search(about) or is_headed(passage)) or re.search(
            r"准入|入驻(?!项目|企业)|除外|入园|准予|专班|包[联保抓]|服务(?:机制|专员)", words
        ):
            continue
        item = Item(at.start(), at.end())
        if re.search(rf"(?:{terms.CASE.pattern})[“”、和或及]*\Z", passage.text[start : at.start()]):
            continue  # “一企一策”、“一事一议”: two words for one thing
        left, right = passage.text[phrase.start : at.start()], passage.text[at.end() : phrase.end]
        yield Sum("case", (item,), at.start(), at.end(), phrase, left, right, True)
