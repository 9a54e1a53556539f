"""The text of the function that judges one rule over columns, made from the nodes of its query.

First a loop without branches over all rows that asks what refuses, then one over the rows that are left for sums and
flags. Sums are 64-bit integers: :func:`luodi.entitlement.engines.kernel.fit.prove` shows beforehand that none can
overflow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.entitlement.engines.kernel.stored import Stored
from luodi.entitlement.engines.kernel.writer import Shared, Writer, all_of, any_of, chosen, negated
from luodi.entitlement.query.node import Column, OneOf
from luodi.entitlement.query.rule import RuleQuery

ASK, AUTHORITY, OPEN, WITHIN, CERTAIN, SPARES, CUTS = 1, 2, 4, 8, 16, 32, 64
"""Flags of an item; the last four stand four bits further on for each later stage."""
STAGE_BITS = 4
MOST_STAGES = 14


@dataclass(frozen=True, slots=True)
class Source:
    """A function's text, the types of its arguments, the columns to hand over (data or validity), its parameters."""

    text: str
    signature: tuple[str, ...]
    columns: tuple[tuple[str, bool], ...]
    parameters: tuple[int, ...]


_HEAD = ("int64", "*uint8", "*uint32", "*int64", "*uint32", "*int64", "*int64", "*int64")
_NAMES = ("rows", "mask_p", "picked_p", "params_p", "row_p", "sure_p", "upto_p", "flags_p")


def rule_source(query: RuleQuery, columns: Mapping[str, Stored], fixed: Mapping[str, int]) -> Source:
    """The function that writes, for each row that counts: its place, both sums and its flags; it returns how many.

    Arguments: rows, scratch for a mask and the rows picked, parameters, the four columns it writes, then the columns
    read. A column that is not in ``columns`` is unknown everywhere, unless ``fixed`` has its one value.
    """
    shared = Shared(columns, fixed)
    first = Writer(shared)
    kept = _keeps(first, query)
    second = Writer(shared)
    results = _results(second, query)
    names = [*_NAMES, *(f"{place}_p" for place in shared.places.values())]
    lines = [f"def kernel({', '.join(names)}):"]
    arrays = {name.removesuffix("_p"): "rows" for name in names[1:]} | {"params": str(max(1, len(shared.parameters)))}
    lines += [f"    {name} = carray({name}_p, {size})" for name, size in arrays.items()]
    lines += [f"    p{at} = params[{at}]" for at in range(len(shared.parameters))]
    lines += ["    for i in range(rows):", *first.lines, f"        mask[i] = {kept}"]
    lines += [
        "    found = 0",
        "    for i in range(rows):",
        "        picked[found] = i",
        "        found += int64(mask[i])",
    ]
    lines += ["    out = 0", "    for at in range(found):", "        i = picked[at]", *second.lines, *results]
    lines += ["    return out"]
    types = [f"*{'uint8' if valid else columns[name].dtype}" for name, valid in shared.places]
    return Source("\n".join(lines) + "\n", (*_HEAD, *types), tuple(shared.places), tuple(shared.parameters))


def _keeps(writer: Writer, query: RuleQuery) -> str:
    """What lets a row through: of a kind that the rule looks at, and refused by nothing."""
    ours = writer.yes(OneOf(Column("event.kind"), query.kinds)) if query.kinds is not None else "True"
    return all_of((ours, negated(writer.yes(query.failed))))


def _results(writer: Writer, query: RuleQuery) -> list[str]:
    """Both sums and the flags of a row, written where anything of it is due or may be."""
    ask, waits = writer.yes(query.ask), writer.yes(query.authority)
    no_sure, no_upto, handed = (
        any_of(writer.yes(getattr(effect, part)) for effect in query.effects)
        for part in ("no_sure", "no_upto", "authority")
    )
    low, low_known = writer.value(query.due.low)
    high, high_known = writer.value(query.due.high)
    authority = any_of((waits, negated(writer.yes(query.due.decided)), handed))
    nothing_sure = any_of((ask, waits, no_sure, negated(low_known)))
    ceiling = writer.shared.parameter(query.ceiling or 0)
    bounded = chosen(high_known, high, "0")
    upto = chosen(no_upto, "0", chosen(low_known, bounded, ceiling))
    endless = chosen(low_known, negated(high_known), str(query.ceiling is None))
    lines = [
        f"        sure_i = int64({chosen(nothing_sure, '0', low)})",
        f"        upto_i = int64({upto})",
        f"        open_i = {all_of((negated(no_upto), endless))}",
    ]
    asks = any_of((ask, writer.yes(query.hangs)))
    flags = [(asks, ASK), (authority, AUTHORITY), ("open_i", OPEN)]
    for number, stage in enumerate(query.stages):
        shift = STAGE_BITS * number
        flags.append((writer.yes(stage.within), WITHIN << shift))
        flags.append((writer.yes(stage.certain), CERTAIN << shift))
        flags.append((writer.yes(stage.spares_sure), SPARES << shift))
        flags.append((writer.yes(stage.cuts_upto), CUTS << shift))
    written = " | ".join(f"({bit} if {text} else 0)" for text, bit in flags if text != "False")
    return [
        *lines,
        "        if (sure_i > 0) | (upto_i > 0) | open_i:",
        "            row[out] = i",
        "            sure[out] = sure_i",
        "            upto[out] = upto_i",
        f"            flags[out] = {written}",
        "            out += 1",
    ]
