"""The commands. No logic here; each imports what it needs only when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from luodi.errors import LuodiError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="落地：把政策文件读成事实，并让它运行起来。",
)


@app.callback()
def root() -> None:
    """Keep sub-commands even while there is only one."""


@app.command("compile")
def compile_(
    inputs: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER…", help="文件，或装有文件的文件夹。")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="结果文件夹；不给时把一份结果写到标准输出。")] = None,
    format_: Annotated[str, typer.Option("--format", help="facts（事实）或 pack（政策包）。")] = "facts",
    confirmed: Annotated[Path | None, typer.Option(help="政策包的人工确认文件（YAML），见 packs/。")] = None,
) -> None:
    """把政策文件编译成事实或政策包。"""
    from luodi.policy.batch import compile_files

    sys.exit(compile_files(inputs, out, format_, confirmed))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="监听端口")] = 8000,
) -> None:
    """启动服务：数据库、迁移、演示数据和网站。"""
    from luodi.service import serving

    raise typer.Exit(serving.serve(host, port))


@app.command()
def setup() -> None:
    """只做准备：建库、迁移、载入演示数据，然后停下。"""
    from luodi.service import serving

    with serving.database():
        serving.prepare()


@app.command("publish")
def publish(
    file: Annotated[Path, typer.Argument(help="政策文件（txt、html）或政策包（.json）。")],
    slug: Annotated[str, typer.Option(help="地址中的标识，例如 yunlan-2026-talent。")],
    confirmed_by: Annotated[str, typer.Option(help="确认人的账户名。")],
    published_by: Annotated[str, typer.Option(help="发布人的账户名，须是另一人。")],
    region: Annotated[str, typer.Option(help="地区代码（GB/T 2260）。")] = "990100",
    confirmed: Annotated[Path | None, typer.Option(help="人工确认的词表、规则和口径（YAML）。")] = None,
) -> None:
    """让一份政策在服务中生效：编译、由一人确认、由另一人发布、列入看板。"""
    from luodi.service import serving

    with serving.database(attach=True):
        serving.start_django()
        from luodi.service.publishing import publish_file

        publish_file(file, slug, region, confirmed, confirmed_by, published_by)


audit = typer.Typer(no_args_is_help=True, help="审计链。")
app.add_typer(audit, name="audit")


@audit.command("verify")
def audit_verify() -> None:
    """核验审计链，报出第一处断裂；断裂时退出码为 1。"""
    from luodi.service import serving

    raise typer.Exit(serving.verify_audit())


def main() -> None:
    """Run a command; a refusal is printed in one piece, without a traceback."""
    try:
        app()
    except LuodiError as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(error.exit_code)
