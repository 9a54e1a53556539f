"""Our engines for the entitlement harness (``run.py --extra engines.json``): HZ-7 and COND-20 in yuan.

The packs are ``hz7.yaml`` and ``cond20.yaml`` beside this file; ``LUODI_ENGINE`` names the engine, else it is the one
that ``luodi entitle`` chooses; ``LUODI_SPARK_SITE`` is where pyspark lies if not here. A whole run goes from parquet to
parquet with all checks of the input; ``--compute-only`` loads first and then times the computation alone.
"""

import gc
import os

gc.disable()  # as ``luodi entitle`` does, before it imports anything
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# ruff: noqa: E402

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

from luodi.entitlement.engines import KERNEL, open_engine, usual_engine
from luodi.entitlement.engines.base import listed_rules
from luodi.entitlement.engines.statement import statement
from luodi.entitlement.loading import load_rules
from luodi.entitlement.tables import open_tables
from luodi.policy.pack import read_pack

HERE = Path(__file__).parent
AS_OF = dt.date(2021, 12, 31)
TIMES = 3


def main() -> None:
    started = time.perf_counter()
    given = arguments()
    rules = load_rules(read_pack(HERE / f"{given.workload}.yaml"))
    if site := os.environ.get("LUODI_SPARK_SITE"):
        sys.path.append(site)
    given.engine = os.environ.get("LUODI_ENGINE") or usual_engine(rules, given.enterprises)
    ways = (kernel_computed, kernel_whole) if given.engine == KERNEL else (computed, whole)
    stats = ways[0 if given.compute_only else 1](rules, given)
    stats |= {"engine": given.engine, "rss_mb": peak_mb(), "in_process_s": round(time.perf_counter() - started, 4)}
    given.stats.write_text(json.dumps(stats), encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workload", choices=["hz7", "cond20"], required=True)
    for name in ("enterprises", "events", "out", "stats"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--rules", help="accepted for the harness; the packs beside this file are used")
    parser.add_argument("--compute-only", action="store_true")
    return parser.parse_args()


def whole(rules, given) -> dict:
    """Parquet to parquet: tables checked, query made and run, rows written."""
    with tempfile.TemporaryDirectory() as folder, open_engine(given.engine, Path(folder)) as engine:
        tables = open_tables(engine, given.enterprises, given.events, rules)
        engine.write(in_yuan(rules, engine, statement(engine.dialect, rules, tables, AS_OF, "strict")), given.out)
    return {"compute_s": []}


def computed(rules, given) -> dict:
    """Load both tables into memory and check them, time the query alone, write its rows."""
    with tempfile.TemporaryDirectory() as folder, open_engine(given.engine, Path(folder)) as engine:
        kept = {
            name: engine.keep(name, path) for name, path in (("units", given.enterprises), ("events", given.events))
        }
        tables = open_tables(engine, kept["units"], kept["events"], rules)
        query = statement(engine.dialect, rules, tables, AS_OF, "strict")
        seconds, cpu_seconds = [], []
        for _ in range(TIMES):
            wall, cpu = time.perf_counter(), time.process_time()
            engine.keep("found", query)
            seconds.append(time.perf_counter() - wall)
            cpu_seconds.append(time.process_time() - cpu)
        engine.write(in_yuan(rules, engine, "SELECT * FROM found"), given.out)
    return {"compute_s": seconds, "compute_cpu_s": cpu_seconds}


def kernel_whole(rules, given) -> dict:
    """Parquet to parquet by the kernel alone, batch by batch; no other engine helps out."""
    from luodi.entitlement.engines.kernel.plan import found_rows  # noqa: PLC0415 - start-up is measured

    write_yuan(rules, found_rows(rules, given.enterprises, given.events, AS_OF), given.out)
    return {"compute_s": []}


def kernel_computed(rules, given) -> dict:
    """Load both tables as columns, time rules and settlement alone, write their rows."""
    from luodi.entitlement.engines.kernel.frames import frames  # noqa: PLC0415
    from luodi.entitlement.engines.kernel.plan import Space, plan_for  # noqa: PLC0415 - start-up is measured
    from luodi.entitlement.engines.kernel.tables import Table  # noqa: PLC0415

    prepared = frames(rules, Table(given.enterprises), Table(given.events), AS_OF)
    batches, plan, space = list(prepared.frames()), plan_for(rules, AS_OF, prepared.layout), Space()
    plan.run(batches[0], space)
    seconds, cpu_seconds = [], []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        for frame in batches:
            plan.run(frame, space)
        seconds.append(time.perf_counter() - wall)
        cpu_seconds.append(time.process_time() - cpu)
    write_yuan(rules, ((frame, plan.run(frame, space)) for frame in batches), given.out)
    return {"compute_s": seconds, "compute_cpu_s": cpu_seconds}


def write_yuan(rules, found, out: Path) -> None:
    from luodi.entitlement.engines.kernel.file import SumsFile  # noqa: PLC0415 - start-up is measured

    with SumsFile(out, rules, amount="amount", per=100, articles=False) as file:
        for frame, rows in found:
            file.write(frame, rows, rows.sure)
            del frame  # before the next part comes, with events of its own


def in_yuan(rules, engine, query: str) -> str:
    names = [(at, rule.id, rule.item, rule.article) for at, rule in enumerate(rules.rules)]
    return f"""SELECT f.unit_id AS enterprise_id, r.id AS rule, CAST({engine.dialect.divided("f.fen", "100", wide=False)}
        AS BIGINT) AS amount FROM ({query}) f JOIN ({listed_rules(engine.dialect, names, written=True)}) r ON r.place = f.rule"""


def peak_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
