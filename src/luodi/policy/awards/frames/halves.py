"""Shares of a sum told before (省级的减半, 按上述标准的50%执行): said, and never calculated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.awards.frames.frame import region
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.passages import Passage

# 省级的减半, 市级减半, 引进硕士的,标准减半, 提名奖减半奖励, 首仿药减半执行: half of the sum just told; 减半征收 and 租金减半 are no awards.
_HALVED = re.compile(
    r"(?P<key>[^,。;:]{2,40}?)(?<!年)(?<!年度)(?:的,?(?:(?:奖励|补助|补贴)?标准|奖励|补助|补贴)?(?:给予)?减半"
    r"|,?(?:给予)?减半(?=给予|奖|补|资助|发放|兑现)|(?<=[级药奖类])减半(?=执行|[,。;]|\Z))"
    r"(?:给予|奖励|补助|补贴|资助|发放|兑现|执行|支持)*(?=[,。;]|\Z)"
    # 省级企业按上述标准的50%执行; 再次获奖的按50%奖励, 高层次人才的,按1.5倍给予补贴, 翻倍补贴
    r"|(?P<of>[^,。;:]{2,40}?)(?:(?:的,?)?(?:按照?|参照)(?:上述|以上|前述|前款|该|其?[相对]应|[国省市区县]家?级)?[^,。;:%]{0,6}?"
    r"(?:标准|额度|等[次级]|档次|级别)的?|的,?(?:分别)?按照?|(?<=[生人户员])按照?|的,?(?:给予)?(?=[翻加双]倍))(?P<share>[\d.]+[%倍]|一半|[一-九]成|[翻加双]倍)"
    r"(?:给予|奖励|补助|补贴|资助|发放|兑现|执行|支持)+(?=[,。;]|\Z)(?!,(?:即|为|折合))"
)
_PART = re.compile(r"减半|(?:标准|额度|等[次级]|档次|级别)的?(?:[\d.]+%|一半|.成)|按照?[\d.]+[%倍]|[翻加双]倍")


def find_halves(passage: Passage, rows: Sequence[Row]) -> list[re.Match[str]]:
    """The grades that have half or another share of a sum told before them: no rows, for nothing is computed."""
    if not _PART.search(passage.text):
        return []
    return [at for at in _HALVED.finditer(passage.text) if _of_rows(at, rows)]


def _of_rows(at: re.Match[str], rows: Sequence[Row]) -> bool:
    """Whether a sum stands before a share of it, and the share itself is none."""
    return any(row.sum.end <= at.start() for row in rows) and not any(
        at.start() <= row.sum.start < at.end() for row in rows
    )


def select_whole(passage: Passage, rows: Sequence[Row]) -> None:
    """``国家级X奖励A,省级的减半``: the sum is that of the level beside the halved one."""
    for at in find_halves(passage, rows):
        halved = KEY_WORD.match((at["key"] or at["of"]).removeprefix("获").removeprefix("得"))
        row = next(row for row in reversed(rows) if row.sum.end <= at.start())
        own = (
            [] if halved is None or row.selector else KEY_WORD.findall(passage.text[slice(*region(passage, rows, row))])
        )
        if own and halved and own[0] != halved[0]:
            row.selector = own[0]
