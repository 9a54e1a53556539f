"""Two packs side by side: which of their sums and goals speak of the same thing, and why others cannot be compared.

Two sums are compared only where the event, the way of counting, the base, the recipient and the period agree; every
disagreement is a named reason. What one side alone has is listed as such. Nothing is converted or estimated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from luodi.policy.pack import Pack
from luodi.policy.proposals.limits import is_group_cap

Row = Mapping[str, Any]
Code = Literal["counting", "base", "unit", "recipient", "period", "measure", "frequency"]
CEILING = "合计上限"
"""What several awards may come to together is called so."""
_COUNTING = {
    "fixed": "定额", "capped": "最高限额", "rate": "按比例", "interest": "贴息", "per_unit": "按数量", "range": "区间", "case": "一事一议",
}  # fmt: skip
_FREQUENCY = {"once": "一次性", "annual": "按年", "monthly": "按月", None: "未写明"}
_SIGNS = re.compile(r"[\W_]+")
_SHORTEST = 4
"""A name within another counts as the same thing from this many characters on."""


@dataclass(frozen=True)
class Reason:
    """Why a pair cannot be compared."""

    code: Code
    text: str


@dataclass(frozen=True)
class Pair:
    """The same thing in two packs, or what one side alone has; ``subject`` names it."""

    kind: Literal["benefit", "goal"]
    subject: str
    left: Row | None
    right: Row | None
    reasons: tuple[Reason, ...] = ()

    @property
    def both(self) -> bool:
        """Whether both sides have it."""
        return self.left is not None and self.right is not None

    def comparable(self, ignoring: Iterable[str] = ()) -> bool:
        """Whether the two may be compared; reasons of the codes in ``ignoring`` are overlooked on purpose."""
        return self.both and not [reason for reason in self.reasons if reason.code not in set(ignoring)]


def pairs(left: Pack, right: Pack) -> list[Pair]:
    """Benefits, then goals, in the order of ``left``; what ``right`` alone has follows each kind."""
    period = _apart(left, right)
    benefits = _paired("benefit", left, right, _grade, lambda a, b: [*_of_sums(a, b), *period])
    goals = _paired("goal", left, right, lambda row: "", _of_goals)
    return [*benefits, *goals]


def _paired(kind: Any, left: Pack, right: Pack, grade: Any, reasons: Any) -> list[Pair]:
    """Each row of the left with the row of the right that names the same thing and grade; each is used once."""
    name = f"{kind}s"
    rows = [(_names(left, row, kind), row) for row in left.facts[name]]
    rest = [(_names(right, row, kind), row) for row in right.facts[name]]
    several = {
        names for side in (rows, rest) for names, number in Counter(names for names, _ in side).items() if number > 1
    }
    made = []
    for mine, row in rows:
        found = next((one for one in rest if _same(mine, one[0]) and grade(row) == grade(one[1])), None)
        if found:
            rest.remove(found)
        other = found[1] if found else None
        why = tuple(reasons(row, other)) if other else ()
        made.append(Pair(kind, _subject(row, mine, grade(row), mine in several), row, other, why))
    made += [Pair(kind, _subject(row, names, grade(row), names in several), None, row) for names, row in rest]
    return made


def _names(pack: Pack, row: Row, kind: str) -> tuple[str, ...]:
    """What a row is about: its events with the words of the vocabulary, else its base, heading or rule; its unit where nothing else is told."""
    if kind == "goal":
        return (str(row["metric"]),)
    events = list(row["events"])
    for known in pack.vocabulary["events"]:
        words = [known["id"], *known["words"], *(alias["word"] for alias in known["aliases"])]
        if set(words) & set(row["events"]):
            events += words
    heading = next((a["heading"] for a in pack.data["articles"] if a["id"] == row["article"]), None)
    rule = next((r["title"] for r in pack.rules if r["id"] == f"{row['article']}#{row['award']}"), None)
    told = [words for words in (row["base"], heading, rule) if words]
    if not told and is_group_cap(row, pack.facts["benefits"]):
        return (CEILING,)
    return tuple(dict.fromkeys(events or told or filter(None, [row["per"]])))


def _subject(row: Row, names: Sequence[str], grade: str, several: bool) -> str:
    """What a row is about with its grade; that is told again where ``several`` rows share a name that tells all their grades."""
    first = names[0] if names else "奖补"
    told = not grade or (not several and _bare(grade) in _bare(first))
    picked = str(row.get("selector") or "")
    return first if told else f"{first}（{picked if _bare(picked) == _bare(grade) else grade}）"


def _bare(words: str) -> str:
    """Words without the marks that one copy has and another has not."""
    return re.sub(r"\W", "", words)


def _same(left: Iterable[str], right: Iterable[str]) -> bool:
    mine, other = {_plain(name) for name in left}, {_plain(name) for name in right}
    return any(
        a == b or (min(len(a), len(b)) >= _SHORTEST and (a.endswith(b) or b.endswith(a))) for a in mine for b in other
    )


def _plain(name: str) -> str:
    return _SIGNS.sub("", name)


def _grade(row: Row) -> str:
    return _plain(row["selector"] or "")


def _of_sums(a: Row, b: Row) -> Iterable[Reason]:
    if a["kind"] == b["kind"] == "case":
        yield Reason("counting", "双方都是一事一议，没有定额")
    if a["kind"] != b["kind"]:
        yield Reason("counting", f"计算方式不同：{_COUNTING[a['kind']]}与{_COUNTING[b['kind']]}")
    if _plain(a["base"] or "") != _plain(b["base"] or ""):
        yield Reason("base", f"基数不同：{a['base'] or '未写明'}与{b['base'] or '未写明'}")
    if _plain(a["per"] or "") != _plain(b["per"] or ""):
        yield Reason("unit", f"计量单位不同：{a['per'] or '未写明'}与{b['per'] or '未写明'}")
    if _plain(a["recipient"] or "") != _plain(b["recipient"] or ""):
        yield Reason("recipient", f"对象不同：{a['recipient'] or '未写明'}与{b['recipient'] or '未写明'}")
    if (a["frequency"], a["years"]) != (b["frequency"], b["years"]):
        yield Reason("frequency", f"发放方式不同：{_paid(a)}与{_paid(b)}")


def _paid(row: Row) -> str:
    years = f"，期限 {row['years']} 年" if row["years"] else ""
    return f"{_FREQUENCY.get(row['frequency'], row['frequency'])}{years}"


def _of_goals(a: Row, b: Row) -> Iterable[Reason]:
    if a["unit"] != b["unit"]:
        yield Reason("unit", f"计量单位不同：{a['unit'] or '无'}与{b['unit'] or '无'}")
    if a["op"] != b["op"]:
        yield Reason(
            "measure",
            "口径不同：一方是总量，一方是增长" if "growth>=" in (a["op"], b["op"]) else "口径不同：比较方式不一样",
        )
    if a["deadline"] != b["deadline"]:
        yield Reason("period", f"期限不同：{_by(a)}与 {_by(b)}")


def _by(goal: Row) -> str:
    deadline = str(goal["deadline"] or "未写明")
    return f"{deadline} 年" if deadline.isdigit() else deadline


def _apart(left: Pack, right: Pack) -> list[Reason]:
    """The reason where the two papers are never in force in the same year."""
    terms = [_years(left), _years(right)]
    if None in terms or terms[0] & terms[1]:  # type: ignore[operator]
        return []
    words = "与 ".join(f"{min(term)}–{max(term)} 年" for term in terms if term)
    return [Reason("period", f"施行年份不同：{words}")]


def _years(pack: Pack) -> set[int] | None:
    """The years in which a paper is in force; None where its term is open."""
    if pack.effective_from is None or pack.effective_to is None:
        return None
    return set(range(pack.effective_from.year, pack.effective_to.year + 1))
