"""All checks in one go: lint, types, layers, migrations, tests. ``--all`` makes a skipped test a failure.

Further arguments go to pytest, and then only the tests that they name run: ``./run test tests/unit -k money``.

The one absence that ``--all`` allows is the corpus of official texts, which stays outside the repository. Tests in the
browser start a service of their own, so they run beside the others: each half keeps one of two cores busy.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
IN_BROWSER = "tests/browser"


def steps(strict: bool, chosen: list[str]) -> list[tuple[str, list[str]]]:
    """The checks in order: name and command."""
    pytest = [str(BIN / "pytest"), "-q", "--durations=25", *(["--no-skips"] if strict else [])]
    if chosen:
        return [("tests", [*pytest, *chosen])]
    django = [str(BIN / "python"), "-m", "django"]
    return [
        ("lint", [str(BIN / "ruff"), "check", "."]),
        ("format", [str(BIN / "ruff"), "format", "--check", "."]),
        ("types", [str(BIN / "mypy")]),
        ("layers", [str(BIN / "lint-imports"), "--no-cache"]),
        ("migrations", [*django, "makemigrations", "--check", "--dry-run"]),
        ("tests", [*pytest, "--ignore", IN_BROWSER]),
        ("tests in the browser", [*pytest, IN_BROWSER]),
    ]


def run(checks: list[tuple[str, list[str]]]) -> list[str]:
    """Run the checks, the last one beside the others; returns the names of those that failed."""
    *others, (name, command) = checks
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        beside = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT) if others else None
        failed = []
        for other, other_command in others:
            print(f"== {other}", flush=True)
            if subprocess.run(other_command, check=False).returncode:
                failed.append(other)
        print(f"== {name}", flush=True)
        code = beside.wait() if beside else subprocess.run(command, check=False).returncode
        told.seek(0)
        print(told.read(), end="", flush=True)
    return [*failed, name] if code else failed


def spark() -> None:
    """Install Spark's own lock (pyspark is no wheel) beside the environment, where there is Java to run it."""
    lock, folder = ROOT / "requirements-spark.lock", ROOT / ".spark"
    stamp, digest = folder / "installed", hashlib.sha256(lock.read_bytes()).hexdigest()
    if shutil.which("java") and (not stamp.is_file() or stamp.read_text(encoding="ascii") != digest):
        print("== Spark", flush=True)
        install = [BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--upgrade"]
        subprocess.run([*install, "--target", folder, "-r", lock], check=True)
        stamp.write_text(digest, encoding="ascii")


def main() -> int:
    """Run every step with a database of its own; the exit code is 0 only if all pass."""
    strict = "--all" in sys.argv[1:]
    chosen = [argument for argument in sys.argv[1:] if argument != "--all"]
    if not chosen:
        spark()
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT / ".spark")]))
    with tempfile.TemporaryDirectory(prefix="luodi-test-") as home:
        os.environ.update(LUODI_HOME=home, DJANGO_SETTINGS_MODULE="luodi.service.settings")
        os.chdir(ROOT)
        from luodi.service import embedded

        with embedded.running("tests") as where:
            os.environ["DATABASE_URL"] = where.url("luodi_owner")
            failed = run(steps(strict, chosen))
        embedded.remove(embedded.folder("tests"))
    print(f"== {'failed: ' + ', '.join(failed) if failed else 'all checks passed'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
