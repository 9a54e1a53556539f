"""The stack of papers (文件关联): what this paper rests on, details, amends or executes, and what rests on it, by clause.

Three sources, told apart: what the text says (原文), what a person confirmed in the pack (政策包), what an officer recorded
(人工登记). Papers that rest on this one are found among the published packs and the records that name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.policy.pack import Pack
from luodi.service.policies.models import ClauseLink, Policy, PolicyVersion
from luodi.service.policies.queries import load_packs, published

UP = {"basis": "上位依据", "details": "细化", "amends": "修改", "executes": "执行", "repeals": "废止", "cites": "引用"}
DOWN = {"basis": "以本文为依据", "details": "细化本文", "amends": "修改本文", "executes": "执行本文", "repeals": "废止本文",
        "cites": "引用本文"}  # fmt: skip
# In what order papers count for a clause, and what that means; the lower the number the earlier.
_ORDER = {
    ("up", "basis"): (0, "上位依据：与其抵触的，以其为准"), ("down", "repeals"): (1, "已被废止：自其施行之日起不再适用"),
    ("down", "amends"): (1, "已被修改：自其施行之日起按修改后的办"), ("down", "details"): (3, "细化本条：与本条抵触的，以本条为准"),
    ("down", "executes"): (4, "执行本条：当年的期限、材料、窗口以其为准"),
}  # fmt: skip
OWN_PLACE = 2
"""Where the clause itself stands in that order."""


@dataclass(frozen=True)
class Entry:
    """One clause-to-clause line: own article, the other paper's article, what is taken; ``record`` where an officer made it."""

    way: str
    relation: str
    article: str
    clause: str
    taken: str
    source: str
    record: ClauseLink | None = None

    @property
    def word(self) -> str:
        """The relation as seen from this paper."""
        return (UP if self.way == "up" else DOWN)[self.relation]

    @property
    def place(self) -> int:
        """Its place in the order in which papers count; beside the clause where nothing follows from it."""
        return _ORDER.get((self.way, self.relation), (5, ""))[0]

    @property
    def meaning(self) -> str:
        """What the order means."""
        return _ORDER.get((self.way, self.relation), (5, ""))[1]


@dataclass
class Linked:
    """The other paper with its entries; ``slug`` where it is published here."""

    title: str
    number: str
    slug: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """The relations, each once."""
        return tuple(dict.fromkeys(entry.word for entry in self.entries))

    @property
    def taken(self) -> tuple[str, ...]:
        """What is taken from it, each once."""
        return tuple(dict.fromkeys(entry.taken for entry in self.entries if entry.taken))

    @property
    def placed(self) -> tuple[Entry, ...]:
        """The entries that name a clause on either side."""
        return tuple(entry for entry in self.entries if entry.article not in ("", "0") or entry.clause)


@dataclass(frozen=True)
class Stack:
    """Papers above (and beside) this one, and papers that rest on it."""

    above: tuple[Linked, ...]
    below: tuple[Linked, ...]

    def of_clause(self, inside: set[str]) -> list[tuple[Linked, Entry]]:
        """The entries of some clauses in the order in which papers count."""
        found = [
            (paper, entry) for paper in (*self.above, *self.below) for entry in paper.entries if entry.article in inside
        ]
        return sorted(found, key=lambda one: one[1].place)


def stack(version: PolicyVersion, pack: Pack) -> Stack:
    """The stack of a published policy."""
    packs = load_packs(published())
    here = {other: found for other, found in packs.items() if other.policy_id != version.policy_id}
    above: dict[str, Linked] = {}
    for row, entry in _of_pack(pack):
        if entry.relation != "cites":
            _put(above, row["title"], row.get("number") or "", _slug(row, here), entry)
    below: dict[str, Linked] = {}
    for other, found in here.items():
        for row, entry in _of_pack(found):
            if entry.relation != "cites" and _names(row, version.policy, pack):
                turned = Entry("down", entry.relation, entry.clause, entry.article, entry.taken, entry.source)
                _put(below, found.title, found.data["document_number"] or "", other.policy.slug, turned)
    _recorded(version.policy, above, below)
    return Stack(tuple(above.values()), tuple(below.values()))


def _of_pack(pack: Pack) -> Iterator[tuple[Mapping[str, Any], Entry]]:
    """What a pack says of other papers: clause by clause from the text, then paper by paper as confirmed."""
    links = pack.facts.get("links") or ()
    theirs = {(_plain(row["title"]), row["clause"]) for row in links}  # clauses of the other paper, gathered by it too
    for row in links:
        changed = f"“{row['was']}”改为“{row['becomes']}”" if row["was"] and row["becomes"] else row["becomes"] or ""
        yield row, Entry("up", row["relation"], row["article"], row["clause"] or "", changed, "原文")
    for row in pack.data["rests_on"]:
        for article in row["clauses"] or ("",):
            if (_plain(row["title"]), article) in theirs:
                continue
            yield row, Entry("up", row["relation"], article, "", row["taken"], "政策包")
    told = {_plain(row["title"]) for row in (*links, *pack.data["rests_on"])}
    for row in pack.facts["references"]:
        if row["relation"] == "basis" and _plain(row["title"]) not in told:  # as a person corrected it
            yield row, Entry("up", "basis", row["article"], "", "", "原文")


def _recorded(policy: Policy, above: dict[str, Linked], below: dict[str, Linked]) -> None:
    """What officers recorded and did not end."""
    rows = ClauseLink.objects.filter(ended_on=None).select_related("policy", "other", "by")
    for row in rows.filter(policy=policy):
        title = row.other.title if row.other else row.other_title
        number = row.other.document_number if row.other else row.other_number
        entry = Entry("up", row.relation, row.article, row.other_article, row.taken, "人工登记", row)
        _put(above, title, number, row.other.slug if row.other else "", entry)
    for row in rows.filter(other=policy):
        entry = Entry("down", row.relation, row.other_article, row.article, row.taken, "人工登记", row)
        _put(below, row.policy.title, row.policy.document_number, row.policy.slug, entry)


def _put(papers: dict[str, Linked], title: str, number: str, slug: str, entry: Entry) -> None:
    paper = papers.setdefault(_plain(title), Linked(title, number, slug))
    paper.number, paper.slug = paper.number or number, paper.slug or slug
    known = [(e.relation, e.article, e.clause) for e in paper.entries]
    whole = entry.article in ("", "0") and not entry.clause
    if (entry.relation, entry.article, entry.clause) in known or (
        whole and not entry.taken and entry.relation in {k[0] for k in known}
    ):
        return
    paper.entries.append(entry)


def _slug(row: Mapping[str, Any], here: Mapping[PolicyVersion, Pack]) -> str:
    """The policy published here that a row means: by its pack, its number or its title."""
    for other, found in here.items():
        if row.get("pack") == found.id or _names(row, other.policy, found):
            return str(other.policy.slug)
    return ""


def _names(row: Mapping[str, Any], policy: Policy, pack: Pack) -> bool:
    numbers = {number for number in (policy.document_number, pack.data["document_number"]) if number}
    titles = {_plain(policy.title), _plain(pack.title)}
    return row.get("pack") == pack.id or row.get("number") in numbers or _plain(row["title"]) in titles


def _plain(title: str) -> str:
    return "".join(title.split()).strip("《》")


def clauses_of(pack: Pack) -> Sequence[tuple[str, str]]:
    """The clauses of a pack to choose from."""
    return [(a["id"], f"{a['id']} {a['heading'] or ''}".strip()) for a in pack.data["articles"]]
