"""The audit chain: every kind of tampering by the database owner is seen."""

import pytest
from django.contrib.auth import get_user_model
from django.db import ProgrammingError, connection, transaction

from luodi.service.audit.actions import NotInTransaction, record, written_together
from luodi.service.audit.models import AuditEvent, AuditHead
from luodi.service.audit.queries import anchors, verify

TABLE = "audit_auditevent"
COPY_NINTH_AS_TENTH = (
    f"INSERT INTO {TABLE} SELECT 10, at, actor, actor_name, organisation, action, object_type, object_id,"
    f" data, previous_hash, hash FROM {TABLE} WHERE sequence = 9"
)


@pytest.fixture
def chain(transactional_db):
    """Ten events about things that happened."""
    for number in range(1, 11):
        with transaction.atomic():
            record(by=None, action="test.done", number=number, note="第" * number)
    return verify()


def guard_against_truncate(switch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} {switch} TRIGGER audit_no_truncate")


def as_owner(*statements: str) -> None:
    """Run statements as the database owner, with the append-only triggers switched off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER audit_append_only")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER audit_append_only")


def test_untouched_chain_is_whole(chain):
    assert (chain.rows, chain.break_at, chain.reason) == (10, None, None)


@pytest.mark.parametrize(
    ("tampering", "statements", "break_at"),
    [
        ("flip", [f"UPDATE {TABLE} SET data = jsonb_set(data, '{{number}}', '99') WHERE sequence = 4"], 4),
        ("flip who", [f"UPDATE {TABLE} SET actor_name = '别人' WHERE sequence = 7"], 7),
        ("delete", [f"DELETE FROM {TABLE} WHERE sequence = 5"], 5),
        (
            "insert",
            [
                f"UPDATE {TABLE} SET sequence = 100 WHERE sequence = 10",
                COPY_NINTH_AS_TENTH,
            ],
            10,
        ),
        (
            "swap",
            [
                f"UPDATE {TABLE} SET sequence = 200 WHERE sequence = 2",
                f"UPDATE {TABLE} SET sequence = 2 WHERE sequence = 3",
                f"UPDATE {TABLE} SET sequence = 3 WHERE sequence = 200",
            ],
            2,
        ),
        ("cut the tail", [f"DELETE FROM {TABLE} WHERE sequence > 8"], 9),
    ],
)
def test_tampering_is_seen(chain, tampering, statements, break_at):
    as_owner(*statements)

    verdict = verify()

    assert verdict.break_at == break_at, tampering
    assert verdict.reason
    assert verdict.rows == break_at - 1


def test_rewritten_tail_is_seen_by_the_anchor_outside(chain, tmp_path):
    file = tmp_path / "audit-heads.log"
    head = AuditHead.objects.get(id=1)
    file.write_text(f"2020-10-15 {head.sequence} {head.hash}\n")
    kept = AuditEvent.objects.get(sequence=8)
    as_owner(
        f"DELETE FROM {TABLE} WHERE sequence > 8",
        f"UPDATE audit_audithead SET sequence = 8, hash = '{kept.hash}'",
    )
    for number in range(2):  # a forger writes the missing rows anew, and the chain itself is consistent again
        with transaction.atomic():
            record(by=None, action="test.forged", number=number)

    assert verify().reason is None
    assert verify(anchors(file)[-1]).break_at == 10


def test_rows_refuse_update_and_delete_even_for_the_owner(chain):
    guard_against_truncate("ENABLE")
    try:
        for statement in (f"UPDATE {TABLE} SET action = 'x'", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE}"):
            with (
                pytest.raises(ProgrammingError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    finally:
        guard_against_truncate("DISABLE")
    assert verify().rows == 10


def test_event_stands_or_falls_with_its_change(transactional_db):
    with pytest.raises(RuntimeError), transaction.atomic():
        get_user_model().objects.create(username="someone")
        record(by=None, action="account.added")
        raise RuntimeError("the change fails after its audit row")

    assert not get_user_model().objects.filter(username="someone").exists()
    assert AuditEvent.objects.count() == 0


def test_event_without_transaction_is_refused(transactional_db):
    with pytest.raises(NotInTransaction):
        record(by=None, action="loose")
    assert AuditEvent.objects.count() == 0


def test_events_written_together_are_the_same_chain_and_fall_together(chain):
    with written_together():
        made = [record(by=None, action="test.many", number=number) for number in range(30)]
    kept = list(AuditEvent.objects.filter(sequence__gt=10).order_by("sequence"))
    assert [(e.sequence, e.at, e.hash, e.data) for e in kept] == [(e.sequence, e.at, e.hash, e.data) for e in made]
    with pytest.raises(RuntimeError), written_together():
        record(by=None, action="test.lost")
        raise RuntimeError("the work fails before its end")
    with transaction.atomic():
        record(by=None, action="test.after")
    assert verify().reason is None and verify().rows == 41
