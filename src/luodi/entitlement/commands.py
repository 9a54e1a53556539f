"""What ``luodi explain``, ``luodi entitle``, ``luodi simulate`` and ``luodi check`` do, apart from reading the command line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from luodi.clock import today
from luodi.entitlement.loading import load_rules
from luodi.errors import ContentError, UsageError
from luodi.policy.pack import Pack, read_pack

CASES = "cases.yaml"


def explain_file(pack: Path, enterprise: Path, as_of: str | None, *, as_json: bool) -> None:
    """Print the determination of one unit, for people or as JSON.

    Raises:
        ContentError: pack or unit file are not usable.
        UsageError: no date.
    """
    from rich.console import Console  # noqa: PLC0415 - a tenth of the time of a population

    from luodi.entitlement.explain import explain  # noqa: PLC0415 - only this command
    from luodi.entitlement.show import show  # noqa: PLC0415

    day, rules = _day(as_of), load_rules(_pack(pack))
    determination = explain(rules, _unit(enterprise), day)
    console = Console(soft_wrap=True)
    if as_json:
        written = json.dumps(determination.as_json(), ensure_ascii=False, indent=1, default=str)
        console.print(written, highlight=False, markup=False)
    else:
        show(determination, console)


def entitle_files(
    pack: Path,
    enterprises: str,
    events: str,
    out: str,
    as_of: str | None,
    *,
    reading: str,
    engine: str | None = None,
    strict: bool = False,
) -> None:
    """Write the sums of a population and say how many rows there are.

    Raises:
        ContentError: pack or tables are not usable; nothing is written.
        UsageError: no date, reading or engine of that name, an address that the engine does not read.
    """
    from luodi.entitlement.population import entitle  # noqa: PLC0415 - only this command needs the tables

    day, rules = _day(as_of), load_rules(_pack(pack))
    with _progress() as progress:
        tables = (_place(enterprises, engine), _place(events, engine), _place(out, engine))
        rows = entitle(rules, *tables, day, reading=reading, engine=engine, strict=strict, progress=progress)
    sys.stderr.write(f"{out}：{rows} 行（测算日 {day}）\n")


def _place(written: str, engine: str | None) -> Path | str:
    """A file, or an address that only a cluster reads (``hdfs://…``)."""
    if "://" not in written:
        return Path(written)
    if engine != "spark":
        raise UsageError(
            f"“{written}”是集群上的地址，只有 --engine spark 能读写。请给出本机的文件，或加上 --engine spark。"
        )
    return written


def simulate_files(
    pack: Path, enterprises: Path, events: Path, settings: Sequence[str], as_of: str | None, *, as_json: bool
) -> None:
    """Print what changed rules would cost against those in force.

    Raises:
        ContentError: pack or tables are not usable.
        UsageError: no date, or a setting that names no rule, field or value; it lists what there is.
    """
    from rich.console import Console  # noqa: PLC0415

    from luodi.entitlement.show_outcome import outcome_json, show_outcome  # noqa: PLC0415 - only this command
    from luodi.entitlement.simulation.baseline import baseline  # noqa: PLC0415 - only this command
    from luodi.entitlement.simulation.change import parse_change  # noqa: PLC0415 - only this command
    from luodi.entitlement.simulation.simulate import simulate  # noqa: PLC0415 - only this command

    day, rules = _day(as_of), load_rules(_pack(pack))
    changes = [parse_change(setting, rules) for setting in settings]
    with Console(stderr=True).status("测算现行规则与改动后的规则……"):
        outcome = simulate(baseline(rules, enterprises, events, day), changes)
    if as_json:
        Console(soft_wrap=True).print_json(data=outcome_json(outcome))
    else:
        show_outcome(outcome, Console(soft_wrap=True))


def check_pack_cases(pack: Path) -> int:
    """Check a pack and run its cases; returns the exit code: 0 all as expected, 1 some not.

    Raises:
        ContentError: the pack or the cases are not usable.
    """
    from rich.console import Console  # noqa: PLC0415

    from luodi.entitlement.cases import check_cases  # noqa: PLC0415 - only this command

    checked = _pack(pack)
    rules, console = load_rules(checked), Console(soft_wrap=True)
    cases = pack / CASES if pack.is_dir() else pack.with_name(CASES)
    if not cases.is_file():
        console.print(f"{pack}：{len(rules.rules)} 条规则自洽；旁边没有 {CASES}，未核对案例。", markup=False)
        return 0
    outcomes = check_cases(checked, cases, today())
    failed = [outcome for outcome in outcomes if outcome.faults]
    for outcome in failed:
        console.print(f"× {outcome.name}\n  " + "\n  ".join(outcome.faults), highlight=False, markup=False)
    console.print(
        f"{pack}：{len(rules.rules)} 条规则自洽；案例 {len(outcomes)} 个，不符 {len(failed)} 个。", markup=False
    )
    return 1 if failed else 0


def _pack(path: Path) -> Pack:
    """A pack file, or a folder with one or with a text and what was confirmed of it."""
    if not path.is_dir():
        return read_pack(path)
    from luodi.policy.build import pack_of  # noqa: PLC0415 - it reads documents

    return pack_of(path)


def _day(written: str | None) -> dt.date:
    if written is None:
        return today()
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"--as-of 应为 YYYY-MM-DD 格式的日期，读到的是“{written}”。") from error


def _unit(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ContentError(f"读不到 {path}：{error.strerror}。请检查路径和权限。") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ContentError(f"{path} 不是合法的 JSON（UTF-8）：{error}。请改正。") from error
    if not isinstance(data, Mapping):
        raise ContentError(f"{path} 应是一个单位的对象（id、facts、events）。请改正。")
    return data


@contextmanager
def _progress() -> Iterator[Callable[[float], None] | None]:
    """A bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("计算", total=1.0)
        yield lambda share: bar.update(task, completed=share)
