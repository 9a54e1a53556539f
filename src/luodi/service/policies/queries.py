"""Reading policies: which versions run, whether they are in force on a day, and their packs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Max
from django.http import Http404

from luodi import clock
from luodi.policy.comparison import CEILING
from luodi.policy.pack import Pack, dated, pack_from
from luodi.policy.proposals.limits import is_group_cap
from luodi.policy.punctuation import widened
from luodi.service.policies.fact_lines import benefit_figure
from luodi.service.policies.models import AmbiguityAnswer, PolicyText, PolicyVersion
from luodi.service.policies.outline import Node, clause_of
from luodi.service.policies.silence import term
from luodi.service.registry.queries import names_as_written, region_name

EXPIRING_DAYS = 180  # six months before its end a policy comes up for review (到期评估)
_LABELS = {
    "in_force": "现行有效", "expiring": "即将到期", "lapsed": "已失效", "not_yet": "尚未施行", "repealed": "已废止",
}  # fmt: skip
_COLOURS = {"in_force": "green", "expiring": "yellow", "lapsed": "grey", "not_yet": "blue", "repealed": "grey"}
_SHAPES = {"in_force": "●", "expiring": "▲", "lapsed": "○", "not_yet": "◇", "repealed": "✕"}


@dataclass(frozen=True)
class Validity:
    """How a policy stands on a day: a code, the word for people, days left, and what to know about it."""

    code: str
    starts: dt.date | None
    ends: dt.date | None
    days_left: int | None
    note: str = ""

    @property
    def label(self) -> str:
        """The word on the screen."""
        return _LABELS[self.code]

    @property
    def colour(self) -> str:
        """The state's colour class."""
        return _COLOURS[self.code]

    @property
    def shape(self) -> str:
        """The state's shape, so that colour never stands alone."""
        return _SHAPES[self.code]

    @property
    def claimable(self) -> bool:
        """Whether a result may speak of claiming at all."""
        return self.code in ("in_force", "expiring")


def published(day: dt.date | None = None) -> list[PolicyVersion]:
    """The published version of each policy, in order of region; ``day`` drops those published after it."""
    found = PolicyVersion.objects.filter(status="published").select_related(
        "policy", "confirmed_by", "published_by", "text"
    )
    if day is not None:
        found = found.filter(published_at__lte=day)
    return list(found.defer("pack").order_by("policy__region", "policy__slug"))


def current_version(slug: str) -> PolicyVersion:
    """The published version of a policy.

    Raises:
        Http404: no such policy, or nothing of it is published.
    """
    version = (
        PolicyVersion.objects.filter(policy__slug=slug, status="published")
        .select_related("policy", "confirmed_by", "published_by", "text")
        .defer("pack")
        .first()
    )
    if version is None:
        raise Http404(f"没有已发布的政策“{slug}”")
    return version


def load_pack(version: PolicyVersion) -> Pack:
    """The version's pack with the official answers recorded so far; kept in memory until another answer comes."""
    return load_packs([version])[version]


def load_packs(versions: Iterable[PolicyVersion]) -> dict[PolicyVersion, Pack]:
    """The packs of several versions, asking once when the last answer to each was recorded."""
    wanted = list(versions)
    answers = AmbiguityAnswer.objects.filter(policy_version__in=[version.pk for version in wanted]).order_by()
    last = dict(answers.values_list("policy_version").annotate(Max("recorded_at")))
    return {version: _pack(version.pk, version.pack_digest, last.get(version.pk)) for version in wanted}


@lru_cache(maxsize=32)
def _pack(version_id: Any, digest: str, answered: dt.datetime | None) -> Pack:
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    if answered is None:
        return Pack(version.pack)
    return pack_from({**version.pack, "ambiguities": _answered(version)}, version.policy.slug)


def _answered(version: PolicyVersion) -> list[dict[str, Any]]:
    """The register with the latest recorded answer of each question."""
    latest = {a.ambiguity: a for a in version.answers.order_by("effective_from", "recorded_at")}
    register = []
    for entry in version.pack["ambiguities"]:
        given = latest.get(entry["id"])
        answer = entry["answer"] if given is None else {
            "option": given.option, "paper": given.paper, "from": given.effective_from.isoformat(),
            "retroactive": given.retroactive,
        }  # fmt: skip
        register.append({**entry, "answer": answer})
    return register


def validity_on(
    version: PolicyVersion, day: dt.date | None = None, packs: Mapping[PolicyVersion, Pack] | None = None
) -> Validity:
    """How the policy stands on a day (default: the business date); ``packs`` of all that is published, if at hand."""
    day = day or clock.today()
    if packs is None:
        packs = load_packs(dict.fromkeys([*published(), version]))
    pack = packs[version]
    starts, ends = pack.effective_from, pack.effective_to
    repealed_by = _repealed_by(version, day, packs)
    if repealed_by:
        return Validity("repealed", starts, ends, None, f"已由《{repealed_by}》废止。按当时口径测算，不能据此申领。")
    since = pack.stands_from
    if since and day < since and not starts:
        return Validity("not_yet", None, ends, None, f"{since:%Y-%m-%d} 印发，这一天还没有施行。")
    if starts and day < starts:
        return Validity(
            "not_yet", starts, ends, None, f"自 {starts:%Y-%m-%d} 起施行，还有 {(starts - day).days:,} 天。"
        )
    if ends and day > ends:
        return Validity("lapsed", starts, ends, 0, f"有效期至 {ends:%Y-%m-%d}，已届满。按当时口径测算，不能据此申领。")
    left = (ends - day).days if ends else None
    note = "" if ends else f"有效期届满日：{term(pack)[1]}。"
    if left is not None and left <= EXPIRING_DAYS:
        return Validity("expiring", starts, ends, left, f"有效期至 {ends:%Y-%m-%d}，还有 {left:,} 天。")
    if ends:
        note = f"有效期至 {ends:%Y-%m-%d}，还有 {left:,} 天。"
    return Validity("in_force", starts, ends, left, note)


def _repealed_by(version: PolicyVersion, day: dt.date, packs: Mapping[PolicyVersion, Pack]) -> str | None:
    """The title of a published policy in force on the day that repeals this one by name."""
    for other, pack in packs.items():
        if other.policy.region != version.policy.region or other == version:
            continue
        names = {(r.get("title") or "").strip("《》") for r in pack.facts["repeals"]}
        if version.policy.title in names and pack.stands_from and pack.stands_from <= day:
            return pack.title
    return None


def policies_by_region() -> list[dict[str, Any]]:
    """Published policies under the name of their region, each with pack and state; those in force first."""
    regions: dict[str, list[dict[str, Any]]] = {}
    packs = load_packs(published())
    for version, pack in packs.items():
        validity = validity_on(version, packs=packs)
        row = {"version": version, "policy": version.policy, "pack": pack, "validity": validity, "term": term(pack),
               "goals": len(pack.facts["goals"]) + len(pack.facts["qualitative_goals"])}  # fmt: skip
        regions.setdefault(version.policy.region, []).append(row)
    named = [
        {"code": code, "name": region_name(code, clock.today()), "policies": rows} for code, rows in regions.items()
    ]
    order = list(_LABELS)
    for region in named:
        region["policies"].sort(key=lambda row: order.index(row["validity"].code))  # type: ignore[attr-defined]
    return named


def head_fields(version: PolicyVersion, pack: Pack) -> list[dict[str, Any]]:
    """Number, date and issuer: from the text, entered by a person (with the source), or not in the text."""
    entered = {e["field"]: e for e in pack.data["entered"]}
    rows = []
    for field, label in (("document_number", "发文字号"), ("issued_on", "成文日期"), ("issuer", "发文机关")):
        given = entered.get(field)
        value = given["value"] if given else pack.data[field]
        rows.append({"label": label, "value": value, "entered": given})
    return rows


def basis_papers(pack: Pack) -> list[dict[str, Any]]:
    """The papers this one rests on or takes the place of, with what is taken from each."""
    names = {"basis": "上位依据", "details": "细化", "amends": "修订", "executes": "执行"}
    return [{**paper, "word": names.get(paper["relation"], paper["relation"])} for paper in pack.data["rests_on"]]


def award_groups(pack: Pack, clauses: Sequence[Node]) -> list[dict[str, Any]]:
    """Benefits by clause in text order: its heading (or first words), and each sum with whom and what it is for."""
    groups: dict[tuple[str, int], dict[str, Any]] = {}
    titles = {rule["id"]: rule["title"] for rule in pack.rules if rule["title"] != rule["article"]}
    for row in pack.facts["benefits"]:
        article = row["article"]
        node = clause_of(clauses, article, row["span"])
        group = groups.setdefault(
            (article, node.span[0] if node else 0),
            {"article": article, "heading": node.heading if node else "", "node": node,
             "paper": pack.paper_title(article), "rows": []},
        )  # fmt: skip
        title = titles.get(f"{article}#{row['award']}")
        capped = is_group_cap(row, pack.facts["benefits"])
        subject = widened(CEILING if capped else "、".join(row["events"]) or title or row["recipient"] or "—")
        selector = widened(row["selector"] or "")
        group["rows"].append(
            {"subject": subject, "selector": selector if selector != subject else "", "actions": row["actions"], "recipient": row["recipient"],
             "figure": benefit_figure(row), "case": row["kind"] == "case"}
        )  # fmt: skip
    return list(groups.values())


def places(pack: Pack, stored: PolicyText) -> tuple[Any, Any]:
    """Articles and facts with their places in the stored copy of the text (empty where they cannot be told)."""
    if not stored.notice:
        return pack.data["articles"], pack.facts
    if stored.located:
        return stored.located["articles"], stored.located["facts"]
    nothing = {kind: [] if isinstance(rows, list) else None for kind, rows in pack.facts.items()}
    return [], nothing


def todays_names(version: PolicyVersion, pack: Pack) -> dict[str, str]:
    """Units as written in the duties, mapped to the name their bearer has on the business date where it differs."""
    names = {name for duty in pack.facts["duties"] for name in (*duty["lead"], *duty["participants"])}
    written_on = dated(pack.data["issued_on"]) or pack.effective_from or clock.today()
    return names_as_written(sorted(names), version.policy.region, written_on, clock.today())


def register(version: PolicyVersion, pack: Pack) -> list[dict[str, Any]]:
    """Questions with their options marked (default, answered), the rules they touch, and all answers recorded.

    ``answered_by`` gave the answer that stands; ``pending``: it holds from a day that has not come.
    """
    rules = {rule["id"]: rule for rule in pack.rules}
    given: dict[str, list[AmbiguityAnswer]] = {}
    for answer in version.answers.select_related("by"):
        given.setdefault(answer.ambiguity, []).append(answer)
    questions = []
    for entry in pack.ambiguities:
        chosen = (entry["answer"] or {}).get("option")
        options = [
            {**option, "default": option["id"] == entry["default"], "chosen": option["id"] == chosen}
            for option in entry["options"]
        ]
        labels = {option["id"]: option["label"] for option in options}
        history = [(answer, labels.get(answer.option, answer.option)) for answer in given.get(entry["id"], [])]
        touched = [rules[name] for name in entry["rules"] if name in rules]
        questions.append({
            **entry, "options": options, "touched": touched, "history": history, "label": labels.get(chosen),
            "answered_by": history[-1][0].answered_by if history else "",
            "pending": bool(chosen) and entry["answer"]["from"] > clock.today().isoformat(),
        })  # fmt: skip
    return questions
