"""Facts beside the counted kinds: what a paper says of its own words, of its conduct, of payment and of other papers.

Each is a :class:`~luodi.policy.facts.Fact` with article, span and confidence. Shares are fractions, sums integer fen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.document.text import Span
from luodi.policy.facts import Fact

Scope = Literal["sentence", "article", "document"]


@dataclass(frozen=True, kw_only=True)
class Definition(Fact):
    """What a word means in this paper (本办法所称…，是指…)."""

    term: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Abbreviation(Fact):
    """A short name and what it stands for (以下简称)."""

    short: str
    full: str


@dataclass(frozen=True, kw_only=True)
class Interpretation(Fact):
    """Who interprets the paper (由…负责解释)."""

    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Contact(Fact):
    """A way to ask: ``value`` as written; ``unit`` who answers, where the text says so."""

    kind: Literal["phone", "email", "address", "person"]
    value: str
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline(Fact):
    """Until when an act is due, a window in which one may apply, or the period that a clause speaks of.

    One of: a day (``end``, with ``start`` for a window), a day of every year (``yearly`` = ``MM-DD``, or ``MM``, from one to another ``03-01/03-31``,
    from one on ``03-01/``), or so
    many ``length`` ``unit`` after an event (``after``; None where the text only says within).
    """

    kind: Literal["act", "window", "consultation", "period"]
    act: str
    start: dt.date | None = None
    end: dt.date | None = None
    yearly: str | None = None
    length: int | None = None
    unit: Literal["day", "working_day", "month", "year"] | None = None
    after: str | None = None
    of: str | None = None


RuleName = Literal[
    "first_is_lead", "catch_all", "bounds_inclusive", "higher_law_prevails", "this_paper_prevails", "no_double",
    "pro_rata", "within_budget",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DocumentRule(Fact):
    """A rule that the paper states once for all of itself; ``text`` are its words."""

    name: RuleName
    text: str


@dataclass(frozen=True, kw_only=True)
class Stacking(Fact):
    """How awards for one matter meet (LANGUAGE 6.8).

    ``highest`` 就高不重复, ``difference`` 晋级补差, ``cumulative`` 可叠加, ``exclusive`` 不重复享受. ``keys``: what must be the
    same for the rule to bite (项目, 企业, 事项, 年度).
    """

    rule: Literal["highest", "difference", "cumulative", "exclusive"]
    scope: Scope
    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """One part of a payment: by whom or at what milestone; its share or its sum, as far as stated."""

    name: str
    span: Span
    share: Fraction | None = None
    fen: int | None = None


@dataclass(frozen=True, kw_only=True)
class Payment(Fact):
    """Who pays in what shares (``payers``), or in what parts a sum is paid out (``instalments``).

    ``of``: the award or article that this is said of, where the sentence names it (购房补贴分5年发放, 第四条所需资金由…).
    ``unsummed``: it stands behind an award of its own sentence whose sum the text leaves open (给予资金补助(分三年发放)).
    """

    kind: Literal["payers", "instalments"]
    parts: tuple[Share, ...]
    years: int | None = None
    of: str | None = None
    unsummed: bool = False


@dataclass(frozen=True, kw_only=True)
class Link(Fact):
    """This paper's clause to another paper's: it details, amends, executes, repeals or rests on it.

    ``clause`` is the other paper's article as written (第三条), None for the paper as a whole; ``was`` and ``becomes``
    are the words of an amendment; ``prevails`` says which paper goes before, as far as the text does.
    """

    relation: Literal["basis", "details", "amends", "executes", "repeals"]
    title: str
    number: str | None
    clause: str | None = None
    was: str | None = None
    becomes: str | None = None
    prevails: Literal["this", "other"] | None = None


SECTIONS: dict[str, type[Fact]] = {
    "definitions": Definition,
    "abbreviations": Abbreviation,
    "interpretations": Interpretation,
    "contacts": Contact,
    "deadlines": Deadline,
    "document_rules": DocumentRule,
    "stackings": Stacking,
    "payments": Payment,
    "links": Link,
}
"""Where each kind stands in a pack and in the exchange format."""
