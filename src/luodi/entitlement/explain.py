"""One unit under one pack, explained: the reference that every other engine must equal.

Rules are specialised to plain functions once (:mod:`luodi.entitlement.ready`); see :mod:`luodi.entitlement.rule` for
the order of things. Verdicts and sums are there at once, the words for them when they are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from luodi.entitlement.loading import load_rules
from luodi.entitlement.ready import ready
from luodi.entitlement.result import Determination, RuleResult
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.telling import Telling
from luodi.entitlement.unit import Unit, read_unit
from luodi.policy.pack import Pack


def explain(pack: Pack | Mapping[str, Any] | RuleSet, unit: Mapping[str, Any] | Unit, as_of: dt.date) -> Determination:
    """Who is owed what and why, for one unit as of one day.

    Args:
        pack: the pack, its JSON, or rules already loaded.
        unit: ``{"id","kind","facts":{NAME:{"value","unit","source","as_of"}},"events":[…],"paid":[…]}``; with
            ``"asked": [kinds]`` the list of events is complete for those kinds only, and others stay unknown.
        as_of: the day of the calculation (业务日期); later events do not count yet.

    Raises:
        ContentError: the pack's rules or the unit's values are wrong; the message names them.
    """
    rules = load_rules(pack)
    given = unit if isinstance(unit, Unit) else read_unit(unit, rules)
    prepared = ready(rules)
    facts = {**given.values, "day": as_of, "as_of": as_of}
    sums, verdicts = prepared.sums(given, facts, as_of)
    telling = Telling(prepared, given, facts, sums, verdicts)
    results = [
        RuleResult(stated, at, telling, *both)
        for at, (stated, both) in enumerate(zip(prepared.stated, sums, strict=True))
    ]
    return Determination(
        unit_id=given.id,
        pack_id=rules.pack_id,
        pack_version=rules.version,
        as_of=as_of,
        lapsed=rules.effective_to is not None and as_of > rules.effective_to,
        rules=tuple(results),
        sure_fen=sum([sure for sure, _ in sums]),
        upto_fen=sum([upto for _, upto in sums]),
        pending=rules.effective_from is not None and as_of < rules.effective_from,
        unread=given.unread,
    )
