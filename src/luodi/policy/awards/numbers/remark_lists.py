"""Lists of names and sums in a remark behind the noun of payment: 给予一次性补贴(博士2万元/人、硕士1万元/人) (LANGUAGE 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luodi.policy import award_terms as terms
from luodi.policy.passages import Passage
from luodi.quantities.money import find_money
from luodi.quantities.numerals import ARABIC

_SUM = rf"{ARABIC}[万亿]?元(?:[/·][^,。;、()\d]{{1,4}}){{0,2}}"
# 5A级景区, 3000平方米以上, 初级工(五级) are names too.
_NAME = (
    r"[^,。;:、()\d%]{0,14}?(?:(?:\d?[A-Z]级|\d[\d.]*[万亿]?[^,。;、()\d元%]{1,4}以[上下]的?)[^,。;:、()\d%]{0,8}?)?"
)
_VERB = r"(?:最高不超过|最高|不超过|分别|各|按|为|是|奖励|奖|补贴|补助|补|资助|给予|:)?"
_EACH = r"每[人户家个件项名]"
_NAMED = rf"{_NAME}{_VERB}(?:{_EACH})?{_SUM}"
_LIST = re.compile(rf"\({_NAMED}(?:[、,;和]{_NAMED}){{1,9}}等?\)")
_ONE = re.compile(rf"(?P<key>{_NAME}){_VERB}(?P<each>{_EACH})?(?P<sum>{_SUM})")
# 给予100万元奖励(市级50万元、区级50万元): a remark behind a sum says how it is made up, or holds other values for others.
_PAYMENT_BEFORE = re.compile(rf"(?:\A|[,。;:])[^,。;:元%]{{0,60}}{terms.KIND}(?:金|标准)?\Z")
_REACH = 64
# 在原有补贴(博士2万元、硕士1万元)基础上, 已享受补贴(…)的企业: what others pay or was paid before.
_TOLD_OF_OTHERS = re.compile(r"的?(?:基础上|企业|单位|个人|人员)")
# 给予补贴(市级财政50万元、区级财政50万元): who pays; (总投资500万元、…): what is measured.
_NO_NAME = re.compile(
    r"财政|承担|负担|出资|自筹|配套|其中|每|单[个家户项]|同一|全年|累计|合计|总|最多|上限|不低于|投资|收入|产值|注册|贷款|原|含|年度|除"
)


@dataclass(frozen=True, slots=True)
class Named:
    """One sum of a remark with its name; offsets of the passage."""

    key: str
    start: int
    end: int
    fen: int
    per: str | None


def lists_in_remarks(passage: Passage) -> Iterator[list[Named]]:
    """The lists, each behind a noun of payment; a name that says who pays or what is measured is none."""
    text = passage.text
    for at in _LIST.finditer(text):
        before = text[max(0, at.start() - _REACH) : at.start()]
        if not _PAYMENT_BEFORE.search(before) or _TOLD_OF_OTHERS.match(text, at.end()):
            continue
        named = [one for item in _ONE.finditer(text, at.start() + 1, at.end()) if (one := _named(item))]
        if len(named) > 1 and all(one.key and not _NO_NAME.search(one.key) for one in named):
            yield named


def _named(item: re.Match[str]) -> Named | None:
    found = [one for one in find_money(item["sum"]) if one.fen is not None]
    if len(found) != 1:
        return None
    start = item.start("sum")
    per = found[0].per or (item["each"].removeprefix("每") if item["each"] else None)
    return Named(item["key"], start + found[0].start, start + found[0].end, found[0].fen or 0, per)
