"""Entitlement, side by side with its peers: one run of the shared harness, one table.

Usage: measure.py FOLDER [--sizes 1e4,1e5,1e6] [--engines luodi,…] [--peers duck,polars,openfisca] [--repeat 3]

FOLDER (outside the repository) keeps the peers' environments and the populations; what is missing is made there first.
The harness is ``../shared/bench/entitlement`` or ``--harness``. Machines are shared: compare CPU seconds and ratios of
one run. ``compute`` is the calculation alone in memory, ``whole`` the process from parquet to parquet with start-up.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
PARTS = {
    "main": ["numpy", "pyarrow", "polars", "duckdb"],
    "openfisca": ["openfisca-core", "pyarrow"],
}
BY_HAND = "duck"


def main() -> None:
    given = arguments()
    if not (given.harness / "run.py").is_file():
        sys.exit(f"not run: no harness at {given.harness}")
    folder = given.folder.resolve()
    pythons = {name: environment(folder / "environments" / name, parts) for name, parts in PARTS.items()}
    for size in given.sizes.split(","):
        population(given.harness, pythons["main"], folder / size, size)
    log = folder / "log.jsonl"
    log.unlink(missing_ok=True)
    command = [pythons["main"], given.harness / "run.py", "--data", folder, "--sizes", given.sizes, "--log", log]
    command += ["--engines", f"{given.peers},{given.engines}", "--extra", HERE / "engines.json"]
    command += ["--repeat", str(given.repeat)]
    variables = {"ENT_PY": pythons["main"], "ENT_OF_PY": pythons["openfisca"], "LUODI_PY": Path(sys.executable)}
    subprocess.run(
        list(map(str, command)),
        env=os.environ | {name: str(path) for name, path in variables.items()},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    print_tables(rows, given.peers.split(","))
    sys.exit(0 if all(row.get("equal") for row in rows) else 1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--harness", type=Path, default=ROOT.parent / "shared" / "bench" / "entitlement")
    parser.add_argument("--sizes", default="1e4,1e5,1e6")
    parser.add_argument("--engines", default="luodi,luodi-duckdb")
    parser.add_argument("--peers", default="duck,polars,openfisca")
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


def environment(folder: Path, parts: list[str]) -> Path:
    """The interpreter of a peer's environment, made on first use."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making {folder} with {', '.join(parts)}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *parts], check=True)
    return python


def population(harness: Path, python: Path, folder: Path, size: str) -> None:
    """The population of one size, made on first use."""
    if not (folder / "events.parquet").is_file():
        print(f"making the population of {size}", file=sys.stderr, flush=True)
        subprocess.run([python, harness / "gen.py", size, folder], check=True)


def print_tables(rows: list[dict], peers: list[str]) -> None:
    load = " ".join(f"{each:.2f}" for each in os.getloadavg())
    print(f"cores {os.cpu_count()}, load {load}; CPU seconds; peak MB; ratios within this run")
    for workload, size in dict.fromkeys((row["workload"], row["n"]) for row in rows):
        print_table(workload, size, [row for row in rows if (row["workload"], row["n"]) == (workload, size)], peers)


def print_table(workload: str, size: str, rows: list[dict], peers: list[str]) -> None:
    computed = {row["engine"]: row.get("compute_cpu_s") for row in rows}
    by_hand = next((row for row in rows if row["engine"] == BY_HAND), {})
    best = min((seconds for name, seconds in computed.items() if seconds and name in peers), default=None)
    print(f"\n## {workload} at {size}\n")
    print("| engine | equal | compute | to best peer | to SQL by hand | whole | more than by hand | MB |")
    print("|---|---|---|---|---|---|---|---|")
    for row in rows:
        seconds, whole = row.get("compute_cpu_s"), row.get("cpu_s")
        said = "true" if row.get("equal") else f"WRONG {row.get('wrong_rows', row.get('error', ''))}"
        cells = [row["engine"], said, figure(seconds), ratio(seconds, best), ratio(seconds, computed.get(BY_HAND))]
        more = whole - by_hand["cpu_s"] if whole and by_hand.get("cpu_s") else None
        print("| " + " | ".join([*cells, figure(whole), figure(more), str(row["rss_mb"])]) + " |")


def figure(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.3f}"


def ratio(seconds: float | None, other: float | None) -> str:
    return f"{seconds / other:.2f}×" if seconds and other else "-"


if __name__ == "__main__":
    main()
