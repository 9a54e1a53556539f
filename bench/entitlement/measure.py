"""Entitlement, side by side with its peers: one run of the shared harness, one table.

Usage: measure.py FOLDER [--sizes 1e4,1e5,1e6] [--engines luodi,luodi-postgres,…] [--peers duck,polars,openfisca] [--repeat 3]

FOLDER (outside the repository) keeps the peers' environments and the populations; what is missing is made there first.
The harness is ``../shared/bench/entitlement`` or ``--harness``. Machines are shared: compare CPU seconds and ratios of
one run. ``compute`` is the calculation alone in memory, ``whole`` the process from parquet to parquet with start-up;
``start`` is what a process of nothing but the imports takes. ``luodi`` is what ``luodi entitle`` chooses for itself.
PostgreSQL is the embedded one, started for the run, unless ``DATABASE_URL`` names another; what it and Spark's Java
compute is in no column (they are processes of their own): their wall time is in the log. 1e7 takes minutes: ``--sizes``.
"""

import argparse
import compileall
import json
import os
import resource
import statistics
import subprocess
import sys
import venv
from pathlib import Path

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
PARTS = {
    "main": ["numpy", "pyarrow", "polars", "duckdb"],
    "openfisca": ["openfisca-core", "pyarrow"],
    "spark": ["pyspark"],
}
BY_HAND = "duck"
ELSEWHERE = ("luodi-postgres", "luodi-spark", "spark")
"""They compute in processes that are not counted."""


def main() -> None:
    given = arguments()
    if not (given.harness / "run.py").is_file():
        sys.exit(f"not run: no harness at {given.harness}")
    folder = given.folder.resolve()
    wanted = {"main", *(name for name in PARTS if name in f"{given.peers},{given.engines}")}
    pythons = {name: environment(folder / "environments" / name, PARTS[name]) for name in PARTS if name in wanted}
    for size in given.sizes.split(","):
        population(given.harness, pythons["main"], folder / size, size)
    log = folder / "log.jsonl"
    log.unlink(missing_ok=True)
    command = [pythons["main"], given.harness / "run.py", "--data", folder, "--sizes", given.sizes, "--log", log]
    command += ["--engines", f"{given.peers},{given.engines}", "--extra", HERE / "engines.json"]
    command += ["--repeat", str(given.repeat)]
    if "postgres" in given.engines and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "luodi.service.embedded", "bench", *command]
    variables = {"ENT_PY": pythons["main"], "LUODI_PY": Path(sys.executable), "LUODI_HOME": folder / "home"}
    variables |= {"ENT_OF_PY": pythons["openfisca"]} if "openfisca" in pythons else {}
    if "spark" in pythons:
        variables |= {"ENT_SPARK_PY": pythons["spark"], "LUODI_SPARK_SITE": site_packages(pythons["spark"])}
    compileall.compile_dir(ROOT / "src" / "luodi", quiet=1)  # as pip has done with the peers
    subprocess.run(
        list(map(str, command)),
        env=os.environ | {name: str(path) for name, path in variables.items()},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    print_starts(pythons["main"])
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


def site_packages(python: Path) -> Path:
    """Where an environment keeps its packages."""
    return next((python.parents[1] / "lib").glob("python*/site-packages"))


def print_starts(peer: Path) -> None:
    """The CPU of processes that only import what a run needs (medians of five)."""
    ours = "import luodi.entitlement.population, luodi.entitlement.engines.duckdb, luodi.policy.pack, duckdb"
    kernel = "import luodi.entitlement.population, luodi.entitlement.engines.kernel.file, pyarrow.parquet"
    starts = {"SQL by hand": (peer, "import duckdb"), "luodi": (Path(sys.executable), ours)}
    starts |= {"luodi-kernel": (Path(sys.executable), kernel)}
    for name, (python, code) in starts.items():
        spent = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([python, "-c", code], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        print(f"start of {name}: {statistics.median(spent):.3f} CPU s")


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
    computed = {row["engine"]: row.get("compute_cpu_s") for row in rows if row["engine"] not in ELSEWHERE}
    by_hand = next((row for row in rows if row["engine"] == BY_HAND), {})
    best = min((seconds for name, seconds in computed.items() if seconds and name in peers), default=None)
    print(f"\n## {workload} at {size}\n")
    print("| engine | equal | compute | to best peer | to SQL by hand | whole | more than by hand | MB |")
    print("|---|---|---|---|---|---|---|---|")
    for row in rows:
        seconds = computed.get(row["engine"])
        whole = row.get("cpu_s") if row["engine"] not in ELSEWHERE else None
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
