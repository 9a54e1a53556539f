"""Sentences that only say for whom what stands behind them is (LANGUAGE 6.1): they give no sum, and the next ones name nobody.

``对规模以上工业企业实施技改的,按下列标准给予支持。设备投资500万元以上的,按8%补助。`` announces a list and holds for all of it, up to the
next announcement. ``对在本市注册的制造业企业,鼓励上云。上云费用按30%补贴。`` holds up to where another class or matter begins. ``本条适用于…`` holds
for its article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from luodi.document.tree import Article
from luodi.policy.award_terms import PAYEE
from luodi.policy.conditions.block import Block, all_of, gives
from luodi.policy.passages import Passage

_SUBJECT = (
    rf"(?:{PAYEE}|[公商]司|事务所|协会|商会|养殖场|农场|医院|学校|院校|大学|景区|[首门]店|商户|民宿|酒店|工厂|工坊|车间|总部"
    r"|博士|硕士|专家|高管|毕业生|大学生|学员|职工|员工|农民|居民|军人|青年|[本专]科生|技师|工匠)"
)
_FOR = r"(?:(?<!针)对(?!象|外(?![资商贸])|内(?!资)|[^,。;]{0,4}(?:第[一二三四五]|上述|以上|前述|符合(?:上述|以上|相关)?条件))于?|凡是?|针对)"
_GIVES = (
    r"(?:均|都|分别|一律|统一|自[^,。;]{2,8}起,?|[一二三四五\d]年内|可以?|继续|重点|积极|达到)*"
    r"(?:给予|享受|实行|执行|发放|按照?(?!时|期|规定)|鼓励|支持|引导|采取|申[请报领]|进行(?:奖|补)|下列[^,。;]{0,4}标准)"
)
_LIST = r"下列|以下|如下|下述|分[档类级别]|:\Z"
_ANNOUNCES = re.compile(
    rf"(?P<who>{_FOR}(?:[^。;:]{{4,100}}?(?=的?,{_GIVES}|的(?:给予|按))|[^。;:,]{{2,60}}?{_SUBJECT}(?={_GIVES})))"
    r"(?P<what>[^。;:]*[。:]?)\Z"
    # 在本区注册的生物医药企业,可享受以下支持:
    rf"|(?P<class>(?![^,。;:]{{0,8}}(?:第[一二三四五]|上述|以上)|[^。;:]*[,将]对)[^。;:]{{4,60}}的[^,。;:的]{{0,12}}{_SUBJECT}),?"
    rf"(?={_GIVES}[^。;:]{{0,16}}(?:{_LIST})|(?:均|都)?可(?:以|按规定)?(?:申[请报领]|享受))"
    r"(?P<how>[^。;:]*[。:]?)\Z"
)
# 鼓励年营业收入2000万元以上的制造业企业实施改造。
_FURTHERS = re.compile(
    rf"(?:鼓励|支持|引导)(?P<who>(?=[^,。;:]{{0,30}}?(?:\d|规模?以上|限额?以上|[在本我全][^,。;:的]{{1,8}}(?:注册|登记|纳税|经营)))"
    rf"[^,。;:]{{2,50}}?{_SUBJECT})(?!的|[、和及与或])[^。;:]{{2,}}[。:]?\Z"
)
# 本条适用于在本市注册的软件企业。
_OF_ARTICLE = re.compile(
    r"本(?P<of>条|款|项(?!目)|部分)(?:政策|规定|奖励|补[助贴]|扶持|资助|措施|所称)*"
    r"(?:适用于?|[仅只]限于?(?:支持)?|(?:适用|支持|扶持|奖励|补[助贴]|资助|申报)(?:对象|范围)(?:为|是|包括|[仅只]?限于?))"
    r"(?P<who>(?!20\d\d年)[^。;:]{4,120}?)(?:申[请报领]|享受)?(?=[。;:]|\Z)"
)
_OF_HEADING = re.compile(
    rf"(?:对|针对)(?P<who>(?!象)[^,。;:]{{3,40}}?{_SUBJECT})(?:的?(?:奖励|奖补|补助|补贴|资助|扶持|支持)(?:标准|办法|政策|方式|措施)?)?"
)
_SAYS_NOTHING = re.compile(
    rf"(?:{_FOR})?(?:有条件|具备条件|(?:符合|满足|达到)(?:以上|相关|有关|规定|本)?[^,。;:的]{{0,4}}(?:条件|要求)|上述|以上|各类|优[质秀势]|相关|有关)"
)
# Another matter, or another class that is named, where an announcement without a list ends.
OTHER_MATTER = re.compile(
    r"(?:鼓励|支持|引导|推动|推进|促进|加快|加强|加大|大力|积极|提升|优化|完善|建立|设立|实施(?!后))"
)
_ANOTHER = re.compile(
    rf"(?:{_FOR}[^。;:]*?|[^,。;:]*的)(?P<own>[^,。;:的]*?{_SUBJECT})(?:的|,|[给按再最奖补]|支持|资助|不超过|每|一次性)"
    rf"|{_FOR}[^,。;:]{{2,24}}(?<!的),|其[他余它](?!中)"
)
_THING = re.compile(r"(?:项目|产品|设备|装备)\Z")
_WHO = re.compile(rf"(?!.*(?:项目|产品|设备|装备)\Z).*{_SUBJECT}\Z")
# 既符合甲政策又符合乙政策的,按就高原则执行: how awards meet, who loses one.
NO_AWARD = re.compile(r"[就从]高|差额|补[足差]|从优|重复|叠加|择一|兼得|不(?:再|予|得)|追回|收回|取消|暂停|责令|处罚")
_BARE = re.compile(PAYEE)
# 对重点企业,按季度开展走访; 实行网格化管理: nothing is given.
_AWARDS = re.compile(
    r"给予(?!处罚|通报|警告|处分)|享受|奖|补(?![充正办录交缴])|资助|扶持|支持|鼓励|引导|优惠|标准|政策|申[请报领](?!延|复|变更)"
)
_ENDS = re.compile("[。:]")
_END, _SENTENCE_END = re.compile(r"[。;]"), re.compile("。")


def announced(passage: Passage, at: int, sums: Sequence[int]) -> Iterator[Block]:
    """What the sentences of a paragraph that announce say of the awards behind them; ``at`` is the place of its article."""
    article = passage.document.articles[at] if at >= 0 else None
    yield from _of_article(passage, at, article)
    for low, high in _sentences(passage):
        told = _ANNOUNCES.match(passage.text, low, high) or _FURTHERS.match(passage.text, low, high)
        if told is None or gives(passage, low, high, sums) or NO_AWARD.search(told[0]):
            continue
        words = told.groupdict()
        if not _AWARDS.search(words.get("what") or words.get("how") or "支持"):
            continue
        who = "who" if words["who"] else "class"
        if _SAYS_NOTHING.match(told[who]):
            continue
        listed = re.search(_LIST, words.get("what") or words.get("how") or "")
        within = _behind(passage, article, (*told.span(who), high), sums, of_list=listed is not None)
        if within is not None:
            place = passage.offsets[low]
            yield Block(
                at if at >= 0 else None, place, place, within=within, items=list(all_of(passage, *told.span(who)))
            )


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """The sentences with what ends them."""
    start = 0
    for at in _ENDS.finditer(passage.text):
        if not passage.depths[at.start()]:
            yield start, at.end()
            start = at.end()
    if start < len(passage.text):
        yield start, len(passage.text)


def _of_article(passage: Passage, at: int, article: Article | None) -> Iterator[Block]:
    """``本条适用于…``, and a heading that says whom all below it is for (对新设立的金融机构)."""
    if article is None:
        return
    place = passage.start
    for told in _OF_ARTICLE.finditer(passage.text):
        over = article
        while told["of"] == "条" and not over.id.endswith("条") and over.parent is not None:
            over = passage.document.articles[over.parent]
        over = over if told["of"] != "条" or over.id.endswith("条") else article
        yield Block(at, place, place, within=(over.start, over.end), items=list(all_of(passage, *told.span("who"))))
    named = _OF_HEADING.fullmatch(passage.heading)
    if named and passage.text.startswith(passage.heading) and passage.start <= article.body + 1:
        yield Block(
            at, place, place, within=(article.start, article.end), items=list(all_of(passage, *named.span("who")))
        )


def _behind(
    passage: Passage, article: Article | None, told: tuple[int, int, int], sums: Sequence[int], *, of_list: bool
) -> tuple[int, int] | None:
    """The clean range behind an announcement (where it says who, where it ends) whose awards it is of; None where nothing is paid there."""
    *who, end = told
    first, last = passage.offsets[end - 1] + 1, passage.offsets[-1] + 1
    if not _pays(sums, first, last):
        last = article.end if article is not None and of_list else article.own_end if article is not None else last
    elif not of_list:
        words = passage.text[slice(*who)]
        cut = next((at for at in _clauses(passage, end) if _begins_another(passage, at, words)), None)
        last = passage.offsets[cut] if cut is not None else last
    return (first, last) if _pays(sums, first, last) else None


def _clauses(passage: Passage, low: int) -> Iterator[int]:
    """Where the clauses behind a place begin, but for those of a sentence that tells parts of the whole (其中,…;…)."""
    place = low
    while place < len(passage.text):
        parts = passage.text.startswith("其中", place)
        if not parts:
            yield place
        end = (_SENTENCE_END if parts else _END).search(passage.text, place)
        place = end.end() if end else len(passage.text)


def _begins_another(passage: Passage, at: int, who: str) -> bool:
    """Whether a clause is of another matter or names another class than ``who``.

    A thing (项目) is that of the class, and those of it that have done something (通过验收的企业,…) are a part of it.
    """
    if OTHER_MATTER.match(passage.text, at):
        return True
    named = _ANOTHER.match(passage.text, at)
    own = (named["own"] or "") if named else ""
    if named is None or (_WHO.match(who) and _THING.search(own)):
        return False
    return not (_BARE.fullmatch(own) and who.endswith(own) and not re.match(_FOR, passage.text[at:]))


def _pays(sums: Sequence[int], low: int, high: int) -> bool:
    return bisect_left(sums, low) < bisect_left(sums, high)
