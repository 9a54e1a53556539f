"""The commands. No logic here; each imports what it needs only when it runs."""

from __future__ import annotations

import sys

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


def main() -> None:
    """Run a command; a refusal is printed in one piece, without a traceback."""
    try:
        app()
    except LuodiError as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(error.exit_code)
