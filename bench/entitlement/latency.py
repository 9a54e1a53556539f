"""One unit, explained: µs of Luodi beside zen-engine and OpenFisca with their traces, over the same units (COND-20).

    python bench/entitlement/latency.py DATA/1e4 [--units 500] [--shared ../shared/bench/entitlement]

Three stages of ours, each from the unit's plain facts: ``verdicts`` computes every verdict and both sums of all rules;
``read`` also reads verdict, value, threshold, source, article and span of every condition; ``words`` also reads every
reason, question and next tier. Peers run under the interpreters that ``ENT_PY`` (zen-engine) and ``ENT_OF_PY``
(OpenFisca) name, where they are set: environments of their own with ``pip install zen-engine pyarrow`` and ``pip install
openfisca-core pyarrow`` (``measure.py`` makes the latter). Wall-clock p50 and p99, and the mean CPU of a second pass.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.result import Determination
from luodi.policy.pack import read_pack

HERE = Path(__file__).parent
AS_OF = dt.date(2021, 12, 31)
PEERS = {"zen": "ENT_PY", "openfisca": "ENT_OF_PY"}


def read(found: Determination) -> int:
    """Read every verdict as a page would; returns how many there are."""
    count = 0
    for rule in found.rules:
        for each in rule.conditions:
            _ = each.verdict, each.value, each.threshold, each.source, each.article, each.span
            count += 1
    return count


def words(found: Determination) -> None:
    """Read all that is said."""
    for rule in found.rules:
        _ = rule.conditions, rule.group, rule.reason, rule.missing, rule.next_tier, rule.readings


def timed(name: str, run: Callable[[Any], object], units: list[Any]) -> dict[str, Any]:
    """p50 and p99 of single runs, then the mean CPU of a second pass (other load on the machine does not touch it)."""
    spent = []
    for unit in units[:20]:
        run(unit)
    for unit in units:
        start = time.perf_counter_ns()
        run(unit)
        spent.append((time.perf_counter_ns() - start) / 1000)
    start_cpu = time.process_time()
    for unit in units:
        run(unit)
    cpu = (time.process_time() - start_cpu) / len(units) * 1e6
    spent.sort()
    return {"what": name, "p50_us": spent[len(spent) // 2], "p99_us": spent[int(len(spent) * 0.99)], "cpu_us": cpu}


def ours(data: Path, count: int) -> list[dict[str, Any]]:
    """Our stages over the first units of the population."""
    rules = load_rules(read_pack(HERE / "cond20.yaml"))
    rows = pq.read_table(data / "enterprises.parquet").slice(0, count).to_pylist()
    known = set(rules.words.facts)
    units = [
        {"id": row["enterprise_id"], "facts": {name: value for name, value in row.items() if name in known}}
        for row in rows
    ]
    seen = read(explain(rules, units[0], AS_OF))
    return [
        timed("luodi: verdicts and sums", lambda unit: explain(rules, unit, AS_OF), units),
        timed(f"luodi: and all {seen} verdicts read", lambda unit: read(explain(rules, unit, AS_OF)), units),
        timed("luodi: and all words read", lambda unit: words(explain(rules, unit, AS_OF)), units),
    ]


def peers(shared: Path, data: Path, count: int) -> list[dict[str, Any]]:
    """What the peers' own program says, run under their interpreters."""
    found = []
    for peer, variable in PEERS.items():
        python = os.environ.get(variable)
        if not python:
            print(f"{peer}: not run, {variable} names no interpreter", file=sys.stderr)
            continue
        command = [python, str(shared / "latency.py"), peer, str(data), str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{peer}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        for name, entry in json.loads(done.stdout).items():
            if isinstance(entry, dict) and "cond20" in name or name.startswith("build +"):
                times = {"p50_us": entry["p50_us"], "p99_us": entry["p99_us"], "cpu_us": entry["mean_cpu_us"]}
                found.append({"what": f"{peer}: {name}", **times})
    return found


def main() -> None:
    """Print one line for each program and stage."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared" / "bench" / "entitlement")
    given = parser.parse_args()
    print(f"{'µs for each unit, 20 rules':44}{'p50':>10}{'p99':>10}{'CPU':>10}")
    for row in [*ours(given.data, given.units), *peers(given.shared, given.data, given.units)]:
        print(f"{row['what']:44}{row['p50_us']:10.1f}{row['p99_us']:10.1f}{row['cpu_us']:10.1f}")


if __name__ == "__main__":
    main()
