"""Putting a document in force from the command line: the same steps as on the pages, by two named people."""

from __future__ import annotations

import sys
from pathlib import Path

from django.db import transaction

from luodi.errors import ContentError, UsageError
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.pack import Pack, read_pack, read_yaml
from luodi.service.accounts.models import User
from luodi.service.duties.adopt import adopt_policy
from luodi.service.policies.actions import add_version, confirm, load_text, publish, screened


def pack_of(file: Path, confirmed: Path | None, by: User) -> Pack:
    """A pack as it stands (``.json``), or compiled live from a document under a person's entries.

    Raises:
        MarkedText: the text bears a mark of secrecy; the refusal is audited.
    """
    if file.suffix == ".json":
        return read_pack(file)
    document = screened(by=by, data=file.read_bytes(), name=file.name)
    return build(compile_document(document), read_yaml(confirmed) if confirmed else None)


def put_in_force(*, file: Path, pack: Pack, slug: str, region: str, confirmer: User, publisher: User) -> None:
    """Add the pack as the next version, confirm, publish, keep the text where it is no facts-only pack, list its duties.

    All in one transaction: either the policy is in force with its text and duties, or nothing changed.

    Raises:
        UsageError: confirmer and publisher are the same person.
    """
    with transaction.atomic():
        version = add_version(by=confirmer, slug=slug, region=region, pack=pack)
        confirm(by=confirmer, version=version)
        publish(by=publisher, version=version)
        if file.suffix != ".json" and not pack.data["facts_only"]:
            load_text(by=confirmer, version=version, data=file.read_bytes(), name=file.name)
        adopt_policy(version=version, by=publisher, organisation=version.policy.issuer)


def person(username: str) -> User:
    """The account of that name.

    Raises:
        UsageError: there is none; the message says where to look.
    """
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise UsageError(f"没有账户“{username}”。演示账户列在 .luodi/demo-accounts.txt，其他账户由安全管理员开立。")
    return found


def _there(file: Path) -> Path:
    """The file, which must be there.

    Raises:
        ContentError: it is not.
    """
    if not file.is_file():
        raise ContentError(f"读不到文件 {file}（没有这个文件，或是文件夹）。请检查路径后重试。")
    return file


def publish_file(file: Path, slug: str, region: str, confirmed: Path | None, confirmer: str, publisher: str) -> None:
    """What ``luodi publish`` does, with one line about what is now in force."""
    first, second = person(confirmer), person(publisher)
    pack = pack_of(_there(file), confirmed, first)
    put_in_force(file=file, pack=pack, slug=slug, region=region, confirmer=first, publisher=second)
    counts = "，".join(f"{name} {len(pack.facts[key])}" for key, name in (
        ("duties", "责任"), ("goals", "目标"), ("benefits", "奖补"), ("sectors", "产业领域")))  # fmt: skip
    sys.stderr.write(f"已发布《{pack.title}》：{counts}。页面：/policies/{slug}/\n")
    for note in pack.data["diagnostics"][:20]:
        sys.stderr.write(f"  待人工确认 {note['article']}：{note['message']} {note['next_step']}\n")
