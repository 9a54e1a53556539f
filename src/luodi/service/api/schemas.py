"""What the API answers and takes. Money is integer fen; spans are ``[start, end)`` in code points of the source."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,100}$", description="政策标识", examples=["yunlan-2026-mci"])]
FactKindName = Literal[
    "recipients", "references", "repeals", "goals", "qualitative_goals", "duties", "benefits", "sectors"
]
UnitKind = Literal["enterprise", "institute", "university", "park", "other"]
Group = Literal["sure", "possible", "not", "authority", "case"]
Share = Annotated[list[int], Field(min_length=2, max_length=2, description="[分子, 分母]")]
Span = Annotated[list[int], Field(min_length=2, max_length=2)]


class ErrorOut(Schema):
    """The one error format: a stable code, what is wrong, what to do next."""

    code: Literal[
        "not_found", "invalid", "refused", "not_allowed", "bad_request", "too_large", "internal", "login_required",
        "forbidden"
    ]  # fmt: skip
    message: str
    next_step: str


class ValidityOut(Schema):
    state: Literal["in_force", "expiring", "lapsed", "not_yet", "repealed"]
    label: str
    effective_from: dt.date | None
    effective_to: dt.date | None
    days_left: int | None
    note: str


class PolicyOut(Schema):
    slug: str
    region: str
    title: str
    document_number: str | None
    issuer: str | None
    version: int
    published_on: dt.date | None
    validity: ValidityOut
    address: str


class PoliciesOut(Schema):
    items: list[PolicyOut]
    count: int


class CallOut(Schema):
    """A call for claims: ``working_days`` are those left until it closes, or until it opens; null when it is over."""

    id: UUID
    policy: str
    region: str
    title: str
    document_number: str | None
    items: dict[str, str]
    opens: dt.date
    closes: dt.date
    state: str
    label: str
    working_days: int | None
    channel: str
    materials: str
    desk: str
    address: str | None
    phone: str
    note: str | None
    published_on: dt.date
    page: str


class CallsOut(Schema):
    items: list[CallOut]
    count: int


class BasisOut(Schema):
    title: str
    number: str | None
    relation: str


class PolicyDetailOut(PolicyOut):
    pack_digest: str
    source_sha256: str
    counts: dict[str, int]
    rests_on: list[BasisOut]


class FactOut(Schema):
    """One fact as the pack has it, with its article, span and the page of its clause."""

    kind: str
    article: str | None
    span: Span | None
    address: str | None
    fact: dict[str, Any]


class FactsOut(Schema):
    items: list[FactOut]
    count: int


class AwardOut(Schema):
    rule: str
    article: str
    span: Span | None
    title: str
    mode: str
    publication: str
    amount: dict[str, Any]
    conditions: list[dict[str, Any]]
    address: str


class AwardsOut(Schema):
    items: list[AwardOut]
    count: int


class FigureOut(Schema):
    """A figure; ``withheld``: fewer recipients than may be shown, or another figure would tell them."""

    name: str
    withheld: bool
    recipients: int | None = None
    sure_fen: int | None = None
    upto_fen: int | None = None


class AwardTotalOut(FigureOut):
    rule: str
    article: str
    districts: list[FigureOut]


class ItemTotalOut(FigureOut):
    item: str
    as_of: dt.date | None = None


class TotalsOut(Schema):
    policy: str
    version: int
    as_of: dt.date
    input_digest: str
    smallest_shown: int
    disclaimer: str
    whole: FigureOut
    awards: list[AwardTotalOut]
    districts: list[FigureOut]
    sectors: list[FigureOut]
    kinds: list[FigureOut]
    sizes: list[FigureOut]
    sizes_left_out: bool
    items: list[ItemTotalOut]


class RunOut(Schema):
    """One evaluation of every unit; the digests name the pack and the input, so that equal runs are known as equal."""

    id: UUID
    policy: str
    version: int
    as_of: dt.date
    recorded_at: dt.datetime
    units: int
    milliseconds: int
    pack_digest: str
    input_digest: str


class RunsOut(Schema):
    items: list[RunOut]
    count: int


class RunTotalsOut(RunOut, TotalsOut):
    """A run with its totals; ``smallest_shown`` is the fewest recipients of a figure that this reader sees."""


class RowOut(Schema):
    """One unit under one rule of a run."""

    unit: UUID
    unit_name: str
    rule: str
    article: str
    address: str
    group: Group
    sure_fen: int
    upto_fen: int
    district: str
    kind: str


class RowsOut(Schema):
    items: list[RowOut]
    count: int
    disclaimer: str


class FactIn(Schema):
    model_config = ConfigDict(extra="forbid")
    value: bool | int | float | str | list[str] | None = None
    unit: str | None = Field(None, max_length=20)
    source: str | None = Field(None, max_length=200)
    as_of: dt.date | None = None


class EventIn(Schema):
    """An event; attributes that the policy's vocabulary names may stand beside the common ones."""

    model_config = ConfigDict(extra="allow")
    kind: str = Field(min_length=1, max_length=100)
    id: str | None = Field(None, max_length=100)
    grade: str | None = Field(None, max_length=100)
    action: str | None = Field(None, max_length=100)
    date: dt.date | None = None
    rank: int | None = None
    evidence: Literal["public_list", "document", "attested", "offline", "self_reported"] | None = None
    issuer: str | None = Field(None, max_length=200)


class PaidIn(Schema):
    model_config = ConfigDict(extra="forbid")
    rule: str = Field(min_length=1, max_length=100)
    amount_fen: int = Field(ge=0, le=10**16)
    date: dt.date | None = None


class UnitIn(Schema):
    """The unit. ``asked``: the list of events is complete for these kinds only; without it, for all kinds."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field("本单位", min_length=1, max_length=100)
    kind: UnitKind | None = None
    legal_person: str | None = Field(None, max_length=200, description="分支机构所属的法人单位")
    asked: list[str] | None = Field(None, max_length=200)
    facts: dict[str, FactIn] = Field(default_factory=dict, max_length=300)
    events: list[EventIn] = Field(default_factory=list, max_length=200)
    paid: list[PaidIn] = Field(default_factory=list, max_length=200)


class ExplainIn(Schema):
    model_config = ConfigDict(extra="forbid")
    policy: Slug
    as_of: dt.date | None = Field(None, description="测算日期；缺省为业务日期")
    unit: UnitIn


class ConditionOut(Schema):
    id: str
    text: str
    verdict: Literal["yes", "no", "unknown"]
    value: Any = None
    threshold: Any = None
    unit: str | None = None
    source: str | None = None
    as_of: dt.date | None = None
    article: str | None
    span: Span | None = None
    implied: bool
    mode: str


class EventOut(Schema):
    event_id: str | None
    kind: str
    kind_words: str
    grade: str | None
    date: dt.date | None
    verdict: Literal["yes", "no", "unknown"]
    sure_fen: int
    upto_fen: int
    reason: str
    refusal: str | None
    article: str
    span: Span | None


class ReadingOut(Schema):
    ambiguity: str | None
    question: str
    note: str
    strict_fen: int
    generous_fen: int


class MissingOut(Schema):
    fact_or_event: str
    question: str
    gain_fen: int
    event_id: str | None = None


class ChangeOut(Schema):
    fact: str
    label: str
    value: Any = None
    threshold: Any = None
    unit: str | None
    words: str
    condition: str | None
    event_id: str | None


class NearestOut(Schema):
    """还差什么：the nearest change that would grant it, all of ``changes`` together, and what it would bring."""

    words: str
    gain_fen: int
    changes: list[ChangeOut]


class NextTierOut(Schema):
    label: str
    gain_fen: int


class PaymentOut(Schema):
    """分期兑付：one part of the sure sum, due on a day (null: not known yet) or when something is done."""

    fen: int
    share: Share
    due: dt.date | None
    when: str


class BearerOut(Schema):
    """承担比例：who bears the sure sum, and how much of it."""

    name: str
    share: Share
    fen: int


class RuleOut(Schema):
    """One award for one unit. ``payments`` is empty where it is paid at once, ``payers`` and ``application`` (when one
    may apply) are empty where the text does not say."""

    rule: str
    article: str
    span: Span | None
    address: str
    title: str
    group: Group
    verdict: Literal["yes", "no", "unknown"]
    sure_fen: int
    upto_fen: int
    reason: str
    mode: str
    attest: dict[str, str] | None
    conditions: list[ConditionOut]
    events: list[EventOut]
    readings: list[ReadingOut]
    missing: list[MissingOut]
    nearest: NearestOut | None
    next_tier: NextTierOut | None
    payments: list[PaymentOut] = []
    payers: list[BearerOut] = []
    application: str = ""


class ExplainOut(Schema):
    policy: str
    pack_version: int
    as_of: dt.date
    lapsed: bool
    pending: bool
    sure_fen: int
    upto_fen: int
    rules: list[RuleOut]
    unread: list[str]
    disclaimer: str


class DetermineIn(Schema):
    model_config = ConfigDict(extra="forbid")
    policy: Slug
    unit: UUID = Field(..., description="单位标识")


class DeterminationHeadOut(Schema):
    id: UUID
    number: str
    policy: str
    version: int
    unit: UUID
    unit_name: str
    as_of: dt.date
    recorded_at: dt.datetime
    rules_digest: str
    verdict_digest: str
    address: str


class DeterminationsOut(Schema):
    items: list[DeterminationHeadOut]
    count: int


class DeterminationOut(DeterminationHeadOut):
    """As frozen. ``whole`` false: statements and items that the reader may not see are left out, of the sums too."""

    given: dict[str, Any]
    known_since: dict[str, str]
    same_when_run_again: bool
    whole: bool
    sure_fen: int
    upto_fen: int
    rules: list[RuleOut]
    disclaimer: str


class SimulateIn(Schema):
    model_config = ConfigDict(extra="forbid")
    policy: Slug
    changes: list[Annotated[str, Field(max_length=300)]] = Field(
        ..., min_length=1, max_length=60, description="改动，每项写作 规则.字段=值，例如 四.(三).3#2.amount.省级=60万元"
    )
    reading: Literal["strict", "generous"] = "strict"


class ChangedOut(Schema):
    rule: str
    title: str
    label: str
    before: str
    after: str
    article: str


class SimulatedLineOut(Schema):
    """A line of an outcome; ``withheld``: too few units, ``unsplit``: gaining and losing are not told apart."""

    name: str
    withheld: bool
    unsplit: bool
    before_fen: int | None = None
    before_units: int | None = None
    after_fen: int | None = None
    after_units: int | None = None
    gaining: int | None = None
    gain_fen: int | None = None
    losing: int | None = None
    loss_fen: int | None = None


class SimulatedGroupOut(Schema):
    group: str
    name: str
    lines: list[SimulatedLineOut]


class SimulateOut(Schema):
    policy: str
    version: int
    reading: str
    units: int
    changes: list[ChangedOut]
    total: SimulatedLineOut
    rules: list[SimulatedLineOut]
    groups: list[SimulatedGroupOut]
    disclaimer: str
