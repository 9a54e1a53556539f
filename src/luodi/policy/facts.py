"""Facts of one policy document: what the compiler found, each tied to its place.

Field names follow the exchange format (facts JSON); money is integer fen here and yuan in that format.
Every fact carries ``article`` (address such as ``四.(三).2``), ``span`` (``[start, end)`` in code points of the
decoded source) and ``confidence`` (0–1).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from luodi.document.text import Span

BenefitKind = Literal["fixed", "capped", "rate", "interest", "per_unit", "range", "case"]
GoalOp = Literal[">=", "<=", "~", "growth>=", "x"]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What every fact carries."""

    article: str
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True)
class HeadField(Fact):
    """One field of the document's head: ``title``, ``document_number``, ``issuer`` or ``issued_on`` (ISO date)."""

    name: Literal["title", "document_number", "issuer", "issued_on"]
    value: str


@dataclass(frozen=True, kw_only=True)
class ArticleHeading(Fact):
    """One node of the article tree; ``heading`` is null where the text is a plain sentence."""

    heading: str | None


@dataclass(frozen=True, kw_only=True)
class Recipient(Fact):
    """One addressee (主送机关) of the document, as written."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Reference(Fact):
    """A cited document; ``relation`` is ``basis`` where the paper rests on it, else ``cites``."""

    title: str
    number: str | None
    relation: Literal["basis", "cites"] = "cites"


@dataclass(frozen=True, kw_only=True)
class Repeal(Fact):
    """A document that this one repeals (同时废止)."""

    title: str
    number: str | None


@dataclass(frozen=True, kw_only=True)
class Validity(Fact):
    """When the document is in force. ``years`` and ``days_after_issue`` as stated; nothing is computed.

    ``month_only``: the text names the month alone; ``effective_from`` is then its first day. ``paper``: of several papers
    that a notice issues, the one that this is said of.
    """

    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    years: int | None = None
    days_after_issue: int | None = None
    month_only: bool = False
    paper: str | None = None


@dataclass(frozen=True, kw_only=True)
class Duty(Fact):
    """Who leads (牵头) and who takes part (参与), units as written.

    ``told``: ``assigned`` by a label, a bracket or a table, or in ``prose`` (市甲局负责…), which the exchange format leaves out.
    """

    lead: tuple[str, ...]
    participants: tuple[str, ...]
    told: Literal["assigned", "prose"] = "assigned"


@dataclass(frozen=True, kw_only=True)
class Goal(Fact):
    """A quantified target of the document's own; ``value`` is the number as written with ``unit``."""

    metric: str
    op: GoalOp
    value: Fraction
    unit: str | None
    deadline: str | None


@dataclass(frozen=True, kw_only=True)
class QualitativeGoal(Fact):
    """A goal without a number (打造成为…示范区): to be stated with evidence, never measured."""

    statement: str
    deadline: str | None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of a benefit, as written; compared (``fact op value unit``) or to be attested (``fact`` None).

    ``alternatives``: of these one is enough (A或B, 下列条件之一); each is a run of conditions that all hold.
    """

    text: str
    span: Span
    fact: str | None = None
    op: Literal[">=", "<=", ">", "<", "=", "in", "not in"] | None = None
    value: str | int | bool | tuple[str, ...] | None = None
    unit: str | None = None
    alternatives: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Benefit(Fact):
    """One sum, rate or case-by-case promise that a reader could be paid by. Sums in fen, rates as fractions.

    ``award`` is the distinct award's order ``k`` in its article (rows of one award share it; grades are its
    selectors), ``instead_of`` the one in whose place this one is paid (其中…提高至). ``events`` are the nouns that trigger it (国防技术发明奖,
    武器装备科研生产许可证 …), ``actions`` the
    acts that count when the text lists them (新审批, 重新审批), ``recipient`` the payee class as written (单位, 企业),
    ``base`` what a rate is taken of, ``per`` what a per-unit sum counts, ``sentence`` the clause it was read from. ``cap_per`` and ``cap_period`` say whom
    and what time the cap binds as far as the text does (单个项目, 同一企业, 每人; 每年, 累计), ``cap_of`` the measure that the cap of a share is told for each of
    (每平方米不超过A, 不超过A/亩), ``cap_speaks_of`` the words of a ceiling for the awards that it bounds (以上三项, 第四章), ``cap_span`` where the
    cap stands. ``measure_cap`` units of ``measure`` are paid for at most (补贴面积最高1000平方米). ``months``: for how many
    months at most a monthly sum is paid, where the text counts them so (最长36个月).
    """

    kind: BenefitKind
    selector: str | None = None
    amount: int | None = None
    rate: Fraction | None = None
    floor: int | None = None
    cap: int | None = None
    frequency: Literal["once", "annual", "monthly"] | None = None
    years: int | None = None
    award: int = 1
    instead_of: int | None = None
    events: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    recipient: str | None = None
    base: str | None = None
    per: str | None = None
    cap_per: Literal["item", "unit", "person"] | None = None
    cap_period: Literal["year", "total"] | None = None
    cap_of: str | None = None
    cap_speaks_of: str | None = None
    cap_span: Span | None = None
    measure_cap: int | None = None
    measure: str | None = None
    months: int | None = None
    sentence: Span | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Technology:
    """A technology, product or device named under a sector, with its place."""

    name: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Sector(Fact):
    """An industry field that the document sets out to develop."""

    name: str
    technologies: tuple[Technology, ...] = field(default=())
