"""Evaluating a whole population, or determining one unit, and freezing what came out."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from luodi import clock
from luodi.entitlement.explain import explain
from luodi.errors import UsageError
from luodi.policy.pack import Pack
from luodi.service.accounts.models import Organisation, User
from luodi.service.audit.actions import record
from luodi.service.awards.freezing import digest, restricted_items, rules_digest, split_given, split_verdict
from luodi.service.awards.models import Determination, EvaluationRow, EvaluationRun, RestrictedPart, RestrictedRow
from luodi.service.awards.restricted import release
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import load_pack
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import known_since, population, unit_input

if TYPE_CHECKING:
    from luodi.entitlement.engines.base import Engine

Progress = Callable[[int, str], None]


@transaction.atomic
def evaluate_region(
    *,
    by: User | None,
    version: PolicyVersion,
    organisation: str = "",
    engine: str = "",
    progress: Progress = lambda percent, text: None,
) -> EvaluationRun:
    """Evaluate every unit of the policy's region on the business date and keep the rows.

    ``engine`` is one of :class:`EvaluationRun.Engine`; without one the setting decides. All give the same rows.

    Raises:
        UsageError: no engine of that name.
    """
    from luodi.entitlement.population import evaluate  # noqa: PLC0415 - loads duckdb, only when it is used

    engine = _known(engine or settings.POPULATION_ENGINE)
    started, day, pack = time.monotonic(), clock.today(), load_pack(version)
    progress(5, "正在读取登记信息")
    units, events = population(version.policy.region, pack.vocabulary["facts"])
    progress(30, f"正在测算 {units.num_rows:,} 个单位")
    found = evaluate(pack, units, events, day, engine=_opened(engine)).to_pylist()
    run = EvaluationRun(
        policy_version=version, business_date=day, pack_digest=version.pack_digest, units=units.num_rows,
        input_digest=_digest(pack, units, events), by=by, engine=engine,
    )  # fmt: skip
    progress(60, "正在存档结果")
    open_rows, restricted = _rows(run, pack, found)
    run.rows, run.milliseconds = len(open_rows), round((time.monotonic() - started) * 1000)
    run.save(force_insert=True)
    EvaluationRow.objects.bulk_create(open_rows, batch_size=2000)
    RestrictedRow.objects.bulk_create(restricted, batch_size=2000)
    progress(90, "正在核对可公布的数字")
    release(run, restricted)
    record(
        by=by, action="awards.evaluated", about=run, organisation=organisation, policy=version.policy.slug,
        version=version.number, business_date=day, input_digest=run.input_digest, units=run.units, rows=run.rows,
        engine=engine,
    )  # fmt: skip
    return run


def _known(engine: str) -> str:
    if engine not in EvaluationRun.Engine.values:
        known = "、".join(EvaluationRun.Engine.values)
        raise UsageError(
            f"没有名为“{engine}”的计算引擎。可用：{known}。请改正测算时的选择，或环境变量 LUODI_POPULATION_ENGINE。"
        )
    return engine


def _opened(engine: str) -> AbstractContextManager[Engine] | None:
    """The engine on the connection of this transaction, which undoes what it makes; None: the query's own."""
    if engine != EvaluationRun.Engine.POSTGRES:
        return None
    from luodi.entitlement.engines.postgres import on  # noqa: PLC0415 - only when it is chosen

    connection.ensure_connection()
    return on(connection.connection)


def _rows(
    run: EvaluationRun, pack: Pack, found: list[dict[str, Any]]
) -> tuple[list[EvaluationRow], list[RestrictedRow]]:
    """The rows of listable items, and apart from them those of items published as one figure only."""
    apart = restricted_items(pack)
    place = {str(pk): (pk, district, kind) for pk, district, kind in Unit.objects.filter(
        region=run.policy_version.policy.region).values_list("pk", "district", "kind")}  # fmt: skip
    open_rows: list[EvaluationRow] = []
    restricted: list[RestrictedRow] = []
    for each in found:
        pk, district, kind = place[each["unit_id"]]
        model, rows = (RestrictedRow, restricted) if each["item"] in apart else (EvaluationRow, open_rows)
        rows.append(  # type: ignore[attr-defined]
            model(run=run, unit_id=pk, rule=each["rule"], item=each["item"], article=each["article"],
                  group=each["group"], sure_fen=each["sure_fen"], upto_fen=each["upto_fen"], district=district,
                  kind=kind)
        )  # fmt: skip
    return open_rows, restricted


def _digest(pack: Pack, *tables: Any) -> str:
    """SHA-256 over the pack as used (with the answers then known) and both tables, row by row."""
    seal = hashlib.sha256(pack.digest.encode())
    for table in tables:
        for row in table.to_pylist():
            seal.update(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode())
    return seal.hexdigest()


@transaction.atomic
def determine(*, by: User, organisation: Organisation, unit: Unit, version: PolicyVersion) -> Determination:
    """Determine one unit on the business date from all that is registered about it, and freeze it."""
    pack, day = load_pack(version), clock.today()
    whole = unit_input(unit, public_only=False)
    given = split_given(whole, unit_input(unit, public_only=False, restricted=False), pack)
    verdict = split_verdict(explain(pack, whole, day), restricted_items(pack))
    since = known_since(unit)
    made = Determination.objects.create(
        policy_version=version, unit=unit, business_date=day, pack_digest=version.pack_digest,
        rules_digest=rules_digest(pack), register=pack.data["ambiguities"], given=given.open,
        known_since=_since(since, given.open), verdict=verdict.open, verdict_digest=digest(verdict.open),
        sure_fen=verdict.open["sure_fen"], upto_fen=verdict.open["upto_fen"], by=by, organisation=organisation,
    )  # fmt: skip
    RestrictedPart.objects.create(
        determination=made, given=given.apart, known_since=_since(since, given.apart), verdict=verdict.apart,
        verdict_digest=digest(verdict.apart),
    )  # fmt: skip
    record(
        by=by, action="awards.determined", about=made, organisation=str(organisation), policy=version.policy.slug,
        version=version.number, business_date=day, rules_digest=made.rules_digest, verdict_digest=made.verdict_digest,
    )  # fmt: skip
    return made


def _since(since: dict[str, str], given: dict[str, Any]) -> dict[str, str]:
    """The recording times of one part's statements alone."""
    names = [*given["facts"], *(event["id"] for event in given["events"])]
    return {name: since[name] for name in names if name in since}
