"""Raises of a standard told before (紧缺工种的,补贴标准上浮30%): said, and never calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.policy.award_terms import KIND
from luodi.policy.awards.roles.described_shares import MORE
from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

_BY = r"(?P<by>[\d.]+%(?:[、和或][\d.]+%)*|[\d.]+个百分点|(?:一|两|[\d.]+)倍|[一二两三四五]成)"
# 夫妻双方均符合的,叠加50%给予补贴; 高层次人才再上浮20%: without a word for what is raised.
_MORE = re.compile(MORE)
_RAISED_BARE = re.compile(
    rf"(?<=[,。;])(?P<whom>[^,。;:]{{2,30}}?)(?<![价格率费税资本])(?:的,?|,)?(?:再|还|均|可|则|将|按|分别)*{MORE}{_BY}"
    rf"(?=(?:的?(?:给予|进行|发放|标准)*(?:{KIND})(?:资金)?)?(?:[,。;]|\Z))"
)
_RAISED = re.compile(
    rf"(?:(?:{KIND})(?:资金|金)?(?:标准|金额|额度|比例|力度)?|标准|额度|(?:标准|金额|额度|比例|基数|数额)的?基础上)"
    r",?(?:可|再|还|将|则|均|按|分别|额外|另外|适当|相应|在[^,。;:]{2,24}(?:基础上|范围内|内))*"
    rf"(?:上浮|上调|提高|提升|增加|调高|加发){_BY}(?!以[上下内]|的(?!标准|比例|额度)|[至到~—-])"
)
# 紧缺工种的,补贴标准上浮: a case that is told; 城乡医保补助标准提高10% is what a plan strives for.
_CASE = re.compile(r"(?:的|对于?[^,。;:]{2,30}|[^,。;:]{2,30}时),(?:其|该)?[^,。;:]{0,12}\Z")


def find_raises(passage: Passage, rows: Sequence[Row]) -> Iterator[re.Match[str]]:
    """By how much what was told before is raised for some: no rows, for nothing is computed."""
    for at in _RAISED.finditer(passage.text):
        if any(at.start() <= row.sum.start < at.end() for row in rows):
            continue
        start, _ = passage.stretch(sentence=passage.sentence_at(at.start()))
        told = any(row.sum.end <= at.start() for row in rows)
        if told or "基础上" in at[0] or _CASE.search(passage.text, start, at.start()):
            yield at
    for at in _RAISED_BARE.finditer(passage.text) if rows and _MORE.search(passage.text) else ():
        fixed = [row for row in rows if row.sum.end <= at.start("whom")]
        if fixed and all(row.amount is not None for row in fixed) and not _RAISED.search(at[0]):
            yield at
