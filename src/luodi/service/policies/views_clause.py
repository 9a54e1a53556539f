"""The page of one clause: its words, its facts, what was made of them, and the papers that it stands with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi.policy.pack import Pack
from luodi.service.policies.fact_lines import fact_lines
from luodi.service.policies.links import OWN_PLACE, stack
from luodi.service.policies.marked_text import Paragraph
from luodi.service.policies.models import PolicyText, PolicyVersion
from luodi.service.policies.outline import Node, outline, ways
from luodi.service.policies.queries import places
from luodi.service.policies.views import marked, policy_page


@require_safe
def clause(request: HttpRequest, slug: str, article: str) -> HttpResponse:
    """One clause: its text where it is here, its facts, the rules made from it and the open readings they touch.

    Where several clauses have its number, ``?at=`` (where it begins) tells which; without it all are shown together.
    """
    version, pack, context = policy_page(request, slug, "text")
    lines = fact_lines(pack)
    same = list(ways(outline(pack.data["articles"], lines), article))
    if not same and article != "0":
        raise Http404(f"《{pack.title}》没有条款“{article}”")
    at = request.GET.get("at", "")
    chosen = [way for way in same if str(way[-1].span[0]) == at] or same
    inside = {node.id for way in chosen for node in way[-1].walk()} or {"0"}

    def here(span: Sequence[int] | None) -> bool:
        return not chosen or any(way[-1].holds(span) for way in chosen)

    rules = [rule for rule in pack.rules if rule["article"] in inside and here(rule["span"])]
    ids = {rule["id"] for rule in rules}
    stored: PolicyText | None = context["text"]
    context |= {
        "article": article, "way": chosen[0] if chosen else [], "node": chosen[0][-1] if chosen else None,
        "same": [way[-1] for way in same] if len(same) > 1 else [], "at": at if len(chosen) < len(same) else "",
        "children": [child for way in chosen for child in way[-1].children],
        "facts": [line for line in lines if line.article in inside and here(line.span)],
        "rules": rules, "clause_stack": _clause_stack(version, pack, inside),
        "questions": [a for a in pack.ambiguities if ids & set(a["rules"])],
        "notes": [note for note in pack.data.get("notes", []) if note["article"] in inside],
        "paragraphs": _of_clauses(version, pack, stored, inside, chosen) if stored else [],
    }  # fmt: skip
    return render(request, "policies/clause.html", context)


def _of_clauses(
    version: PolicyVersion, pack: Pack, stored: PolicyText, inside: Collection[str], chosen: Sequence[Sequence[Node]]
) -> list[Paragraph]:
    """The paragraphs of clauses; of those that share a number with others by their places in the stored copy."""
    found = [each for each in marked(version, pack, stored) if each.article in inside]
    if len(chosen) != 1 or not chosen[0][-1].shared:
        return found
    starts = [each["span"] for each in pack.data["articles"]]
    here, _ = places(pack, stored)
    spans = [each["span"] for each, own in zip(here, starts, strict=False) if tuple(own) == chosen[0][-1].span]
    return [each for each in found if any(first <= each.start < last for first, last in spans)]


def _clause_stack(version: PolicyVersion, pack: Pack, inside: set[str]) -> list[dict[str, Any]]:
    """Papers linked to a clause in the order in which they count, the clause itself among them."""
    found = [{"paper": paper, "entry": entry} for paper, entry in stack(version, pack).of_clause(inside)]
    before = sum(1 for row in found if row["entry"].place < OWN_PLACE)  # type: ignore[attr-defined]
    return [*found[:before], {"own": True}, *found[before:]] if found else []
