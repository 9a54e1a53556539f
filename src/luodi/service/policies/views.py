"""Pages of policies: list, outline, text, clause, register of open readings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luodi.errors import ContentError, UsageError
from luodi.policy.pack import Pack, canonical
from luodi.policy.proposals.rules import paper_of
from luodi.policy.punctuation import widened
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.jobs.models import Job
from luodi.service.jobs.queries import unsettled
from luodi.service.policies import actions
from luodi.service.policies.calls import calls_now
from luodi.service.policies.drafting import AT_ONCE, load_later
from luodi.service.policies.fact_lines import KINDS, FactLine, fact_lines
from luodi.service.policies.forms import LARGEST_TEXT, TextForm
from luodi.service.policies.links import stack
from luodi.service.policies.marked_text import Paragraph, in_parts, paragraphs
from luodi.service.policies.models import PolicyText, PolicyVersion
from luodi.service.policies.outline import opening, outline
from luodi.service.policies.provision_words import KINDS as PROVISIONS
from luodi.service.policies.queries import (
    award_groups,
    current_version,
    head_fields,
    load_pack,
    places,
    policies_by_region,
    todays_names,
    validity_on,
)
from luodi.service.policies.reception import PATIENCE, go_on_later, receive
from luodi.service.policies.search import folded, search
from luodi.service.policies.shown_text import ShownText, places_read, shown_text
from luodi.service.policies.silence import absent, is_known, term

_ASKED = (
    "deadlines",
    "payments",
    "stackings",
    "document_rules",
    "interpretations",
    "contacts",
    "definitions",
    "abbreviations",
)
"""Provisions that an office asks about, in the order of the page."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published policies by region, each with its state on the business date; of a search those that speak of its words."""
    query = request.GET.get("q", "").strip()[:100]
    asked = folded(query).split()
    regions = policies_by_region()
    for region in regions if asked else ():
        found = [row | {"found": search(row["pack"], asked)} for row in region["policies"]]
        region["policies"] = [row for row in found if row["found"]]
    shown = [region for region in regions if region["policies"]]
    number = sum(len(region["policies"]) for region in shown)
    return render(
        request, "policies/list.html", {"regions": shown, "query": query, "number": number, "some": bool(regions)}
    )


def policy_page(request: HttpRequest, slug: str, tab: str = "") -> tuple[PolicyVersion, Pack, dict[str, Any]]:
    """What every page of one policy shows."""
    version = current_version(slug)
    pack = load_pack(version)
    context = {
        "version": version, "policy": version.policy, "slug": slug, "pack": pack, "validity": validity_on(version),
        "text": getattr(version, "text", None), "tab": tab, "own_region": of_region(request, version),
        "unsettled": unsettled_of(request, version),
    }  # fmt: skip
    return version, pack, context


def unsettled_of(request: HttpRequest, version: PolicyVersion) -> list[Job]:
    """What the reader's office asked for and has not got, or is still waiting for; of this version."""
    if request.acting is None:  # type: ignore[attr-defined]
        return []
    return unsettled(request.user, request.acting, request.may, version.pk)  # type: ignore[attr-defined, arg-type]


def of_region(request: HttpRequest, version: PolicyVersion) -> bool:
    """Whether the person acts for the policy's region; an office without a region acts for all."""
    acting = request.acting  # type: ignore[attr-defined]
    return acting is not None and acting.organisation.region in ("", version.policy.region)


def demand_region(request: HttpRequest, version: PolicyVersion) -> None:
    """Refuse an office of another region.

    Raises:
        PermissionDenied: the policy is of another region.
    """
    if not of_region(request, version):
        raise PermissionDenied("只能办理本地区的政策。请切换到该地区单位的身份。")


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One policy: state, head, outline, basis papers and facts by kind."""
    version, pack, context = policy_page(request, slug, "detail")
    lines, stored = fact_lines(pack), getattr(version, "text", None)
    placed = stored is not None and stored.located is None  # another copy has other places
    shown = shown_text(stored, pack.data["source"]["format"]) if placed else None
    clauses = outline(pack.data["articles"], lines, shown)
    context |= {
        "head": head_fields(version, pack),
        "outline": clauses,
        "kinds": _by_kind(lines),
        "stack_groups": _stack_groups(version, pack),
        "papers": _papers(pack, lines),
        "awards": award_groups(pack, clauses),
        "calls": calls_now(version.policy),
        "sectors": _sectors(pack),
        "duties": _with_names(version, pack, shown),
        "notes": pack.data.get("notes", []),
        "term": term(pack),
        "absent": {name: absent(pack, name) for name in ("benefits", "duties", "goals", "recipients", "validity")},
        "provisions": [
            (told, PROVISIONS[kind], absent(pack, kind))
            for kind in _ASKED
            if (told := _told_once(lines, kind)) or is_known(pack, kind)
        ],
    }
    return render(request, "policies/detail.html", context)


def _stack_groups(version: PolicyVersion, pack: Pack) -> list[tuple[Any, str, str]]:
    found = stack(version, pack)
    basis = f"上位依据：{absent(pack, 'basis')}；也没有登记。"
    return [(found.above, "本文依据、细化、修改、执行的文件", basis),
            (found.below, "以本文为依据的文件", "政策库中还没有。")]  # fmt: skip


def _told_once(lines: list[FactLine], kind: str) -> list[FactLine]:
    """Facts of a kind; two that read alike in one clause are one to a reader."""
    return list({(line.figure, line.text, line.article): line for line in lines if line.kind == kind}.values())


def _by_kind(lines: list[FactLine]) -> dict[str, list[FactLine]]:
    return {kind: [line for line in lines if line.kind == kind] for kind in KINDS}


def _papers(pack: Pack, lines: list[FactLine]) -> list[dict[str, Any]]:
    """The papers that a notice issues, where they are several: what each says of itself, and how much it holds."""
    told = ("repeals", "interpretations", "definitions")
    rows = []
    for paper in pack.papers:
        own = _by_kind([line for line in lines if paper_of(line.article, [paper["id"]])])
        counts = [(KINDS[kind], len(own[kind])) for kind in ("goals", "duties", "benefits") if own[kind]]
        validity = next(iter(own["paper_validities"]), None)
        rows.append({**paper, "validity": validity, "counts": counts, **{kind: own[kind] for kind in told}})
    return rows


def _sectors(pack: Pack) -> list[dict[str, Any]]:
    return [{**sector, "count": len(sector["technologies"])} for sector in pack.facts["sectors"]]


def _with_names(version: PolicyVersion, pack: Pack, shown: ShownText | None) -> list[dict[str, Any]]:
    """Duties with units as written, each with today's name where it has another; of one told in prose its own first words."""
    today = todays_names(version, pack)
    headings = {article["id"]: article["heading"] for article in pack.data["articles"]}
    return [
        {"article": duty["article"], "heading": widened(headings.get(duty["article"]) or ""),
         "paper": pack.paper_title(duty["article"]),
         "task": opening(shown.words(duty["span"]), "、".join(duty["lead"])) if shown and duty.get("told") == "prose" else "",
         "lead": [(name, today.get(name)) for name in duty["lead"]],
         "participants": [(name, today.get(name)) for name in duty["participants"]]}
        for duty in pack.facts["duties"]
    ]  # fmt: skip


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole text with its facts marked, or where the facts stand if the text is not here."""
    version, pack, context = policy_page(request, slug, "text")
    stored: PolicyText | None = context["text"]
    if stored is None:
        nodes = outline(pack.data["articles"], fact_lines(pack))
        context |= {"outline": nodes, "clauses": [node for top in nodes for node in top.walk() if node.facts],
                    "head_facts": [line for line in fact_lines(pack) if line.article == "0"]}  # fmt: skip
        return render(request, "policies/text_absent.html", context)
    context["parts"] = in_parts(marked(version, pack, stored), places_read(stored.text))
    return render(request, "policies/text.html", context)


def marked(version: PolicyVersion, pack: Pack, stored: PolicyText) -> list[Paragraph]:
    """The text with its facts marked, paragraph by paragraph."""
    articles, facts = places(pack, stored)
    return paragraphs(stored.text, articles, fact_lines(pack, facts), todays_names(version, pack))


@require_safe
def facts_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The pack's facts with their places and digests, to keep or to feed to another system."""
    version = current_version(slug)
    pack = load_pack(version).data
    kept = ("schema_version", "id", "version", "title", "document_number", "issuer", "issued_on", "entered", "source",
            "facts_only", "papers", "articles", "facts", "coverage", "unstated", "rests_on", "confirmed", "published")  # fmt: skip
    answer = HttpResponse(
        canonical({name: pack[name] for name in kept if name in pack}), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{slug}-v{version.number}.facts.json"'
    return answer


@requires(Permission.LOAD_POLICY_TEXT)
def load(request: HttpRequest, slug: str) -> HttpResponse:
    """Load the official text: screened for marks in memory, checked by digest, then kept."""
    version, _, context = policy_page(request, slug, "load")
    demand_region(request, version)
    form = TextForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        too_large = int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_TEXT
        if too_large:
            form.errors.pop("text", None)  # what did not arrive was too large, not left out
            form.add_error("text", "文件超过 8 MB，没有接收。政策原文一般只有几百 KB，请确认选对了文件。")
        elif form.is_valid() and (made := _loaded(request, version, form)):
            return redirect(made) if isinstance(made, Job) else redirect("policies:text", slug=slug)
        status = 422
    return render(request, "policies/load.html", context | {"form": form}, status=status)


def _loaded(request: HttpRequest, version: PolicyVersion, form: TextForm) -> PolicyText | Job | None:
    """The text that was kept, or the job that reads a slow file; None where it is refused."""
    file, office = form.cleaned_data["text"], request.acting.organisation  # type: ignore[attr-defined]
    try:
        reading = receive(file.read(), file.name)
        try:
            document = reading.result(timeout=PATIENCE)
        except TimeoutError:
            policy = version.policy
            return go_on_later(
                reading, by=request.user, region=policy.region, policy=policy, organisation=office, version=version
            )
        actions.refuse_marked(document, by=request.user, about=version, organisation=str(office))
        if len(document.text.source) > AT_ONCE:
            return load_later(by=request.user, document=document, version=version, organisation=office)
        kept = actions.load_document(by=request.user, version=version, document=document, organisation=str(office))
    except (ContentError, UsageError) as error:
        form.add_error("text", str(error))
        return None
    messages.success(request, "原文已载入，文字摘要与政策包一致。" if not kept.notice else f"原文已载入。{kept.notice}")
    return kept
