"""What an item or a list of conditions demands of some awards alone, which it names or numbers.

``申报产业化项目的,总投资不低于5000万元``, ``申请第三章项目补助的,还应当符合下列条件:``: a block for each article that pays them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from luodi.policy.conditions.block import Block, all_of, clauses, gives
from luodi.policy.conditions.named_awards import NamedAwards
from luodi.policy.conditions.sentences import APPLYING, BOUND, MEANT
from luodi.policy.conditions.whom import one_is_enough
from luodi.policy.passages import Passage

_OF_CASE = re.compile(r",其中|。")  # what is said of one case of them, or next


def of_named(
    named: NamedAwards, passage: Passage, at: int, sums: Sequence[int], current: Block | None
) -> Iterator[Block]:
    """What an item among conditions demands of some awards, which it names."""
    if passage.text.endswith(":"):
        return
    things = current is not None and (current.speaks_of is None or current.named_by_list)
    articles, low = named.of(passage, things=things)
    yield from _of_each(articles, passage, at, clauses(passage, low), sums)


def of_referred(named: NamedAwards, passage: Passage, at: int) -> Iterator[Block]:
    """What a sentence demands of the awards of articles that it names by number."""
    articles, low = named.referred(passage, at)
    end = _OF_CASE.search(f"{passage.text}。", low).start()  # type: ignore[union-attr]  # always matches
    own = ((start, min(high, end)) for start, high in clauses(passage, low) if start < end)
    yield from _of_each(articles, passage, at, own, ())


def of_all_but(named: NamedAwards, passage: Passage, at: int) -> Iterator[Block]:
    """What a sentence demands of all awards but those of some articles (…的企业,第八条规定的中介机构除外)."""
    articles, low, high = named.all_but(passage, at)
    asked = (pattern.search(passage.text, low, high) for pattern in (MEANT, APPLYING, BOUND)) if articles else ()
    if demanded := next((told for told in asked if told), None):
        yield from _of_each(articles, passage, at, [demanded.span("who")], ())


def _of_each(
    articles: Sequence[int], passage: Passage, at: int, parts: Iterable[tuple[int, int]], sums: Sequence[int]
) -> Iterator[Block]:
    unpaid = [one for one in parts if articles and not gives(passage, *one, sums)]
    found = [one for start, end in unpaid for one in all_of(passage, start, end)]
    for told in articles if found else ():
        yield Block(at, passage.start, passage.start, speaks_of=told, items=list(found))


def list_of_some(named: NamedAwards, passage: Passage, at: int, *, among: bool) -> Block | None:
    """The list that a passage opens for the awards that it numbers or, ``among`` conditions, names."""
    articles, holder = named.headed(at)
    if not articles and passage.text.endswith(":"):
        articles, holder = named.referred(passage, at)[0], at
        if not articles:
            articles, _ = named.of(passage, things=among)
    if not articles:
        return None
    return Block(
        holder, passage.start, passage.start, speaks_of=articles[0], also=tuple(articles[1:]), named_by_list=True
    )


def each_award(block: Block) -> Iterator[Block]:
    """A finished block, once for each article whose award it speaks of."""
    block = one_is_enough(block)
    yield replace(block, also=())
    for article in block.also:
        yield replace(block, speaks_of=article, also=(), items=list(block.items))
