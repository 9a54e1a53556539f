"""Runs beside each other: what differs and why; no two totals tell what a few are owed."""

import datetime as dt

import pytest
from django.db import connection

from integration.award_city import DAY, REGION, SLUG, add_event, add_fact, add_unit, person
from luodi import clock
from luodi.errors import UsageError
from luodi.policy.pack import pack_from
from luodi.service.awards.actions import evaluate_region
from luodi.service.awards.contents import contents, figures
from luodi.service.awards.differences import DAY as ANOTHER_DAY
from luodi.service.awards.differences import FACTS, differences
from luodi.service.awards.models import EvaluationRow, EvaluationRun, RestrictedRow
from luodi.service.awards.queries import totals
from luodi.service.awards.simulation import kept_baseline
from luodi.service.awards.suppression import MINIMUM, TOTAL, suppress
from luodi.service.jobs import actions as jobs
from luodi.service.policies.actions import add_version, confirm, publish
from proposed_pack import pack


def run_of(city):
    return evaluate_region(by=None, version=city.version)


def titled(city, number: int) -> None:
    """Another unit with a title that pays."""
    unit = add_unit(city, number)
    add_fact(unit, "本市登记纳税", True)
    add_event(city, unit, "军民融合示范企业", grade="省级", action="认定")


def test_who_changed_and_why(crowd):
    first = run_of(crowd)
    titled(crowd, 801)
    second = run_of(crowd)
    found = differences(first, second)
    assert [(each.unit.name, each.before, each.why) for each in found] == [("测试第801公司", (0, 0), (FACTS,))]
    with clock.standing_on(DAY - dt.timedelta(300)):
        third = run_of(crowd)
    later = differences(second, third)
    assert later and {each.why for each in later} == {(ANOTHER_DAY,)}
    rows = {run: {(r.unit_id, r.rule): (r.sure_fen, r.upto_fen) for r in EvaluationRow.objects.filter(run=run)}
            for run in (second, third)}  # fmt: skip
    keys = {*rows[second], *rows[third]}
    assert len(later) == sum(rows[second].get(k, (0, 0)) != rows[third].get(k, (0, 0)) for k in keys)


def _rows(run) -> set[tuple]:
    fields = ("unit_id", "rule", "item", "article", "group", "sure_fen", "upto_fen")
    return {row for kept in (EvaluationRow, RestrictedRow) for row in kept.objects.filter(run=run).values_list(*fields)}


def _left_behind() -> tuple[list, tuple]:
    """Temporary tables of the connection, and its settings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()")
        tables = cursor.fetchall()
        cursor.execute("SELECT current_setting('work_mem'), current_setting('jit')")
        return tables, cursor.fetchone()


def test_the_services_own_database_gives_the_same_run_and_keeps_nothing(crowd, sign_in):
    """Chosen on the page and run as a job; rows, sums and what it rests on are those of the other engine."""
    usual, left = run_of(crowd), _left_behind()
    answer = sign_in("lead_officer").post("/entitled/", {"policy": SLUG, "engine": "postgres"})
    assert jobs.run(answer.headers["Location"].split("/")[-2])
    own = EvaluationRun.objects.exclude(pk=usual.pk).get()
    assert (usual.engine, own.engine) == ("duckdb", "postgres")
    assert _rows(own) == _rows(usual) and any(row[5] for row in _rows(own)) and own.input_digest == usual.input_digest
    assert _left_behind() == left
    with pytest.raises(UsageError, match="LUODI_POPULATION_ENGINE"):
        evaluate_region(by=None, version=crowd.version, engine="abacus")


def test_contents_are_the_sums_of_the_rows(crowd):
    run = run_of(crowd)
    rows = EvaluationRow.objects.filter(run=run, upto_fen__gt=0)
    found = contents(run.pk)
    assert sum(f.upto_fen for f in figures(found["award"]).values()) == sum(row.upto_fen for row in rows)
    assert len(found["award"][TOTAL, TOTAL]) == rows.count()
    for table in ("kind", "size"):
        assert len(found[table][TOTAL, "units"]) == len({row.unit_id for row in rows})


def test_two_totals_never_differ_by_a_few(crowd, sign_in):
    """Runs after one, three and six more units: what readers of totals see of them differs by none or by five or more."""
    runs = [run_of(crowd)]
    for numbers in ([801], [802, 803], [804, 805, 806]):
        for number in numbers:
            titled(crowd, number)
        runs.append(run_of(crowd))
    shown = [totals(run, MINIMUM) for run in runs]
    for at, later in enumerate(runs):
        for before, earlier in enumerate(runs[:at]):
            one, other = contents(earlier.pk)["award"], contents(later.pk)["award"]
            for cell in {*one, *other}:
                changed = sum(one.get(cell, {}).get(k) != other.get(cell, {}).get(k)
                              for k in {*one.get(cell, {}), *other.get(cell, {})})  # fmt: skip
                both = [shown[place].by_award.cells.get(cell) for place in (before, at)]
                assert not (0 < changed < MINIMUM and all(both)), cell
    assert shown[1].by_award.cells[TOTAL, TOTAL] is None and shown[3].by_award.cells[TOTAL, TOTAL] is not None
    assert totals(runs[1], 1).by_award.cells[TOTAL, TOTAL] is not None, "the list itself is open to its officers"
    titled(crowd, 807)
    run_of(crowd)
    leader = sign_in("leader")
    text = leader.get(f"/totals/?policy={SLUG}").content.decode()
    assert "仍显示这一次" in text
    page = sign_in("lead_officer").get(f"/entitled/differences/?policy={SLUG}")
    assert "测试第807公司" in page.content.decode() and FACTS in page.content.decode()


def test_also_withheld_cells_are_covered():
    from luodi.service.awards.suppression import Figure

    whole = {(row, "n"): Figure(9, 900, 900) for row in "abc"}
    cells = suppress(whole, "abc", ["n"], MINIMUM, {("a", "n")}).cells
    assert cells["a", "n"] is None and None in [cells[row, "n"] for row in "bc"]


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_a_policy_that_reads_what_the_registry_does_not_hold_is_evaluated(city, engine):
    made = pack(
        "对实缴注册资本5000万元以上、常态化运营满6个月的企业,按实际租金的30%给予补贴,最高50万元。",
        "对博士每人给予2万元补贴。",
    )
    by = person("one")
    version = add_version(by=by, slug="fresh", region=REGION, pack=pack_from({**made.data, "id": "fresh"}, "fresh"))
    confirm(by=by, version=version)
    publish(by=person("two"), version=version)
    add_unit(city, 902)
    run = evaluate_region(by=None, version=version, engine=engine)
    assert run.units
    assert kept_baseline(version, clock.today()) is not None
    assert not EvaluationRow.objects.filter(run=run, group="sure").exists()
