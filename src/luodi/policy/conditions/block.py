"""What a run of passages demands: its conditions in the making, shared by lists and running sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from luodi.policy.award_terms import KIND, PAYEE, STRONG
from luodi.policy.conditions.comparisons import named_before
from luodi.policy.conditions.phrases import HEAD, attested, says_something, stated, stretches
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

WHOLE = re.compile(
    r"基本条件|通用条件|本(?!条|款|项)[一-鿿]{0,8}?(?:办法|措施|政策|细则|意见|规定|通知|指南|规程|方案)|专项资金|适用(?!对象)"
)
_SUM = re.compile(
    r"(?:给予|奖励|补助|补贴|资助|最高)[^。;,\n]{0,16}?\d(?:\.\d+)?(?:万|亿)?(?:元|%)|(?:元|%)的?[^。;,]{0,10}(?:奖励|补助|补贴|资助)"
)
# 已获得补助、奖励累计不超过50万元: what was received bounds, it is not given.
_RECEIVED = re.compile(r"(?:获得?|取得|享受|得到)[^,。;]{0,16}\Z")
MATERIAL = re.compile(r"复印件|原件|扫描件|申请[书表]|申报[书表]|加盖|材料|一式")
_PROMISE = re.compile(
    rf"(?:均?可以?)?(?:申[领请](?!人|者|单位|主体|企业)|享受)[^,。;]{{0,12}}?(?:{KIND}|兑付|兑现|拨付)(?!前|时|后|之日)"
    rf"|(?:{STRONG.pattern})(?!前|时|后(?!补)|基础上)"
)

# 只能享受一次创业资助, 近三年未获得同类财政资金补助: bounded or received, not promised.
_NOT_PROMISED = re.compile(
    r"(?:[只仅](?:能|可|限)|不[得能可再予])[^,。;]{0,12}\Z|(?:获得?|取得|收到|得到|享受过?)[^,。;的]{0,16}\Z"
)
_GIVEN_BY = re.compile(
    r"(?:颁发|发给|给予)的|申[领请][^,。;的]{0,8}的(?![^,。;]{0,2}(?:[,。;]|\Z))"
)  # 申请补贴的产品的核心技术; 具有国家颁发的证书: what one has
_HANDS_OUT = re.compile(r"给予|予以|给与|发给|另给|颁发|申[领请]")


def gives(passage: Passage, low: int, high: int, sums: Sequence[int]) -> bool:
    """Whether a stretch pays: an award stands in it (``sums``: their clean offsets, in order) or it says so without one."""
    if high > low:
        first, last = passage.offsets[low], passage.offsets[high - 1]
        if bisect_left(sums, first) < bisect_left(sums, last + 1):
            return True
    said = _SUM.search(passage.text, low, high)
    return said is not None and not _RECEIVED.search(passage.text[low : said.start()])


@dataclass
class Block:
    """A run of passages that state conditions, and the article they belong to.

    ``one_of`` is the place in ``items`` of the condition that collects alternatives (之一), None where all must hold;
    ``several`` the words that want more than one of those alternatives (符合以下两个以上条件); ``choice`` the article of a list of alternatives
    inside the run, None where the whole run is one; ``named`` the field of
    a card that the run fills (支持对象); ``speaks_of`` the article whose award an item of a card's demands names, ``also`` others that it names with it,
    ``named_by_list``: it is a list of its own that names them; ``term`` the
    word that it defines (本细则所称初创企业,是指…), whose awards alone it binds. ``revokes``: what it lists takes the award away
    again, also when it comes to light later. ``classes``: what it lists so far of whom it is for, each as written
    and with the place in ``items`` where its conditions begin; None where it lists something else. ``within``: the clean range
    whose awards alone are meant. ``of_units``: it is said of firms, whose demands bind no award to persons.
    ``of_persons``: the classes stand under conditions and are alternatives only where they are persons by their names.
    """

    owner: int | None
    start: int
    end: int
    whole: bool = False
    refuses: bool = False
    revokes: bool = False
    classes: list[tuple[Condition, int]] | None = None
    of_persons: bool = False
    one_of: int | None = None
    choice: int | None = None
    several: Condition | None = None
    named: str = ""
    speaks_of: int | None = None
    also: tuple[int, ...] = ()
    named_by_list: bool = False
    term: str = ""
    within: tuple[int, int] | None = None
    of_units: bool = False
    items: list[Condition] = field(default_factory=list)

    def demand(self, conditions: Sequence[Condition]) -> None:
        """Add what must hold whatever else does: before the alternatives of which one is enough."""
        at = len(self.items) if self.one_of is None else self.one_of
        self.items[at:at] = conditions
        self.one_of = None if self.one_of is None else at + len(conditions)


def clauses(passage: Passage, low: int) -> Iterator[tuple[int, int]]:
    """The clauses of a passage behind a place in it."""
    spans: dict[int, tuple[int, int]] = {}
    for phrase in passage.phrases:
        if phrase.end > low:
            start, _ = spans.get(phrase.clause, (max(low, phrase.start), 0))
            spans[phrase.clause] = (start, phrase.end)
    yield from spans.values()


# 在甲区注册的业主,从事管理的运营企业: several classes, of which one is enough.
_GOES_ON = re.compile(r"且|并|同时")
# …的企业,财务制度健全,未被列入…: goes on with what the class must be.
_RECORDS = re.compile(
    r"[^,。;的]{0,10}(?:健全|良好|规范|完善|齐全)|(?:近[一二三两\d]年|最近)?[^,。;的]{0,6}(?:未|无|没有|不存在|依法|按[时期规])"
)
_IS_CLASS = re.compile(rf"的[^,。;的]{{0,8}}(?:{PAYEE}|业主)\Z")


_POINTS = re.compile(
    r"截[至止][^,。;]{2,12}|(?:首次)?申[请报领](?:资助|补[助贴]|奖励|扶持|资金)?时"
    r"|(?:具体|标准|详见|如下)[^,。;\d]{0,8}(?:如下|标准|为)?:?|向[^,。;]{2,20}(?:申[请报]|提出)"
)


def all_of(passage: Passage, start: int, end: int) -> Iterator[Condition]:
    """A clause of a list: phrase for phrase where one of them compares, else as one; what it promises is no condition."""
    cuts = [at for low, high in stretches(passage, start, end) if (at := _demanded(passage, low, high))]
    classes = [at for at in cuts if _IS_CLASS.search(passage.text, *at)]
    several = zip(cuts, cuts[1:], strict=False)  # …的企业,且收入占比不低于60% goes on with the first
    apart = any(at in classes and not _GOES_ON.match(passage.text, *then) for at, then in several)
    if apart and (len(classes) > 1 or not _RECORDS.match(passage.text, cuts[cuts.index(classes[0]) + 1][0])):
        yield attested(passage, start, cuts[-1][1])
        return
    found: list[list[Condition]] = []
    for at in cuts:  # 收入不低于1000万元且同比增长10%以上
        found.append(stated(passage, *at, named_before(one for each in found for one in each)))
    bounds = [(one.fact, one.op) for each in found for one in each if one.unit and one.op]
    if len(set(bounds)) < len(bounds):  # 博士年龄不超过45周岁,硕士年龄不超过35周岁
        yield attested(passage, start, cuts[-1][1])
        return
    if any(one.unit or one.alternatives or isinstance(one.value, str | tuple) for each in found for one in each):
        for each in found:
            yield from each
    elif cuts:
        yield from stated(passage, start, cuts[-1][1])


def _demanded(passage: Passage, low: int, high: int) -> tuple[int, int] | None:
    """What a phrase demands before it promises (…的毕业生可申领补贴); None where it only promises."""
    if not HEAD.sub("", passage.text[low:high]) or _POINTS.fullmatch(passage.text, low, high):
        return None  # 其中,甲机构近三年收入…; …,具体如下
    promises = (
        at for at in _PROMISE.finditer(passage.text, low, high) if not _GIVEN_BY.match(passage.text, at.start())
    )
    promise = next(
        (at for at in promises if _HANDS_OUT.match(at[0]) or not _NOT_PROMISED.search(passage.text[low : at.start()])),
        None,
    )
    if promise is None:
        return low, high
    words = passage.text[low : promise.start()]
    return (low, promise.start()) if says_something(words, HEAD.sub("", words)) else None


def refused(passage: Passage, low: int, high: int) -> Condition:
    """What must not hold."""
    told = attested(passage, low, high)
    return replace(told, fact=told.text, op="=", value=False)
