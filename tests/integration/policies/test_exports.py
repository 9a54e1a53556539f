"""A pack as files: readable again, open to those who may, and never with the text of a facts-only pack."""

import json

import pytest
from lxml import etree

from integration.town_policy import SLUG, TEXT, town_pack
from luodi.policy.pack import read_pack
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.actions import add_version, confirm, load_text, publish

FILES = f"/policies/{SLUG}/export/"
SENTENCE = "支持企业做大做强"


@pytest.mark.parametrize("form", ["pack.json", "pack.yaml"])
def test_an_exported_pack_reads_back_the_same(client, people, version, tmp_path, form):
    client.force_login(people.lead)
    file = tmp_path / f"pack.{form.split('.')[1]}"
    file.write_bytes(client.get(f"{FILES}{form}").content)
    assert read_pack(file).digest == version.pack_digest
    assert AuditEvent.objects.get(action="policy.exported").data["form"] == form


def test_the_text_is_in_the_document_only_where_it_may_be(client, people, version):
    def words() -> str:
        return "".join(etree.fromstring(client.get(f"{FILES}akn.xml").content).itertext())

    assert SENTENCE not in words()
    load_text(by=people.lead, version=version, data=TEXT.encode(), name="原文.txt")
    assert SENTENCE in words()
    bare = add_version(by=people.lead, slug=SLUG, region="990100", pack=town_pack(facts_only=True))
    confirm(by=people.lead, version=bare)
    publish(by=people.other, version=bare)
    load_text(by=people.lead, version=bare, data=TEXT.encode(), name="原文.txt")
    client.force_login(people.lead)
    for form in ("akn.xml", "pack.json", "pack.yaml"):
        assert SENTENCE not in client.get(f"{FILES}{form}").content.decode(), form
    facts = client.get(f"/policies/{SLUG}/facts.json").content.decode()
    assert SENTENCE not in facts and json.loads(facts)["facts_only"] is True


def test_the_menu_offers_what_a_person_may_take(client, people, version):
    public = client.get(f"/policies/{SLUG}/").content.decode()
    assert "akn.xml" in public and "pack.yaml" not in public and "工作手册" not in public
    client.force_login(people.lead)
    office = client.get(f"/policies/{SLUG}/").content.decode()
    assert "pack.yaml" in office and "工作手册" in office
