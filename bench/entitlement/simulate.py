"""What-if against a kept baseline: a changed sum, a changed threshold, window or cap, a thousand scenarios.

Every sum is made ready beforehand (``Baseline.make_ready``), so its first change costs what every later one does; of the
others the first time only compiles, where nothing was kept of an earlier run.

Usage: simulate.py FOLDER [--sizes 1e6] [--scenarios 1000]

FOLDER holds the populations that ``measure.py`` makes. CPU seconds of this process (medians); machines are shared.
"""

import argparse
import datetime as dt
import random
import statistics
import time
from pathlib import Path

from luodi.entitlement.loading import load_rules
from luodi.entitlement.simulation.baseline import baseline
from luodi.entitlement.simulation.change import changeable, parse_change
from luodi.entitlement.simulation.simulate import simulate
from luodi.policy.pack import read_pack

HERE = Path(__file__).parent
AS_OF = dt.date(2021, 12, 31)
TIMES = 5
AMOUNTS = {
    "hz7": ["H2.amount.省级=400000元", "H1.amount.一等=1500000元"],
    "cond20": ["R07.amount=150000元", "R17.amount=120000元", "R12.tier2.amount=600000元", "R03.cap=800000元"],
}
OTHERS = {
    "hz7": ["H1.window.to=2021-06-30", "H2.window.from=2020-01-01"],
    "cond20": [
        "R07.condition.c3=2000000元",
        "R04.condition.c1=8000000元",
        "R05.case1.when=12%",
        "R20.limit2=8000000元",
    ],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default="1e6")
    parser.add_argument("--scenarios", type=int, default=1000)
    given = parser.parse_args()
    print("| rules | units | change | CPU ms | wall ms | first time, CPU ms |\n|---|---|---|---|---|---|")
    for size in given.sizes.split(","):
        for name in AMOUNTS:
            measure(name, given.folder / size, size, given.scenarios)


def measure(name: str, folder: Path, size: str, scenarios: int) -> None:
    rules = load_rules(read_pack(HERE / f"{name}.yaml"))
    began = time.process_time(), time.perf_counter()
    kept = baseline(rules, folder / "enterprises.parquet", folder / "events.parquet", AS_OF)
    simulate(kept, []).rules  # noqa: B018 - the baseline's own sums are made once
    show(name, size, "the baseline, once", *(1000 * (now() - at) for now, at in zip(CLOCKS, began, strict=True)))
    before, began = resident_mb(), (time.process_time(), time.perf_counter())
    kept.make_ready()
    said = f"every sum made ready, once (+{resident_mb() - before} MB)"
    show(name, size, said, *(1000 * (now() - at) for now, at in zip(CLOCKS, began, strict=True)))
    fields = {f"{field.rule}.{field.name}" for field in changeable(rules)}
    for texts in (AMOUNTS[name], OTHERS[name]):
        for text in texts:
            if text.partition("=")[0] in fields:
                show(name, size, text, *timed(rules, kept, [text]))
    began = time.process_time(), time.perf_counter()
    for text in random_changes(rules, scenarios):
        simulate(kept, [parse_change(text, rules)]).rules  # noqa: B018 - the budget by rule is what is asked for
    said = f"{scenarios} scenarios of sums, caps and thresholds"
    show(name, size, said, *(1000 * (now() - at) for now, at in zip(CLOCKS, began, strict=True)))


def resident_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))


CLOCKS = (time.process_time, time.perf_counter)


def timed(rules, kept, texts: list[str]) -> tuple[float, float, float]:
    """CPU and wall milliseconds to read the change and give the budget, whole and by rule; CPU of the first time."""
    found = []
    for _ in range(TIMES + 1):
        began = [now() for now in CLOCKS]
        outcome = simulate(kept, [parse_change(text, rules) for text in texts])
        outcome.rules, outcome.after  # noqa: B018
        found.append([1000 * (now() - at) for now, at in zip(CLOCKS, began, strict=True)])
    cpu, wall = (statistics.median(column) for column in zip(*found[1:], strict=True))
    return cpu, wall, found[0][0]


def random_changes(rules, count: int) -> list[str]:
    """Sums, caps and thresholds in money, each a share of what it is."""
    chance = random.Random(1)
    fields = [field for field in changeable(rules) if field.kind == "money" and isinstance(field.value, int)]
    chosen = [(chance.choice(fields), chance.randint(50, 99)) for _ in range(count)]
    return [f"{field.rule}.{field.name}={field.value // 10_000 * share * 100}分" for field, share in chosen]


def show(name: str, size: str, change: str, cpu: float, wall: float, first: float | None = None) -> None:
    print(
        f"| {name} | {size} | {change} | {cpu:.2f} | {wall:.2f} | {'' if first is None else f'{first:.0f}'} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
