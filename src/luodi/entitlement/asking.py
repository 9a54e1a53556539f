"""One condition, specialised: its verdict as a function of the facts, and what a person needs to contest it.

What does not hang on the unit (threshold, place, the words for it) is made once; value and source are looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from luodi.entitlement.condition import (
    Compare,
    Lookup,
    Member,
    Question,
    Share,
    Test,
    described,
    facts_of,
    plain_number,
    question,
)
from luodi.entitlement.condition import shown_threshold as written
from luodi.entitlement.result import ConditionVerdict, Verdict
from luodi.entitlement.rule import Condition, RuleSet
from luodi.entitlement.unit import Source

Asks = tuple[tuple[str, str], ...]
VERDICTS: dict[bool | None, Verdict] = {True: "yes", False: "no", None: "unknown"}


class Asking:
    """A condition made ready. ``plain`` is its test; ``verdict`` is what follows from it for the unit."""

    def __init__(self, condition: Condition, rules: RuleSet) -> None:
        self.condition = condition
        self.names = tuple(dict.fromkeys(facts_of(condition.test)))
        self._kinds = {name: kind for name in self.names if (kind := rules.words.fact(name))}
        self.labelled = [(name, kind.label, kind.shower()) for name, kind in self._kinds.items()]
        self.single = self._kinds.get(self.names[0]) if len(self.names) == 1 else None
        self.plain: Question = question(condition.test) if condition.test else _nobody_knows
        self.verdict = _as_stated(condition, self.plain)
        self.about_event = any(name.startswith("event.") for name in self.names)
        self._needed = described(condition.test, rules.words) if condition.test else condition.text
        self.threshold = _threshold(condition.test, rules)

    def shown(self, verdict: bool | None, lookup: Lookup, sources: Mapping[str, Source]) -> ConditionVerdict:
        """The verdict with value, threshold, source and place."""
        stated, single = self.condition, self.single
        source, as_of = self.source(lookup, sources)
        return ConditionVerdict(
            id=stated.id,
            text=stated.text,
            verdict=VERDICTS[verdict],
            value=single.shown(lookup(single.id)) if single else self._values(lookup),
            threshold=self.threshold,
            unit=single.unit if single else None,
            source=source or stated.source,
            as_of=as_of,
            article=stated.article,
            span=stated.span,
            implied=stated.implied,
            mode=stated.mode,
        )

    def _values(self, lookup: Lookup) -> dict[str, Any] | None:
        return {label: shown(lookup(name)) for name, label, shown in self.labelled} or None

    def source(self, lookup: Lookup, sources: Mapping[str, Source]) -> Source:
        """Where the values come from and of which day they are; of several the first that is known."""
        known = [sources[name] for name in self.names if name in sources]
        name = next((each.name for each in known if each.name), None)
        if self.condition.assume and all(lookup(each) is None for each in self.names):
            name = name or "未见相反记录，按符合处理"
        return Source(name, next((each.as_of for each in known if each.as_of), None))

    def asks(self, lookup: Lookup) -> Asks:
        """The questions whose answers would settle it."""
        missing = [kind for name, kind in self._kinds.items() if lookup(name) is None]
        return tuple((kind.id, kind.question) for kind in missing) or (("", f"{self.condition.text}？"),)

    def worded(self, verdict: bool | None, lookup: Lookup) -> str:
        """Why it refuses or waits."""
        text = self.condition.text
        if verdict is None:
            asked = "须由主管部门确认" if self.condition.mode == "attest" else "待补充"
            return f"{asked}：没有“{text}”这种情形" if self._shuts_out else f"{asked}：{text}"
        if self._shuts_out:
            return f"不得有此情形：{text}，查到或填报的是“有”"
        return f"不符合“{text}”：要求{self._needed}{self._read(lookup)}"

    @property
    def _shuts_out(self) -> bool:
        test = self.condition.test
        return isinstance(test, Compare) and test.op == "=" and test.value is False

    def _read(self, lookup: Lookup) -> str:
        """The values that refuse, each with its unit; of several each behind its name."""
        if self.single:
            value = self.single.shown(lookup(self.single.id))
            return "" if value is None else f"，读到的是 {as_text(value)}{self.single.behind}"
        values = [(kind, kind.shown(lookup(name))) for name, kind in self._kinds.items()]
        told = [f"{kind.label} {as_text(v)}{'' if v is None else kind.behind}" for kind, v in values]
        return f"，读到的是 {'、'.join(told)}" if told else ""


def asking(condition: Condition, rules: RuleSet) -> Asking:
    """A condition of a rule, made ready."""
    return Asking(condition, rules)


def _nobody_knows(_: Lookup) -> bool | None:
    return None


def _as_stated(condition: Condition, plain: Question) -> Question:
    """What is assumed holds until somebody says otherwise; what goes to the authority is never refused here."""
    if condition.assume and condition.fails == "authority":
        return lambda lookup: True if plain(lookup) is not False else None
    if condition.assume:
        return lambda lookup: plain(lookup) is not False
    if condition.fails == "authority":
        return lambda lookup: plain(lookup) or None
    return plain


def as_text(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(f"{name} {as_text(each)}" for name, each in value.items())
    return "未知" if value is None else plain_number(value) if isinstance(value, Decimal) else str(value)


def _threshold(test: Test | None, rules: RuleSet) -> Any:
    match test:
        case None:
            return None
        case Compare(fact, _, Share() as value):
            return written(fact, value, rules.words)
        case Compare(fact, _, value):
            kind = rules.words.fact(fact)
            return kind.shown(value) if kind and not isinstance(value, Share) else value
        case Member(_, values):
            return list(values)
    return described(test, rules.words)
