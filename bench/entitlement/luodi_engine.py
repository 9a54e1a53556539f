"""Our engines for the entitlement harness (``run.py --extra engines.json``): HZ-7 and COND-20 in yuan.

The packs are ``hz7.yaml`` and ``cond20.yaml`` beside this file; ``LUODI_ENGINE`` names the engine. A whole run goes from
parquet to parquet with all checks of the input; ``--compute-only`` loads first and then times the computation alone.
"""

import argparse
import datetime as dt
import json
import time
from pathlib import Path

import duckdb

from luodi.entitlement.engines.duckdb import statement
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import entitle
from luodi.policy.pack import read_pack

HERE = Path(__file__).parent
AS_OF = dt.date(2021, 12, 31)
TIMES = 3
IN_YUAN = "SELECT enterprise_id, rule, CAST(amount_fen // 100 AS BIGINT) AS amount FROM read_parquet('{}')"


def main() -> None:
    started = time.perf_counter()
    given = arguments()
    rules = load_rules(read_pack(HERE / f"{given.workload}.yaml"))
    stats = whole(rules, given) if not given.compute_only else computed(rules, given)
    stats |= {"rss_mb": peak_mb(), "in_process_s": round(time.perf_counter() - started, 4)}
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
    """Parquet to parquet as ``luodi entitle`` does it, then fen to yuan."""
    fen = given.out.with_suffix(".fen")
    entitle(rules, given.enterprises, given.events, fen, AS_OF)
    duckdb.execute(f"COPY ({IN_YUAN.format(fen)}) TO '{given.out}' (FORMAT parquet)")
    fen.unlink()
    return {"compute_s": []}


def computed(rules, given) -> dict:
    """Load both tables into memory, time the query alone, write its rows."""
    con = duckdb.connect()
    con.execute("SET preserve_insertion_order = false")
    tables = {"given_units": given.enterprises, "given_events": given.events}
    for name, path in tables.items():
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")
    units, events = ({row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()} for name in tables)
    query = statement(rules, units, events, AS_OF, only_due=True)
    seconds, cpu_seconds = [], []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        con.execute(f"CREATE OR REPLACE TEMP TABLE found AS {query}")
        seconds.append(time.perf_counter() - wall)
        cpu_seconds.append(time.process_time() - cpu)
    names = ", ".join(f"({at}, '{rule.id}')" for at, rule in enumerate(rules.rules))
    con.execute(
        f"""COPY (SELECT unit_id AS enterprise_id, n.rule, CAST(sure_fen // 100 AS BIGINT) AS amount
        FROM found f JOIN (VALUES {names}) AS n(place, rule) ON n.place = f.rule WHERE sure_fen > 0)
        TO '{given.out}' (FORMAT parquet)"""
    )
    return {"compute_s": seconds, "compute_cpu_s": cpu_seconds}


def peak_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
