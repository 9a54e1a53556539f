"""Calls for claims (申报通知): what each asks for, how it stands on a day in working days, and which are searched for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luodi import clock
from luodi.policy.pack import Pack
from luodi.quantities.working_days import UNANNOUNCED, working_days_between
from luodi.service.policies.models import Call, Policy
from luodi.service.policies.queries import load_packs, published
from luodi.service.policies.search import folded
from luodi.service.registry.queries import region_name

SOON = 3
"""Working days before the last at which a call is told to end soon."""
_LOOKS = {
    "soon": ("即将截止", "yellow", "▲"), "open": ("受理中", "green", "●"), "ahead": ("尚未开始", "blue", "◇"),
    "closed": ("已截止", "grey", "○"), "ended": ("已撤回", "grey", "✕"), "draft": ("待发布", "yellow", "◐"),
}  # fmt: skip
_ORDER = {code: place for place, code in enumerate(_LOOKS)}
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Standing:
    """How a call stands on a day: ``days`` are the working days left (to its end, or ahead: to its beginning)."""

    code: str
    days: int | None
    words: str

    @property
    def label(self) -> str:
        """The word on the screen."""
        return _LOOKS[self.code][0]

    @property
    def colour(self) -> str:
        """The state's colour class."""
        return _LOOKS[self.code][1]

    @property
    def shape(self) -> str:
        """The state's shape, so that colour never stands alone."""
        return _LOOKS[self.code][2]

    @property
    def receives(self) -> bool:
        """Whether claims are received on the day."""
        return self.code in ("soon", "open")


def standing(call: Call, day: dt.date | None = None) -> Standing:
    """How a call stands (default: on the business date)."""
    day = day or clock.today()
    if call.ended_on is not None and call.ended_on <= day:
        return Standing("ended", None, f"{call.ended_on:%Y-%m-%d} 撤回：{call.ended_why}")
    if call.published_on is None:
        return Standing("draft", None, "由起草人以外的同事审核后发布")
    if day > call.closes:
        return Standing("closed", None, f"{call.closes:%Y-%m-%d} 已截止")
    if day < call.opens:
        days, unsure = working_days_between(day, call.opens)
        return Standing("ahead", days, f"{call.opens:%Y-%m-%d} 开始，还有 {days} 个工作日{_unsure(unsure)}")
    days, unsure = working_days_between(day, call.closes)
    left = f"剩余 {days} 个工作日{_unsure(unsure)}" if day < call.closes else "今天截止"
    return Standing("soon" if days <= SOON else "open", days, left)


def _unsure(unsure: bool) -> str:
    return f"（{UNANNOUNCED}，暂计）" if unsure else ""


@dataclass(frozen=True)
class ShownCall:
    """A call with its standing, the names of its items by address, and the name of its region."""

    call: Call
    standing: Standing
    items: Mapping[str, str]
    region: str

    @property
    def whole(self) -> bool:
        """Whether it is for every item of the policy."""
        return not self.call.items

    def covers(self, article: str) -> bool:
        """Whether it is for an item, given by its address or that of a clause of it."""
        return self.whole or any(article == item or article.startswith(f"{item}.") for item in self.items)

    @property
    def words(self) -> str:
        """All that is searched of it."""
        call = self.call
        return folded(" ".join([call.title, call.document_number, call.policy.title, call.desk, call.channel,
                                call.materials, call.note, self.region, *self.items.values()]))  # fmt: skip


def item_names(pack: Pack) -> dict[str, str]:
    """The items of a policy by address: the heading of the clause (of several with one number the first), else its awards."""
    headings = {article["id"]: article["heading"] for article in reversed(pack.data["articles"])}
    titles: dict[str, dict[str, None]] = {}
    for rule in pack.rules:
        titles.setdefault(rule["item"], {})[rule["title"]] = None
    return {item: headings.get(item) or _together(list(rules)) for item, rules in titles.items()}


def _together(titles: list[str]) -> str:
    """The titles of several awards, or the first and how many they are where they fill more than a line."""
    words = "、".join(titles)
    return words if len(words) <= _LONGEST_NAME or len(titles) == 1 else f"{titles[0]}等 {len(titles)} 项"


def shown_calls(calls: Iterable[Call] | None = None) -> list[ShownCall]:
    """Calls of published policies: those that end soonest first, then those ahead, then the newest of those over."""
    packs = {version.policy_id: pack for version, pack in load_packs(published()).items()}
    if calls is None:
        calls = Call.objects.filter(published_on__lte=clock.today())
        calls = calls.select_related("policy").order_by("-closes", "title")
    found = [_shown(call, packs[call.policy_id]) for call in calls if call.policy_id in packs]
    return sorted(found, key=lambda each: (_ORDER[each.standing.code], each.standing.days or 0))


def _shown(call: Call, pack: Pack) -> ShownCall:
    names = item_names(pack)
    items = {item: names[item] for item in call.items or names if item in names}
    return ShownCall(call, standing(call), items, region_name(call.policy.region, clock.today()))


def waiting_calls(policies: Iterable[Policy]) -> list[Call]:
    """Drafts of some policies that wait for a second person, the oldest first."""
    drafts = Call.objects.filter(policy__in=list(policies), published_on=None, ended_on=None)
    return list(drafts.select_related("policy", "by").order_by("recorded_at"))


def calls_now(policy: Policy) -> list[ShownCall]:
    """The calls of a policy that receive claims now or will."""
    ours = Call.objects.filter(policy=policy, published_on__lte=clock.today()).select_related("policy")
    return [each for each in shown_calls(ours) if each.standing.receives or each.standing.code == "ahead"]
