"""Pages of duties: the board, one unit, one duty, the parts and reports, the exports."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission as P
from luodi.service.attachments import attached
from luodi.service.audit.actions import record as audit
from luodi.service.duties import acts
from luodi.service.duties.adopt import adopt_policy
from luodi.service.duties.board import Board, board, filtered
from luodi.service.duties.breakdown import about, lines_of
from luodi.service.duties.duty_page import duty_page
from luodi.service.duties.models import Duty
from luodi.service.duties.offers import Refused
from luodi.service.duties.paper import paper
from luodi.service.duties.rights import of_government
from luodi.service.duties.situations import with_all
from luodi.service.duties.spreadsheet import spreadsheet
from luodi.service.duties.states import LOOKS, RULE_VERSION, WITHHELD
from luodi.service.duties.unit_page import unit_page
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.policies.queries import load_pack, load_packs, published, validity_on
from luodi.service.policies.silence import absent
from luodi.service.registry.models import GovernmentUnit

_FILES = {
    "xlsx": (spreadsheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (paper, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@require_safe
def duty_board(request: HttpRequest) -> HttpResponse:
    """Units × duties of one policy, filtered; cards on a narrow screen."""
    versions = published()
    if not versions:
        return render(request, "duties/board.html", {"versions": []})
    version = chosen_version(request, versions)
    whole, shown = _boards(request, version.policy)
    acting, pack = request.acting, load_pack(version)  # type: ignore[attr-defined]
    context = {
        "versions": versions, "version": version, "validity": validity_on(version), "whole": whole, "board": shown,
        "office": of_government(acting, version.policy.region), "looks": [*LOOKS.values(), WITHHELD], "rule_version": RULE_VERSION,
        "words": list(dict.fromkeys(look.word for look in LOOKS.values())), "asked": request.GET,
        "text": board_text(shown), "query": urlencode({**request.GET.dict(), "policy": version.policy.slug}),
        "counts": _counts(whole), "silent": "" if pack.facts["duties"] else absent(pack, "duties"),
        "adoptable": not whole.columns and P.SUPERVISE in request.may,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "duties/board.html", context)


def chosen_version(request: HttpRequest, versions: list[PolicyVersion]) -> PolicyVersion:
    """The policy asked for; else one in force that the person's region or the day suggests.

    Raises:
        Http404: no such policy is published.
    """
    slug = request.GET.get("policy", "")
    if slug:
        found = [v for v in versions if v.policy.slug == slug]
        if not found:
            raise Http404
        return found[0]
    acting = request.acting  # type: ignore[attr-defined]
    region = acting.organisation.region if acting else ""
    packs = load_packs(versions)
    codes = {v.pk: validity_on(v, packs=packs).code for v in versions}
    return min(
        versions,
        key=lambda v: (bool(region) and v.policy.region != region, codes[v.pk] not in ("in_force", "expiring")),
    )


def board_text(shown: Board) -> str:
    """The board as lines of text with tabs, to be pasted into a paper."""
    head = ["单位", *(f"{c.duty.article} {c.duty.title}" for c in shown.columns)]
    states = ["状态", *(f"{c.state.look.shape}{c.state.word}" for c in shown.columns)]
    rows = [
        [row.name, *(cell.word if (cell := row.cells.get(c.duty.pk)) else "" for c in shown.columns)]
        for row in shown.rows
    ]
    return "\n".join("\t".join(line) for line in [head, states, *rows])


@require_safe
@requires(P.EXPORT)
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The task breakdown table as a file, by the same filter and rights as the page; the export is audited."""
    version = chosen_version(request, published())
    _, shown = _boards(request, version.policy)
    acting = request.acting  # type: ignore[attr-defined]
    lines = lines_of(shown, acting)
    filters = "；".join(f"{name}：{value}" for name, value in _filter_words(request, shown))
    facts = about(shown, acting, str(request.user), filters, timezone.localtime(), len(lines))
    write, kind = _FILES[form]
    with transaction.atomic():
        audit(
            by=request.user, action="duties.export", about=version.policy, organisation=acting.organisation.name,
            form=form, rows=len(lines), filters=filters, on=clock.today(),
        )  # fmt: skip
    return attached(write(lines, facts), kind, form, "责任分解表", version.policy.title, clock.today().isoformat())


@require_safe
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One government unit's duties."""
    found = get_object_or_404(GovernmentUnit, pk=pk)
    acting = request.acting  # type: ignore[attr-defined]
    page = unit_page(found, acting, clock.today(), of_government(acting, found.region))
    return render(request, "duties/unit.html", {"page": page})


@require_safe
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One duty."""
    return _duty(request, pk)


@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One step from the duty's page; a refused one is shown again with what was typed and what stands now."""
    if not request.user.is_authenticated:
        raise PermissionDenied("请先登录。")
    found = _found(pk)
    try:
        said = acts.perform(found, request.acting, request.POST)  # type: ignore[attr-defined]
    except UsageError as error:
        refused = Refused(
            request.POST.get("what", ""), request.POST.get("target", ""), request.POST.get("move", ""), request.POST,
            str(error),
        )  # fmt: skip
        return _duty(request, pk, refused, status=409 if isinstance(error, acts.Conflict) else 422)
    messages.success(request, said)
    return redirect("duties:duty", pk)


@require_POST
@requires(P.SUPERVISE)
def adopt(request: HttpRequest) -> HttpResponse:
    """List a published policy's duties and goals on the board."""
    policy = get_object_or_404(Policy, slug=request.POST.get("policy", ""))
    acting = request.acting  # type: ignore[attr-defined]
    if not of_government(acting, policy.region):
        raise PermissionDenied("只能列入本地区的政策。")
    version = get_object_or_404(PolicyVersion, policy=policy, status="published")
    adopt_policy(version=version, by=request.user, organisation=acting.organisation.name)  # type: ignore[arg-type]
    messages.success(request, "任务和目标已列入看板。请牵头单位设定节点和报送周期。")
    return redirect(f"{reverse('duties:board')}?{urlencode({'policy': policy.slug})}")


def _duty(request: HttpRequest, pk: UUID, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    found = _found(pk)
    acting = request.acting  # type: ignore[attr-defined]
    limit = request.GET.get("limit", "")
    page = duty_page(
        found, acting, clock.today(), refused, everything="all" in request.GET,
        limit=int(limit) if limit.isdecimal() else None,
    )  # fmt: skip
    return render(
        request, "duties/duty.html", {"page": page, "duty": found, "refused": refused, "rule_version": RULE_VERSION},
        status=status,
    )  # fmt: skip


def _found(pk: UUID) -> Duty:
    return get_object_or_404(with_all(Duty.objects.all()), pk=pk)


def _boards(request: HttpRequest, policy: Policy) -> tuple[Board, Board]:
    asked, day = request.GET, clock.today()
    office = of_government(request.acting, policy.region)  # type: ignore[attr-defined]
    whole = board(policy, day, asked.get("open", ""), office)
    return whole, filtered(whole, asked.get("unit", ""), asked.get("state", ""), asked.get("part", ""))


def _filter_words(request: HttpRequest, shown: Board) -> list[tuple[str, str]]:
    words = {"lead": "牵头", "participant": "配合"}
    names = {row.key: row.name for row in shown.rows}
    asked = request.GET
    found = [("单位", names.get(asked.get("unit", ""), asked.get("unit", ""))), ("状态", asked.get("state", "")),
             ("责任", words.get(asked.get("part", ""), ""))]  # fmt: skip
    return [(name, value) for name, value in found if value]


def _counts(whole: Board) -> list[tuple[object, int]]:
    """How many duties stand in each state, in the order of the rule."""
    return [
        (look, count)
        for code, look in (*LOOKS.items(), ("withheld", WITHHELD))
        if (count := sum(column.state.code == code for column in whole.columns))
    ]
