"""A draft of the small policy in the workbench, and what its people do with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integration.town_policy import REGION, TEXT
from luodi.service.accounts.permissions import Permission
from luodi.service.policies.drafting import decide, upload
from luodi.service.policies.publication import take_step
from luodi.service.policies.rows import all_rows, open_rows

ALL = frozenset(Permission)


def send(client, data: bytes, name: str = "a.txt", **more):
    return client.post("/workbench/upload/", {"file": SimpleUploadedFile(name, data), "declared": "on"} | more)


@pytest.fixture
def bench(people):
    return upload(by=people.lead, data=TEXT.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")


def row_of(version, key):
    return next(row for row in all_rows(version) if row.key == key)


def settle(version, by):
    """Every open row decided: facts accepted, what is missing said to be unstated."""
    for row in open_rows(version):
        verdict = "not_stated" if row.kind == "missing" else "accept"
        decide(by=by, version=version, key=row.key, verdict=verdict, before=dict(row.fact))


def walk(version, by, *moves):
    for move in moves:
        take_step(
            by=by,
            version=version,
            move=move,
            may=ALL,
            note="同意",
            paper="试法审〔2026〕1号",
            fair_competition="不涉及",
        )


def post(client, version, **given):
    return client.post(f"/workbench/{version.pk}/decide/", given)


def benefit(version, amount):
    """The key of the proposed benefit of a sum in 万元."""
    rows = version.proposal.pack["facts"]["benefits"]
    return f"benefits-{next(at for at, row in enumerate(rows) if row['amount'] == amount * 1_000_000)}"
