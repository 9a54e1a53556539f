"""What a reader noticed, told to the officer: damage that was mended, what was left out, what was recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from luodi.document.extract import Note
from luodi.document.refusals import RECOGNISING
from luodi.document.text import Repair, Span
from luodi.document.tree import Document
from luodi.policy.cell_lines import undivided
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import Fact


class _Words(NamedTuple):
    severity: str
    message: str
    next_step: str


_NOTES = {
    "footnotes": _Words("info", "有 {number} 处脚注、尾注，没有读入正文。", "注文如含标准或金额，请人工补入。"),
    "hidden-text": _Words("info", "有 {number} 处隐藏文字，没有读入。", "请确认发出的版本本来就不显示这些文字。"),
    "struck": _Words("warning", "有划了删除线的文字（{number} 处或字），没有读入。", "请确认这些文字已经删去；仍然有效的，请去掉删除线另存后再读取。"),
    "inserted": _Words("warning", "文件里嵌入了 {number} 个别的文件，其中的文字没有读入。", "请打开后另存为 docx 再读取；或把嵌入的文件一并交来。"),
    "tracked-changes": _Words("warning", "有 {number} 处修订尚未接受；已按全部接受读取。", "请确认这是定稿；最好接受全部修订后另存再编译。"),
    "pictures": _Words("info", "有 {number} 处图片，图中的文字没有读入。", f"图中如有表格或条文，请识别图片（{RECOGNISING}），或改成文字后再读取。"),
    "scanned-pages": _Words("warning", "有 {number} 页是扫描图像，没有读入（{detail}）。", f"请识别这些页（{RECOGNISING}），或换成有文字层的文件。"),
    "laid-out": _Words("info", "文中用符号画的表格或用空格排的两栏，已按行、按栏重排后读取。", "请对照原件核对表格和栏的先后。"),
    "unmapped": _Words("warning", "有 {number} 个字或数字在文件里没有编码，认不出来，已写作“�”；其中的金额、比例和序号没有读入。",
    f"请对照原件补录，或换成能复制出文字的版本，或识别读取（{RECOGNISING}）。"),
    "skipped-files": _Words("warning", "压缩包里有 {number} 个文件没有读入：{detail}。",
    f"其中如有正文或附件：图片和扫描件可以识别（{RECOGNISING}），其他的请转成 docx、pdf 或 txt 后再读取。"),
}  # fmt: skip
_REPAIRS = {
    "lost-bracket": "文号缺括号，已按“{became}”理解。",
    "recognition": "疑为识别错误的“{was}”，已按“{became}”理解。",
    "converted-words": "用词“{was}”已按“{became}”理解。",
    "enumerator": "序号成了乱码，已按前后次序恢复为“{became}”；其后一两个字可能已丢失。",
}
_TABLE_STEP = "请用带表格的版本（docx、网页）再编译，或对照原文补录。"
_OPEN_TABLE_STEP = "请对照原件核对此表的金额、指标和责任单位。"
_OCR_STEP = "请对照原件逐条核对，尤其是数字、单位和日期。"


def reading_diagnostics(document: Document) -> Iterator[Diagnostic]:
    """The diagnostics of a document's reading, in text order within each kind."""
    for note in document.notes:
        if note.code in _NOTES:
            words = _NOTES[note.code]
            yield _diagnostic(
                document, note.code, words.severity, note, words.message.format(**note._asdict()), words.next_step
            )
    for run in _runs(document, "open-table"):
        told = f"此处是没有框线的表格，有 {len(run)} 行的单元格可能没有拼完整。"
        yield _diagnostic(
            document, "open-table", "warning", Note("", run[0].start, run[-1].end), told, _OPEN_TABLE_STEP
        )
    for run in _runs(document, "ocr"):
        least = min(note.confidence for note in run)
        whole = Note("ocr", run[0].start, run[-1].end)
        message = f"有 {len(run)} 段是从图像识别的（最低置信度 {least:.2f}）。"
        yield _diagnostic(document, "ocr", "warning", whole, message, _OCR_STEP)
    yield from _mended(document, document.text.repairs)
    for start, end in undivided(document.clean):
        told = "此处像是一行一格的表格，但分不清列，没有读成表。这不等于表中没有标准或分工。"
        yield _diagnostic(document, "table-cells", "warning", document.text.span(start, end), told, _TABLE_STEP)


def _runs(document: Document, code: str) -> Iterator[list[Note]]:
    """Lines with a note of one kind, those together that no other line stands between."""
    run: list[Note] = []
    for note in (note for note in document.notes if note.code == code):
        if run and document.text.source[run[-1].end : note.start].strip():
            yield run
            run = []
        run.append(note)
    if run:
        yield run


def _mended(document: Document, repairs: Iterable[Repair]) -> Iterator[Diagnostic]:
    told = sorted((repair for repair in repairs if repair.code in _REPAIRS), key=lambda repair: repair.code)
    for code, some in groupby(told, key=lambda repair: repair.code):
        for repair in some:
            message = _REPAIRS[code].format(was=repair.was, became=repair.became)
            yield _diagnostic(document, f"repaired-{code}", "warning", repair.span, message, "请对照原件核对。")


def _diagnostic(
    document: Document, code: str, severity: str, place: Note | Span, message: str, next_step: str
) -> Diagnostic:
    span = Span(place.start, place.end)
    article = document.article_at(document.clean_offset(span.start)) if span.end else "0"
    return Diagnostic(
        code=code, severity="info" if severity == "info" else "warning", article=article, span=span, message=message,
        next_step=next_step,
    )  # fmt: skip


def with_due_confidence(facts: Iterable[Fact], document: Document) -> tuple[Fact, ...]:
    """Facts that stand in recognised or mended text are only as sure as that text."""
    doubtful = [note for note in document.notes if note.code == "ocr"]
    told = [Span(note.start, note.end) for note in document.notes if note.code == "open-table"]
    told += [repair.span for repair in document.text.repairs if repair.code in _REPAIRS]
    if not doubtful and not told:
        return tuple(facts)
    places = [(note.start, note.end, note.confidence) for note in doubtful]
    places += [(span.start, span.end, _MENDED) for span in told]
    return tuple(_lowered(fact, places) for fact in facts)


_MENDED = 0.6


def _lowered(fact: Fact, places: list[tuple[int, int, float]]) -> Fact:
    start, end = fact.span
    trust = min((sure for begin, stop, sure in places if begin < end and start < stop), default=1.0)
    return replace(fact, confidence=round(fact.confidence * trust, 2)) if trust < 1.0 else fact
