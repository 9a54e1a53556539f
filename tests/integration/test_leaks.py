"""What must not come out: restricted facts, texts meant for one reader, formulas, markup, forms without a token."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from integration.every_role import (
    BASIS_TEXT,
    DAY,
    PART_TEXT,
    PROBE,
    REPORT_TEXT,
    SLIP_TEXT,
    TABLE,
    World,
    decisions,
    filled,
)
from luodi.service.middleware import POLICY

RESTRICTED, MARKED, INTERNAL, BY_FACT = "受限甲一七五三", "受限乙四八二九", "内部丙九三一六", "受限丁二六四八"
MORE = {
    "awards:entitled": ("?restricted=1", "?group=not"), "awards:unit": ("?restricted=1",), "awards:totals": ("?unit=yuan",),
    "duties:duty": ("?all=1",),
}  # fmt: skip


@pytest.fixture
def planted(records) -> World:
    """Unmistakable values in restricted and internal statements about one unit, then another evaluation."""
    from luodi.service.awards.actions import determine, evaluate_region
    from luodi.service.registry.models import Event, Fact, FactType

    unit = records.objects["own_unit"]

    def event(kind: str, sensitivity: str, value: str, **more):
        Event.objects.create(unit=unit, kind=kind, sensitivity=sensitivity, issuer=value, source=value, as_of=DAY,
                             date="2020-05-01", **more)  # fmt: skip

    event("武器装备科研生产保密资格", "restricted", RESTRICTED, grade="二级", action="新认定", evidence="attested")
    event("军民融合示范企业", "restricted", MARKED, grade="省级", action="认定", evidence="public_list")
    event("国防科学技术进步奖", "internal", INTERNAL, grade="二等奖", rank=1, evidence="document")
    for code, sensitivity, value in (("测试受限事实", "restricted", BY_FACT), ("测试内部事实", "internal", INTERNAL)):
        kind = FactType.objects.create(
            code=code, name=code, data_type="text", sensitivity=sensitivity, evidence="attested"
        )
        Fact.objects.create(unit=unit, type=kind, value=value, source=value, as_of=DAY, sensitivity=sensitivity,
                            evidence="attested")  # fmt: skip
    version = records.objects["version"]
    records.keep("run", evaluate_region(by=None, version=version))
    own = records.actor("claims_clerk", "own_unit").user
    office = records.organisations["own_unit"]
    records.keep("determination", determine(by=own, organisation=office, unit=unit, version=version))
    return records


def read(answer) -> str:
    """All text of an answer, that of the parts of a zipped file included."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return content.decode()


def everything(client, world: World) -> dict[str, str]:
    """Every answer that a person reaches: each address of the table, in its variants, and the calculator by code."""
    found = {}
    for name, row in TABLE.items():
        if name.startswith("account"):
            continue
        for address in {reverse(name, kwargs=filled(row.get("with", {}), world))}:
            answer = client.get(address)
            if answer.status_code == 200:
                found[address] = read(answer)
                found |= {address + more: read(client.get(address + more)) for more in MORE.get(name, ())}
    answer = client.post("/calculator/", {"do": "code", "policy": world.records["slug"],
                                          "code": world.objects["own_unit"].credit_code})  # fmt: skip
    assert answer.status_code == 200
    return found | {"by code": read(answer)}


# value, and who may read it: (role, place) -> bool
READERS = {
    RESTRICTED: lambda a: a.place == "own_unit",
    MARKED: lambda a: a.place == "own_unit",
    BY_FACT: lambda a: a.place == "own_unit",
    INTERNAL: lambda a: a.place == "own_unit" or a.role == "lead_officer" and a.place != "far",
    PART_TEXT: lambda a: a.place in ("lead", "participant"),
    REPORT_TEXT: lambda a: a.place == "lead" or a.role == "supervisor" and a.place != "far",
    SLIP_TEXT: lambda a: a.place in ("lead", "participant", "uninvolved"),
    BASIS_TEXT: lambda a: a.place in ("lead", "participant", "uninvolved"),
    "6.5137": lambda a: a.place in ("lead", "participant", "uninvolved"),
}
WALKERS = [
    ("", ""), ("claims_clerk", "own_unit"), ("claims_clerk", "other_unit"), ("lead_officer", "lead"),
    ("lead_officer", "far"), ("liaison", "participant"), ("supervisor", "uninvolved"), ("supervisor", "far"),
    ("leader", "uninvolved"), ("audit_admin", "lead"), ("competent_authority", "far"), ("payment", "far"),
]  # fmt: skip


# what must come through: without it the test would prove nothing
REACHED = {
    ("claims_clerk", "own_unit"): (RESTRICTED, INTERNAL), ("liaison", "participant"): (PART_TEXT, SLIP_TEXT),
    ("lead_officer", "lead"): (PART_TEXT, REPORT_TEXT, SLIP_TEXT, BASIS_TEXT), ("supervisor", "uninvolved"): (REPORT_TEXT,),
}  # fmt: skip


def live(page: str) -> bool:
    """Whether anything that was typed would run: a script, an image, a handler outside a quoted value."""
    plain = re.sub(r'"[^"]*"', '""', page)
    return "<script>" in plain or "<img src=x" in plain or bool(re.search(r"<[^>]*\son(error|load|click)\s*=", plain))


def test_planted_values_reach_only_those_who_may_read_them(planted, come):
    wrong, missed = [], []
    for role, place in WALKERS:
        actor = planted.actor(role, place)
        found = everything(come(actor), planted)
        for address, text in found.items():
            wrong += [
                f"{actor.name} {address}: {value}" for value, may in READERS.items() if value in text and not may(actor)
            ]
            if text.startswith("<!doctype"):
                assert not live(text), address
        text = "".join(found.values())
        missed += [f"{actor.name}: {value}" for value in REACHED.get((role, place), ()) if value not in text]
    assert not wrong and not missed, "\n".join([*wrong, "not reached:", *missed])


def test_no_post_passes_without_a_token(records, come):
    """Everything but the API's stateless calculation, which is not signed in and keeps nothing."""
    from luodi.service.duties.models import Milestone

    client = come(records.actor("lead_officer", "lead"), enforce_csrf_checks=True)
    for name, row in TABLE.items():
        if name == "api:explain_unit":
            continue
        address = reverse(name, kwargs=filled(row.get("with", {}), records))
        for decision in decisions(row, "POST"):
            answer = client.post(address, filled(decision["send"], records))
            assert answer.status_code in (403, 404, 405), (name, answer.status_code)
    assert Milestone.objects.count() == 1


def test_every_answer_carries_the_policies_for_browsers(records, come):
    for actor in (records.actors[0], records.actor("lead_officer", "lead")):
        client = come(actor)
        for name, row in TABLE.items():
            address = reverse(name, kwargs=filled(row.get("with", {}), records))
            for answer in (client.get(address), client.head(address), client.options(address)):
                assert answer.headers["Content-Security-Policy"] == POLICY, address
                assert answer.headers["X-Content-Type-Options"] == "nosniff", address
                if actor.user and answer.status_code == 200 and name != "account_logout":
                    assert "no-store" in answer.headers["Cache-Control"], address
        assert client.get("/no/such/page").headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY and "*" not in POLICY


def test_what_people_type_comes_back_as_text(records, come):
    """Answers, slips, reports and refused forms, as the people who read them see them."""
    lead = come(records.actor("lead_officer", "lead"))
    slug, question = records.records["slug"], records.records["ambiguity"]
    form = {"option": "first", "paper": PROBE, "answered_by": PROBE, "effective_from": "2020-10-01", "seen": "1"}
    assert lead.post(f"/policies/{slug}/register/{question}/", form).status_code == 302
    duty, goal = (f"/{kind}/{records.records[name]}/" for kind, name in (("duties", "duty"), ("goals", "goal")))
    pages = [
        lead.get(f"/policies/{slug}/register/"), lead.get(duty), lead.get(goal),
        lead.post(f"/policies/{slug}/register/{question}/", {**form, "option": PROBE, "effective_from": PROBE}),
        lead.post(f"{duty}act/", {"what": "milestone", "move": "propose", "title": PROBE, "due": PROBE, "weight": PROBE}),
        lead.post(f"{goal}act/", {"move": "report", "basis": PROBE, "as_of": PROBE, "value": PROBE, "measure": PROBE}),
        lead.post(f"{duty}report/{records.records['period']}/", {"version": 1, "text": PROBE, "submit": "1"}),
        lead.post("/calculator/", {"do": "code", "policy": slug, "code": PROBE}),
        lead.post("/calculator/", {"policy": slug, "answers": PROBE}),
        lead.get("/duties/", {"unit": PROBE, "state": PROBE, "part": PROBE, "open": PROBE}),
        lead.get("/entitled/", {"rule": PROBE, "district": PROBE, "kind": PROBE, "group": PROBE, "page": PROBE}),
        lead.post("/accounts/business-date/", {"business_date": PROBE, "next": "/"}, follow=True),
    ]  # fmt: skip
    for number, answer in enumerate(pages):
        assert answer.status_code < 500, number
        assert not live(read(answer)), number
    for number in range(4):
        assert "&lt;script&gt;" in read(pages[number]), number


def test_exported_texts_stay_texts(records, come):
    """A report beginning with an equals sign, adopted, in both files; units' names in the list."""
    from luodi.service.duties.models import JointReport
    from luodi.service.registry.models import Unit

    signs = ("=", "+", "-", "@", "\t=", "＝", "＋", "－", "＠")
    supervisor, lead = come(records.actor("supervisor", "uninvolved")), come(records.actor("lead_officer", "lead"))
    JointReport.objects.filter(pk=records.records["report"]).update(
        state="adopted", adopted_on=DAY, adopted_by=records.actor("supervisor", "uninvolved").user
    )
    for sign in signs:
        Unit.objects.filter(pk=records.records["own_unit"]).update(name=f"{sign}cmd|' /C calc'!A0")
        for client, address in ((lead, "/totals/export.xlsx"), (supervisor, "/duties/export.xlsx")):
            answer = client.get(address)
            assert answer.status_code == 200
            book = load_workbook(io.BytesIO(answer.content))
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert cells and not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
            assert "<f>" not in read(answer) and "externalLink" not in read(answer)
    document = read(lead.get("/duties/export.docx"))
    assert REPORT_TEXT in document and "<script>" not in document and "w:fldSimple" not in document
