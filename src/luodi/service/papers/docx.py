"""A paper as docx in official style."""

from __future__ import annotations

from luodi.service.official_paper import OfficialPaper, Words
from luodi.service.papers.content import Body, Cell, Drawing, Heading, Line, NewPage, Paper, Table

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(paper: Paper) -> bytes:
    """The file's bytes; the list of what is to be filled in stands at the end."""
    written = OfficialPaper(f"{paper.policy} {paper.name}", landscape=paper.landscape)
    written.title(paper.title)
    written.centred(paper.dated)
    if paper.warning:
        written.body([Words(paper.warning, bold=True)])
    for block in paper.blocks:
        match block:
            case Heading(level, text):
                written.heading(level, text)
            case Body(line, small):
                (written.small if small else written.body)(_words(line))
            case Table(_, headings, widths, rows):
                written.table(headings, ([_cell(each) for each in row] for row in rows), widths)
            case Drawing(svg, caption, words, _):
                written.picture(_png(svg), words)
                written.small(f"{caption}。{words}。")
            case NewPage():
                written.page_break()
    _to_fill(written, paper)
    return written.file()


def _png(svg: str) -> bytes:
    import vl_convert  # noqa: PLC0415  (loads a script engine: only where something is drawn)

    return bytes(vl_convert.svg_to_png(svg, scale=2))


def _words(line: Line) -> list[Words]:
    found = []
    for piece in line:
        found.append(Words(piece.text or piece.clause, piece.open, piece.bold))
        if piece.text and piece.clause:
            found.append(Words(f"（{piece.clause}）"))
    return found


def _cell(lines: Cell) -> list[Words]:
    found: list[Words] = []
    for number, line in enumerate(lines):
        found += [Words("\n")] if number else []
        found += _words(line)
    return found


def _to_fill(written: OfficialPaper, paper: Paper) -> None:
    if not paper.open:
        return
    written.page_break()
    written.heading(1, "待填事项")
    written.body(f"下列 {paper.open_count} 处政策原文没有写明，也没有经人工补充，印发前请填写：")
    rows = (
        [str(number), each.where, "、".join(each.what), each.hint or "—"] for number, each in enumerate(paper.open, 1)
    )
    written.table(("序号", "事项", "待填", "可参考"), rows, (13, 44, 55, 44))
