"""A policy's pack as files: JSON and YAML for offices, Akoma Ntoso for everybody; a facts-only pack never gives text."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luodi.document.reading import parse
from luodi.policy.exports.akoma_ntoso import akoma_ntoso
from luodi.policy.pack import canonical, to_yaml
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.audit.actions import record
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import current_version, load_pack


@require_safe
@requires(Permission.EXPORT)
def pack_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole pack as JSON, with the official answers recorded so far."""
    version = current_version(slug)
    return _audited(request, version, "pack.json", canonical(load_pack(version).data), "application/json")


@require_safe
@requires(Permission.EXPORT)
def pack_yaml(request: HttpRequest, slug: str) -> HttpResponse:
    """The same content as YAML, to be read by people."""
    version = current_version(slug)
    return _audited(request, version, "pack.yaml", to_yaml(load_pack(version)), "application/yaml")


@require_safe
def akn(request: HttpRequest, slug: str) -> HttpResponse:
    """Akoma Ntoso XML; with its text where the pack is no facts-only pack and the text's places fit."""
    version = current_version(slug)
    pack = load_pack(version)
    stored = getattr(version, "text", None)
    shown = stored is not None and not stored.notice and not pack.data["facts_only"]
    text = parse(stored.text, slug).text if stored is not None and shown else None
    return _file(version, "akn.xml", akoma_ntoso(pack, text), "application/akn+xml")


def _audited(request: HttpRequest, version: PolicyVersion, form: str, content: str, kind: str) -> HttpResponse:
    organisation = request.acting.organisation.name  # type: ignore[attr-defined]
    with transaction.atomic():
        record(by=request.user, action="policy.exported", about=version, organisation=organisation, form=form)
    return _file(version, form, content, kind)


def _file(version: PolicyVersion, form: str, content: str, kind: str) -> HttpResponse:
    name = f"{version.policy.slug}-v{version.number}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)
