"""What rests on a clause (哪些依据本条): rules, duties, goals, open readings, other policies, and results so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from luodi.policy.citations import folded
from luodi.policy.pack import Pack
from luodi.service.awards.models import Determination, EvaluationRow, EvaluationRun
from luodi.service.awards.suppression import MINIMUM
from luodi.service.duties.models import Duty, Goal
from luodi.service.policies.fact_lines import FactLine, fact_lines
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.outline import find, outline
from luodi.service.policies.provision_words import RELATIONS
from luodi.service.policies.queries import load_packs, published
from luodi.service.policies.rule_words import RuleWords, rule_words


@dataclass(frozen=True)
class Citation:
    """Another policy in force that names this one."""

    version: PolicyVersion
    relation: str
    clause: str
    article: str


@dataclass(frozen=True)
class Rests:
    """Everything that would have to be looked at again if the clause changed."""

    facts: list[FactLine]
    rules: list[RuleWords]
    questions: list[dict[str, Any]]
    duties: list[Duty]
    goals: list[Goal]
    citations: list[Citation]
    listed_units: int | None
    determinations: int | None

    @property
    def number(self) -> int:
        """How many things of every kind."""
        return sum(map(len, (self.rules, self.questions, self.duties, self.goals, self.citations)))

    @property
    def without(self) -> list[str]:
        """What kinds nothing is of, by name."""
        kinds = {"口径": self.questions, "任务": self.duties, "目标": self.goals, "其他政策": self.citations}
        return [name for name, rows in kinds.items() if not rows]


def clauses_in(pack: Pack, article: str) -> set[str]:
    """A clause and all below it; empty where there is none."""
    way = find(outline(pack.data["articles"], ()), article)
    return {node.id for node in way[-1].walk()} if way else {"0"} if article == "0" else set()


def rests_on(version: PolicyVersion, article: str, *, with_results: bool) -> Rests:
    """What rests on a clause of a published version; ``with_results``: how many units' results do, for its own office."""
    packs = load_packs(dict.fromkeys([*published(), version]))
    pack = packs[version]
    inside = clauses_in(pack, article)
    rules = [rule for rule in pack.rules if rule["article"] in inside]
    ids = {rule["id"] for rule in rules}
    open_rules = [rule["id"] for rule in rules if rule["publication"] == "open"]
    return Rests(
        facts=[line for line in fact_lines(pack) if line.article in inside],
        rules=[rule_words(pack, rule) for rule in rules],
        questions=[dict(entry) for entry in pack.ambiguities if ids & set(entry["rules"])],
        duties=list(Duty.objects.filter(policy=version.policy, article__in=inside)),
        goals=list(Goal.objects.filter(policy=version.policy, article__in=inside)),
        citations=_citations(version, packs, article),
        listed_units=_listed(version, open_rules) if with_results else None,
        determinations=_determined(version, ids) if with_results and ids else None,
    )


def _citations(version: PolicyVersion, packs: dict[PolicyVersion, Pack], article: str) -> list[Citation]:
    """Links of other policies to this one: to this very clause, or to the paper as a whole."""
    title, found = folded(packs[version].title), []
    for other, pack in packs.items():
        if other == version:
            continue
        for row in (*pack.facts.get("links", ()), *pack.facts["references"], *pack.facts["repeals"]):
            clause = row.get("clause") or ""
            if folded(row["title"]) == title and (not clause or clause in article):
                found.append(Citation(other, RELATIONS[row.get("relation", "repeals")], clause, row["article"]))
    return found


def _listed(version: PolicyVersion, rules: list[str]) -> int | None:
    """Units that the last run found something for under these rules; None: too few to be told, or no run."""
    run = EvaluationRun.objects.filter(policy_version=version).first()
    if run is None:
        return None
    number = EvaluationRow.objects.filter(run=run, rule__in=rules, upto_fen__gt=0).values("unit").distinct().count()
    return number if number == 0 or number >= MINIMUM else None


def _determined(version: PolicyVersion, rules: set[str]) -> int:
    """Determinations in which one of these rules pays or may pay; what is restricted is not counted apart."""
    naming = Q()
    for rule in rules:
        naming |= Q(verdict__rules__contains=[{"rule": rule}])
    found = Determination.objects.filter(naming, policy_version__policy=version.policy).values_list(
        "verdict", flat=True
    )
    return sum(
        any(row["rule"] in rules and row["upto_fen"] for row in verdict["rules"]) for verdict in found.iterator()
    )
