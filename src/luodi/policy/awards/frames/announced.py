"""A sentence before the first sum of a paragraph that names whom its awards are for and gives no sum (LANGUAGE 6.1).

What other sentences announce, and how far, says :mod:`luodi.policy.conditions.announcing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Row
from luodi.policy.conditions.announcing import NO_AWARD, OTHER_MATTER
from luodi.policy.conditions.phrases import stretches
from luodi.policy.conditions.terms import SUM_NOUN
from luodi.policy.passages import Passage

_BY_DEGREE = r"(?:博士后?|硕士|学士|研究生|[本专]科生|毕业生|大学生|留学生|技师|高级工|教授|工程师)"
# What opens a measure of its own: whom it is for, what it is to further.
OPENS_ANEW = re.compile(
    rf"(?:对|凡|鼓励|支持|推动|引导|加快|为)|[^。;]*?的(?:[^,。;的]{{0,8}}(?:{terms.PAYEE}|{_BY_DEGREE}))[,给按]"
)
_ANNOUNCES = re.compile(
    r"(?:[^,。;]{0,16},)?[^,。;]{0,24}?(?P<who>(?:对|凡)[^。]{4,80}?(?:给予|实行|进行|发放)(?:[^。\d]|\d(?=个?[年月])){0,16}"
    r"(?:奖|补|资助|扶持|支持)[^。\d]*)\Z"
    # 全职引进的人才,年度考核合格后,按照不同层次给予生活补助,分5年发放
    rf"|(?P<class>[^,。;\d]{{4,30}}的[^,。;的\d]{{0,16}}{terms.PAYEE},[^。]{{4,60}}?)(?:按照?|区分|分)(?:不同)?"
    rf"(?:层次|类型|类别|档次|标准|等级)[^,。;\d]{{0,8}}(?:给予|发放)[^,。;\d]{{0,10}}(?:奖|补|资助|津贴)[^。]*\Z"
)
# 对网络交易规模进行奖励: what is rewarded, and nobody.
_OF_MEASURE = re.compile(rf"对[^,。;的\d]{{2,20}}?(?:{SUM_NOUN}|成效|绩效|表现|增[量长])(?:进行|给予|予以|实行)")
# 年度内投产的新上项目,按投资额给予奖励。投资1000万元以上的,奖励A
_ANNOUNCES_BY = re.compile(
    rf"(?P<who>(?!对|凡|鼓励|支持)[^,。;\d]{{4,30}}的[^,。;的\d]{{0,20}}{terms.PAYEE}),(?:按照?|根据)[^,。;\d]{{2,20}}"
    rf"(?:给予|予以|实行)[^,。;\d]{{0,10}}(?:奖|补)[^。\d]*\Z"
)
# 鼓励企业引进投资5000万元以上的项目。按投资额的5%给予奖励: what is furthered holds where it is bounded.
_FURTHERS = re.compile(r"(?:鼓励|支持|引导)(?P<who>[^,。;]{0,30}\d[^,。;]*的[^,。;的]{2,12})(?:,[^。;\d]*)?\Z")
_GOES_ON = re.compile(r"[一二三四五]是|其中|具体|标准|按|补|奖|最高|即|每|对(?=[^,。;]{2,12}按)")


def announced(passage: Passage, rows: Sequence[Row], row: Row) -> Iterator[tuple[int, int]]:
    """``对…的项目给予奖励。其中,…按10%``: a sentence before the first sum that names whom and gives no sum."""
    first = min(one.sentence for one in rows)
    opened, _ = passage.stretch(clause=row.clause)
    if not _GOES_ON.match(passage.text, opened) and OPENS_ANEW.match(passage.text, opened):
        return
    if passage.text.startswith(("其他", "其余", "其它"), opened):
        return
    for sentence in range(first - 1, max(first - 3, -1), -1):
        begin, end = passage.stretch(sentence=sentence)
        words = passage.text[begin:end]
        furthered = sentence == first - 1 and passage.text.startswith("按", opened)
        told = _ANNOUNCES.match(words) or _ANNOUNCES_BY.match(words) or (_FURTHERS.match(words) if furthered else None)
        if told:
            who = "who" if told["who"] else "class"
            if not NO_AWARD.search(words) and not _OF_MEASURE.search(told[0]):
                yield from stretches(passage, begin + told.start(who), begin + told.end(who))
            return
        if OTHER_MATTER.match(words) and not _GOES_ON.match(passage.text, opened):
            return
