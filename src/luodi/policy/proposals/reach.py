"""Which rules a statement is laid over: the answer of the first of a list of questions.

What its words say of which awards it speaks (:mod:`luodi.policy.spoken_of`) goes before where it stands: in the sentence of an award, in an article
that pays, below or beside one that does, at last in its paper. Ceilings and stacking (:mod:`limits`) and payments (:mod:`payment`) ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from luodi.policy.proposals.words import Entry, Row
from luodi.policy.spoken_of import Statement, is_below, nearest, parted, spoken_of


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True)
class Reach:
    """A statement with the awards of its paper, of which ``headings`` name the articles in text order.

    ``words``: those in which it says what it speaks of; ``whole``: where nothing else pays, it is of the whole paper.
    """

    row: Row
    rules: Sequence[Entry]
    words: str = ""
    headings: Mapping[str, str | None] = field(default_factory=dict)
    whole: bool = False

    @property
    def own(self) -> list[Entry]:
        """The awards of its article."""
        return [rule for rule in self.rules if rule["article"] == self.row["article"]]

    @property
    def is_payment(self) -> bool:
        """Whether it says how awards are paid, and bounds none."""
        return "cap" not in self.row

    def within(self, addresses: Sequence[str]) -> list[Entry]:
        """The awards of articles and of what stands below them."""
        return [rule for rule in self.rules if is_below(rule["article"], addresses)]


def spoken_of_rules(at: Reach) -> list[Entry]:
    """The rules that a statement is about."""
    return next((found for ask in _QUESTIONS if (found := ask(at)) is not None), [])


def named(at: Reach) -> list[Entry] | None:
    """``以上两项``, ``第三条所需资金``: those of the articles that its words name."""
    if not at.words:
        return None
    return [at.rules[one] for one in spoken_of(_statement(at))] or None


def told_apart(at: Reach) -> list[list[Entry]]:
    """``第三条与第五条``, ``本条与前款``: those of each of the sets that its words name."""
    return [[at.rules[one] for one in each] for each in parted(_statement(at))] if at.words else []


def _statement(at: Reach) -> Statement:
    paid = [(rule["article"], rule["span"][0]) for rule in at.rules]
    articles = list(at.headings) or list(dict.fromkeys(article for article, _ in paid))
    return Statement(at.words, at.row["article"], at.row["span"][0], articles, paid)


def _of_sentence(at: Reach) -> list[Entry] | None:
    """Those of its own sentence; it may bound more than its own article pays there."""
    span = at.row["span"] if at.is_payment else at.row["sentence"]
    near = at.own if at.is_payment else at.within([_near(at)])
    return [rule for rule in near if span and overlap(rule["span"], span)] or None


def _unsummed(at: Reach) -> list[Entry] | None:
    """None where it is told of an award without a sum (给予补助(分三年发放))."""
    return [] if at.row.get("unsummed") else None


def _of_article(at: Reach) -> list[Entry] | None:
    return at.own or None


def _called(at: Reach) -> list[Entry] | None:
    """``购房补贴分5年发放``: those that are called so; none where nothing is."""
    if not at.row.get("of"):
        return None
    return [rule for rule in at.rules if is_named(at.row["of"], rule, at.headings)]


def _beside(at: Reach) -> list[Entry] | None:
    """Those of the nearest article above it that pays; how awards are paid is not said for those of a chapter (三.(八) 本措施所需资金由…)."""
    above, item = _near(at), at.row["article"].rpartition(".")[2]
    of_chapter = "." not in above and not above.endswith("条") and not item.isdigit()
    return None if at.is_payment and of_chapter else at.within([above]) or None


def _of_paper(at: Reach) -> list[Entry] | None:
    return list(at.rules) if at.whole else None


_QUESTIONS: tuple[Callable[[Reach], list[Entry] | None], ...] = (
    named,
    _of_sentence,
    _unsummed,
    _of_article,
    _called,
    _beside,
    _of_paper,
)


def _near(at: Reach) -> str:
    return nearest(at.row["article"], [rule["article"] for rule in at.rules])


def is_named(words: str, rule: Entry, headings: Mapping[str, str | None]) -> bool:
    """Whether words name the article of a rule, its heading, or what it is called."""
    over = rule["article"]
    while over:
        heading = headings.get(over)
        if over == words or (heading and len(heading) > 1 and (words in heading or heading in words)):
            return True
        over = over.rpartition(".")[0]
    return words in rule["title"] or rule["title"] in words
