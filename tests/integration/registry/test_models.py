"""What the database itself holds to: codes, periods, sensitivity, history, no deletes."""

import datetime as dt

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from luodi.codes.credit_code import make_credit_code
from luodi.service.registry.models import Event, Fact, FactType, SectorEntry, Unit, UnitAlias
from luodi.service.serving import GRANTS

CODE = make_credit_code("91", "990100", "MA000001")
AS_OF = dt.date(2026, 3, 1)


def unit(**given) -> Unit:
    return Unit(**{"credit_code": CODE, "name": "云岚试验有限公司", "kind": "enterprise", "region": "990100",
                   "source": "测试", "as_of": AS_OF} | given)  # fmt: skip


def fact_type(**given) -> FactType:
    return FactType.objects.create(
        **{"code": "年营业收入", "name": "年营业收入", "data_type": "money", "unit": "元", "sensitivity": "internal",
           "evidence": "document"} | given
    )  # fmt: skip


def refused(row) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_wrong_check_character_is_named(db):
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    with pytest.raises(ValidationError, match="第18位校验码应为"):
        unit(credit_code=wrong).full_clean()


def test_the_database_refuses_units_without_a_code_unless_they_are_parks(db):
    refused(unit(credit_code=None))
    refused(unit(credit_code="91990100MA0000001I"))
    refused(unit(kind="company"))
    unit(credit_code=None, kind="park").save()
    unit(credit_code=None, kind="park", name="另一个园区").save()
    assert Unit.objects.filter(credit_code=None).count() == 2


def test_a_code_stands_once(db):
    unit().save()
    refused(unit(name="另一家"))


def test_a_period_does_not_end_before_it_starts(db):
    holder = unit()
    holder.save()
    refused(UnitAlias(unit=holder, name="旧名", valid_from=dt.date(2020, 1, 2), valid_to=dt.date(2020, 1, 1)))


def test_register_facts_are_public(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        fact_type(register=True)
    assert fact_type(register=True, sensitivity="public").register


def test_a_fact_is_not_less_guarded_than_its_type(db):
    holder, kind = unit(), fact_type()
    holder.save()
    fact = Fact(unit=holder, type=kind, value=1, source="测试", as_of=AS_OF, sensitivity="public", evidence="document")
    with pytest.raises(ValidationError, match="不能登记为公开"):
        fact.full_clean()


def test_own_listings_are_public_and_stand_once(db):
    holder = unit()
    holder.save()
    given = {"unit": holder, "sector": "无人系统", "technology": "飞控", "published_on": AS_OF, "source": "测试"}
    refused(SectorEntry(**given, sensitivity="internal"))
    SectorEntry(**given).save()
    refused(SectorEntry(**given))


def test_every_way_of_writing_leaves_its_version(db):
    holder = unit()
    holder.save()
    holder.name = "改名后有限公司"
    holder.save()
    Unit.objects.filter(pk=holder.pk).update(district="990101")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_unit SET status = 'moved_out' WHERE id = %s", [holder.pk])
    versions = list(holder.history.order_by("pgh_id").values_list("name", "district", "status"))
    assert versions == [
        ("云岚试验有限公司", "", "active"), ("改名后有限公司", "", "active"), ("改名后有限公司", "990101", "active"),
        ("改名后有限公司", "990101", "moved_out"),
    ]  # fmt: skip


def test_bulk_written_events_and_facts_have_a_history_too(db):
    holder, kind = unit(), fact_type()
    holder.save()
    common = {"unit": holder, "source": "测试", "as_of": AS_OF, "sensitivity": "internal", "evidence": "document"}
    Event.objects.bulk_create([Event(kind="奖", date=AS_OF, **common) for _ in range(3)])
    Fact.objects.bulk_create([Fact(type=kind, value=number, **common) for number in range(2)])
    assert sum(event.history.count() for event in Event.objects.all()) == 3
    assert sum(fact.history.count() for fact in Fact.objects.all()) == 2


def test_history_cannot_be_rewritten(db):
    holder = unit()
    holder.save()
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        holder.history.update(name="从未叫过的名称")


def test_a_unit_with_facts_cannot_be_deleted(db):
    holder = unit()
    holder.save()
    UnitAlias.objects.create(unit=holder, name="旧名")
    with pytest.raises(ProtectedError):
        holder.delete()


def test_the_web_role_writes_with_history_and_deletes_nothing(db):
    settings = connection.settings_dict
    place = {"dbname": settings["NAME"], "host": settings["HOST"]}
    with psycopg.connect(**place, user=settings["USER"], autocommit=True) as owner:
        owner.execute(GRANTS)
    insert = (
        "INSERT INTO registry_unit (id, recorded_at, version, credit_code, name, kind, region, district, status, source,"
        " as_of, sensitivity, evidence) VALUES (gen_random_uuid(), now(), 1, %s, '网页写入', 'enterprise', '990100', '',"
        " 'active', '测试', '2026-03-01', 'public', 'public_list') RETURNING id"
    )
    with psycopg.connect(**place, user="luodi_web") as web:
        (made,) = web.execute(insert, [make_credit_code("91", "990100", "MA000009")]).fetchone()
        web.execute("UPDATE registry_unit SET name = '改了名' WHERE id = %s", [made])
        kept = web.execute(
            "SELECT name FROM registry_unithistory WHERE pgh_obj_id = %s ORDER BY pgh_id", [made]
        ).fetchall()
        assert [name for (name,) in kept] == ["网页写入", "改了名"]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("DELETE FROM registry_unit WHERE id = %s", [made])
        web.rollback()
