"""The task breakdown table as docx in official style, on its side."""

from __future__ import annotations

from luodi.service.duties.breakdown import HEADINGS, About, Line
from luodi.service.official_paper import OfficialPaper

_WIDTHS = (12, 30, 17, 24, 44, 22, 20, 68)


def paper(lines: list[Line], about: About) -> bytes:
    """The file's bytes."""
    written = OfficialPaper(about.title, landscape=True)
    written.title("\n".join(about.title.rsplit(" ", 1)))
    facts = dict(about.rows)
    written.small(f"业务日期：{facts['业务日期']}　筛选：{facts['筛选条件']}")
    written.table(HEADINGS, ([str(cell) for cell in line.cells] for line in lines), _WIDTHS)
    written.small(
        f"导出时间：{facts['导出时间']}　导出人：{facts['导出人']}　共 {facts['行数']} 项。{facts['单位名称']}；状态{facts['状态']}。"
    )
    return written.file()
