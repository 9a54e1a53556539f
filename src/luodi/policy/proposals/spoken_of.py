"""Of which awards a statement speaks: those of its sentence, of an article, of the items above it or beside it, or those it names.

Ceilings and stacking (:mod:`limits`) and payments (:mod:`payment`) ask here; who is asked for what is found with the
sums themselves (``conditions/reach.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luodi.policy.proposals.words import Entry


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def within(articles: Sequence[str], rules: Sequence[Entry]) -> list[Entry]:
    """The awards of articles and of what stands below them."""
    above = tuple(f"{article}." for article in articles)
    return [rule for rule in rules if f"{rule['article']}.".startswith(above)]


def nearest(article: str, rules: Sequence[Entry]) -> list[Entry]:
    """The awards of an article, or else of the nearest one above it that pays."""
    while article:
        if found := within([article], rules):
            return found
        article = article.rpartition(".")[0]
    return []


def items_above(article: str, place: int, count: int, rules: Sequence[Entry]) -> list[Entry]:
    """The awards of the last so many items (0: of all) that stand before a place under the article over it; none where they are fewer."""
    parent = article.rpartition(".")[0]

    def item(rule: Entry) -> str:
        return str(rule["article"][len(parent) + 1 :].partition(".")[0])

    above = [rule for rule in within([parent], rules) if rule["article"] != parent and rule["span"][0] < place]
    items = list(dict.fromkeys(map(item, above)))[-count:]
    return [rule for rule in above if item(rule) in items] if len(items) > 1 and count in (0, len(items)) else []


def beside(article: str, rules: Sequence[Entry]) -> list[Entry]:
    """The awards of the other items of an article; those of a chapter are not meant (三.(八) 本措施所需资金由…)."""
    parent, _, own = article.rpartition(".")
    return [rule for rule in within([parent], rules) if rule["article"] != parent] if own.isdigit() else []


def is_named(words: str, rule: Entry, headings: Mapping[str, str | None]) -> bool:
    """Whether words name the article of a rule, its heading, or what it is called."""
    over = rule["article"]
    while over:
        heading = headings.get(over)
        if over == words or (heading and len(heading) > 1 and (words in heading or heading in words)):
            return True
        over = over.rpartition(".")[0]
    return words in rule["title"] or rule["title"] in words
