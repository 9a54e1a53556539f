"""The commands. No logic here; each imports what it needs only when it runs."""

from __future__ import annotations

import gc
import os
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


# Patterns and facts are many objects that refer to each other in few circles: looked for as often as usual, they take a thirtieth of the time.
_FEW_CYCLES = 50_000


@app.command("compile")
def compile_(
    inputs: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER…", help="文件，或装有文件的文件夹。")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="结果文件夹；不给时把一份结果写到标准输出。")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="facts（事实）、pack（政策包）或 akn（Akoma Ntoso XML）。")
    ] = "facts",
    confirmed: Annotated[Path | None, typer.Option(help="政策包的人工确认文件（YAML），见 packs/。")] = None,
    ocr: Annotated[
        bool,
        typer.Option(
            "--ocr",
            help="扫描的 PDF、图片文件、docx 和 ofd 里的图片用 tesseract 识别，zip 里的也一样；识别所得置信度低，须逐条核对。",
        ),
    ] = False,
) -> None:
    """把政策文件（txt、html、docx、pdf、ofd、zip）编译成事实或政策包；带密级或内部标志的拒绝编译。"""
    gc.set_threshold(_FEW_CYCLES)
    from luodi.policy.batch import compile_files

    sys.exit(compile_files(inputs, out, format_, confirmed, recognise=ocr))


PACK_OPTION = typer.Option("--pack", metavar="PACK", help="政策包：pack.json、YAML，或装有 pack.json 的文件夹。")
AS_OF_OPTION = typer.Option("--as-of", metavar="DATE", help="测算日 YYYY-MM-DD，缺省为业务日期。")


@app.command("explain")
def explain(
    pack: Annotated[Path, PACK_OPTION],
    enterprise: Annotated[Path, typer.Option("--enterprise", metavar="FILE.json", help="一个单位的事实与事项。")],
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """一个单位：可享什么、为什么、还差什么。"""
    from luodi.entitlement.commands import explain_file

    explain_file(pack, enterprise, as_of, as_json=json_)


@app.command("entitle")
def entitle(
    pack: Annotated[Path, PACK_OPTION],
    enterprises: Annotated[str, typer.Option("--enterprises", metavar="E.parquet", help="单位表。")],
    events: Annotated[str, typer.Option("--events", metavar="V.parquet", help="事项表。")],
    out: Annotated[str, typer.Option("-o", "--out", metavar="O.parquet", help="结果，整份写出或不写。")],
    engine: Annotated[
        str | None,
        typer.Option(
            help="计算引擎：duckdb（内嵌）、kernel（大表）、postgres（DATABASE_URL）、spark（集群）。默认由规模决定。"
        ),
    ] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    reading: Annotated[str, typer.Option(help="strict（从严）或 generous（从宽）。")] = "strict",
    strict: Annotated[bool, typer.Option("--strict", help="输入的表有错时，遇到第一处即停；默认全部列出。")] = False,
) -> None:
    """全部单位：谁按哪条得多少（分）。"""
    gc.disable()  # the process ends with the file and leaves no cycles worth looking for; a tenth of its start goes into it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts a thread for each core, and they wait in a loop
    try:
        from luodi.entitlement.commands import entitle_files

        entitle_files(pack, enterprises, events, out, as_of, reading=reading, engine=engine, strict=strict)
    finally:
        gc.enable()


@app.command("simulate")
def simulate(
    pack: Annotated[Path, PACK_OPTION],
    enterprises: Annotated[Path, typer.Option("--enterprises", metavar="E.parquet", help="单位表。")],
    events: Annotated[Path, typer.Option("--events", metavar="V.parquet", help="事项表。")],
    settings: Annotated[
        list[str], typer.Option("--set", metavar="RULE.FIELD=VALUE", help="改动，可多次；金额须带单位，如 500000元。")
    ],
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON（金额以分计）。")] = False,
) -> None:
    """政策模拟测算：改动金额、比率、上限、门槛或窗口期后，预算和受益单位怎样变化。"""
    from luodi.entitlement.commands import simulate_files

    simulate_files(pack, enterprises, events, settings, as_of, as_json=json_)


@app.command("check")
def check(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="政策包或其文件夹；案例在旁边的 cases.yaml。")],
) -> None:
    """核对政策包：规则是否自洽，自带案例是否都得到预期结果。"""
    from luodi.entitlement.commands import check_pack_cases

    sys.exit(check_pack_cases(pack))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="监听端口")] = 8000,
) -> None:
    """启动服务：数据库、迁移、演示数据和网站。"""
    from luodi.service import serving

    raise typer.Exit(serving.serve(host, port))


@app.command()
def worker() -> None:
    """处理后台任务，直到停止；luodi serve 会自己带一个，自备服务器时可另外运行几个。"""
    from luodi.service import serving

    serving.work()


@app.command()
def setup() -> None:
    """只做准备：建库、迁移、载入演示数据，然后停下。"""
    from luodi.service import serving

    with serving.database():
        serving.prepare()


@app.command("remove")
def remove(
    leftover: Annotated[
        bool, typer.Option("--leftover", help="改为删除 LUODI_HOME 已经不在的那些内置数据库。")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="确实删除；不给时只列出将删除什么。")] = False,
) -> None:
    """删除本安装的内置数据库和 LUODI_HOME 里本系统的文件；不能恢复。"""
    from luodi.service import removal

    sys.exit(removal.remove(leftover=leftover, sure=yes))


@app.command("publish")
def publish(
    file: Annotated[Path, typer.Argument(help="政策文件（txt、html、docx、pdf、ofd）或政策包（.json）。")],
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


pack = typer.Typer(no_args_is_help=True, help="政策包：核对、比较、查看。")
app.add_typer(pack, name="pack")


@pack.command("check")
def pack_check(
    file: Annotated[Path, typer.Argument(help="政策包（.json 或 .yaml）。")],
    text: Annotated[Path | None, typer.Option(help="所依据的原文；给出时核对是否同一份文字。")] = None,
) -> None:
    """核对政策包：格式、引用、规则；有原文时核对文字摘要。"""
    from luodi.document import read
    from luodi.entitlement.loading import load_rules
    from luodi.policy.pack import check_against_text, read_pack

    found = read_pack(file)
    load_rules(found)
    notice = check_against_text(found, read(text)) if text else None
    typer.echo(f"{found.title}：第 {found.version} 版，{len(found.rules)} 条规则，可以使用。{notice or ''}")


@pack.command("compare")
def pack_compare(left: Path, right: Path) -> None:
    """逐项比较两个政策包；有不同时退出码为 1。"""
    from luodi.policy.difference import compare
    from luodi.policy.pack import read_pack

    found = compare(read_pack(left), read_pack(right))
    typer.echo("\n".join(map(str, found)) or "没有不同。")
    raise typer.Exit(1 if found else 0)


@pack.command("view")
def pack_view(file: Path) -> None:
    """以 YAML 显示政策包，供人阅读。"""
    from luodi.policy.pack import read_pack, to_yaml

    typer.echo(to_yaml(read_pack(file)))


audit = typer.Typer(no_args_is_help=True, help="审计链。")
app.add_typer(audit, name="audit")


@audit.command("verify")
def audit_verify() -> None:
    """核验审计链，报出第一处断裂；断裂时退出码为 1。"""
    from luodi.service import serving

    raise typer.Exit(serving.verify_audit())


accounts = typer.Typer(no_args_is_help=True, help="账户。")
app.add_typer(accounts, name="accounts")


@accounts.callback()
def accounts_root() -> None:
    """账户。"""


@accounts.command("first-admin")
def accounts_first_admin(
    username: Annotated[str, typer.Option(help="登录用的账户名，例如 secadmin。")],
    name: Annotated[str, typer.Option(help="姓名。")],
    organisation: Annotated[str, typer.Option(help="所在单位，例如 市数据局。")],
    region: Annotated[str, typer.Option(help="只管一个地区时的地区代码；不给时管全部地区。")] = "",
) -> None:
    """开立首位安全管理员（全新安装时用一次），显示一次初始密码；其他账户由其在网页上开立。"""
    from luodi.service import serving

    with serving.database(attach=True):
        serving.start_django()
        from luodi.service.accounts.first import make_first_administrator

        password = make_first_administrator(username=username, display_name=name, office=organisation, region=region)
    typer.echo(f"账户名 {username}，初始密码 {password}（只显示这一次，首次登录须改）。", err=True)


def main() -> None:
    """Run a command; a refusal is printed in one piece, without a traceback."""
    try:
        app()
    except LuodiError as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(error.exit_code)
