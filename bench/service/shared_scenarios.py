"""CPU seconds to say what may be shown of N shared scenarios, in a process that has seen none of them, and of one more run.

On the embedded database of a demo that runs; everything is taken back at the end.

    LUODI_HOME=.luodi .venv/bin/python bench/service/shared_scenarios.py 10 100 1000
"""

# ruff: noqa: PLC0415 - what needs Django can be imported only once the database is up

import datetime as dt
import sys
import time

from luodi.service import serving


def main(counts: list[int]) -> None:
    from django.db import transaction

    from luodi import clock
    from luodi.service.awards.models import EvaluationRun

    run = EvaluationRun.objects.select_related("policy_version__policy").order_by("recorded_at").first()
    with clock.standing_on(run.business_date), transaction.atomic():
        made: list = []
        for count in counts:
            made += [shared(run, number) for number in range(len(made), count)]
            print(
                f"{count} scenarios: {shown(made):.2f} s all of them; {one_more_run(run):.2f} s one more run",
                flush=True,
            )
        transaction.set_rollback(True)


def shared(run, number: int):
    """A scenario that changes a sum by so many yuan and ends a window so many days earlier."""
    from luodi.entitlement.loading import load_rules
    from luodi.service.accounts.models import Membership
    from luodi.service.awards.scenarios import save_scenario, share_scenario
    from luodi.service.awards.simulation import open_fields
    from luodi.service.policies.queries import load_pack

    officer = Membership.objects.filter(role="lead_officer").select_related("user", "organisation").first()
    pack = load_pack(run.policy_version)
    fields = open_fields(load_rules(pack), pack)
    sums = [each for each in fields if each.kind == "money" and each.value]
    ends = [each for each in fields if each.name == "window.to" and each.value]
    one, end = sums[number % len(sums)], ends[number % len(ends)]
    last = end.value - dt.timedelta(7 * (number % 100))
    texts = [f"{one.rule}.{one.name}={one.value // 100 + number + 1}元", f"{end.rule}.{end.name}={last}"]
    made = save_scenario(by=officer.user, organisation=officer.organisation, version=run.policy_version,
                         name=f"方案{number}", note="", texts=texts)  # fmt: skip
    share_scenario(by=officer.user, organisation="", scenario=made, shared=True)
    return made.pk


def shown(made: list) -> float:
    from luodi.service.awards import released
    from luodi.service.awards.models import Scenario
    from luodi.service.awards.suppression import MINIMUM

    forget(released)
    started = time.process_time()
    for pk in reversed(made):
        released.released(Scenario.objects.select_related("policy_version").get(pk=pk), "strict", MINIMUM)
    return time.process_time() - started


def one_more_run(run) -> float:
    from luodi.service.awards import released
    from luodi.service.awards.actions import evaluate_region

    later = evaluate_region(by=None, version=run.policy_version)
    forget(released)
    started = time.process_time()
    released.may_be_shown(later)
    return time.process_time() - started


def forget(module) -> None:
    for kept in vars(module).values():
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


if __name__ == "__main__":
    with serving.database(attach=True):
        serving.start_django()
        main([int(each) for each in sys.argv[1:]] or [10, 100])
