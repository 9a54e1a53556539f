"""Marks of secrecy and of internal papers (密级、内部标志) in a file, looked for before anything is written.

The screen may stop a paper, it never clears one: no mark found is no statement that a paper may be published. There is
no way round it in a program; who holds a hit for wrong asks the secrecy reviewer (保密审查员) of the office.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from luodi.document.tree import Document
from luodi.errors import ContentError

_BETWEEN = r"[ \t]*"
_LEVEL = "|".join(_BETWEEN.join(word) for word in ("绝密", "机密", "秘密"))
_LEVEL_OVER_LINES = "|".join(r"\s*".join(word) for word in ("绝密", "机密", "秘密"))
_TERM = rf"(?:启用前|长期|[\d一二三四五六七八九十]+{_BETWEEN}(?:年|个?{_BETWEEN}月)|(?:\d{{4}}年)?\d+月\d+日前)"
# A mark fills its line or its cell of a table row.
_BEGIN, _END = r"(?<![^\n\t])", r"(?![^\n\t])"
_OPENED = r"[(\[〔【<《]"
_OPEN, _CLOSE = rf"{_OPENED}?", r"[)\]〕】>》]?"
_NOT_TO = "不得|不准|不许|不要|严禁|请勿|切勿|勿|禁止"
# A law says how others keep secrets (泄露国家秘密、审判工作秘密), what an office need not publish (…的信息,不予公开), how seized
# things are kept (妥善保管,不得使用), what must not be sold: a mark speaks of the paper itself or stands alone.
_OF_THE_PAPER = (
    r"(?:(?<![\u4e00-\u9fff、])|(?<=[属于为系是件含有])|(?<=内部)|(?:此|本)(?:件|文件|材料|资料|通知)[^。;\n]{0,10})"
)
_OF_OTHERS = "(?=[不暂])" + "".join(
    f"(?<!{word})" for word in ("信息", "信息,", "秘密,", "隐私,", "机关", "部门", "机构", "依法", "可以")
)
_LET_OUT = r"[^。\n]{0,8}(?:遗失|丢失|丢弃|外|泄|传|扩散|散失|复[制印]|翻印|摘抄|转|公开|上网)"
_MARKS = (
    ("密级标志", re.compile(rf"(?:{_LEVEL_OVER_LINES})\s*★")),
    ("密级标志", re.compile(rf"{_BEGIN}{_BETWEEN}{_OPEN}{_BETWEEN}(?:{_LEVEL}){_BETWEEN}[·.:,-]?{_BETWEEN}{_TERM}?{_BETWEEN}{_CLOSE} *{_END}")),
    ("密级标志", re.compile(rf"(?:密{_BETWEEN}级|保密等级|涉密等级|保密级别)(?:标[识志])?{_BETWEEN}[::]?{_BETWEEN}(?:{_LEVEL}|内部|非密)")),
    ("密级标志", re.compile(rf"{_BEGIN} *{_OPEN} *(?:{_LEVEL}|涉?密)件 *{_CLOSE} *{_END}")),
    ("密级标志", re.compile(rf"保密期限{_BETWEEN}[::]?{_BETWEEN}{_TERM}|(?:本|此)(?:件|文件)(?:属于?|系|为|是)(?:国家秘密|{_LEVEL}级?)")),
    ("密级标志", re.compile(r"^ *(?:top secret|secret|confidential|restricted) *$", re.M | re.I)),
    (
        "内部标志",
        re.compile(
            rf"^{_BETWEEN}{_OPEN}{_BETWEEN}内{_BETWEEN}部{_BETWEEN}{_CLOSE}{_BETWEEN}$|{_BEGIN} *{_OPEN} *内{_BETWEEN}部{_BETWEEN}★"
            rf"|{_BEGIN} *{_OPENED} *内{_BETWEEN}部{_BETWEEN}{_CLOSE} *{_END}",
            re.M,
        ),
    ),
    (
        "内部标志",
        re.compile(
            rf"内{_BETWEEN}部{_BETWEEN}(?:资{_BETWEEN}料|文{_BETWEEN}件|文稿|传阅|刊物"
            rf"|使用(?!的(?!文件|文稿|资料|材料|通知|刊物|本)[\u4e00-\u9fff]{{2}})|掌握|明电|参考|发行|印发|材料(?=[,。★ ]|$))|"
            rf"(?:仅|只)[供限]内部|限(?:于)?内部|{_OF_THE_PAPER}工作秘密(?![的、和与及或]|管理|事项|范围)|敏感信息,?不得|供领导参阅|领导参阅件"
        ),
    ),
    (
        "不公开标志",
        re.compile(
            rf"{_OF_OTHERS}不予公开(?![的之范理])|(?:此|本)(?:件|文件|通知)[^,;。\n]{{0,12}}不(?:予)?公开(?![的之])"
            rf"|(?:此|本)(?:件|文件)不宜(?:对外)?公开|不宜公开(?![的之审])|"
            rf"(?:此|本|该|内部)(?:资料|材料|信息),?(?:不予|暂不|不)(?:对外)?公开(?![的之])"
            rf"|{_BEGIN} *{_OPEN} *(?:暂?不公开|不登报) *{_CLOSE} *{_END}|"
            rf"(?:不|暂不)(?:对外)?公开发布(?![的之])|(?:此|本)(?:件|文件|通知)(?:暂)?不(?:对外)?公开|{_OF_OTHERS}暂不公开(?![的之])|"
            r"此件依申请公开|公开(?:属性|方式|类型|类别|形式|情况|选项|程度) *:? *(?:依申请公开|不公开)|(?:主动|是否)公开 *[:;] *否|"
            r"(?:此|本)(?:件|文件)(?:只|仅)?发至?[县地省厅团师][处级团师局]{1,2}(?!以)"
        ),
    ),
    (
        "不公开标志",
        re.compile(
            rf"(?:{_NOT_TO})(?:擅自)?(?:对外)?(?:外传|转发|转载(?![^。;\n]{{0,6}}的外)|上网|翻印|复印|扩散|泄露给|上传互联网"
            rf"|在互联网(?!上?(?:销售|购买|经营|交易|买卖)))|"
            rf"{_BEGIN} *{_OPEN} *(?:征求意见稿,|讨论稿,|未经(?:批准|同意|许可|授权),?) *(?:{_NOT_TO})(?:擅自)?(?:对外)?"
            rf"(?:公开|发布|提供|传播|引用|复制) *{_CLOSE}[。.!]? *{_END}|"
            r"注意保(?:密|存,? *不得|管,? *不得)|阅后(?:即焚|收回|退回|销毁)|(?:会后|用后)请?(?:收回|退[回还]|交[回还]|销毁)|"
            rf"妥善保管,? *(?:不得|严禁){_LET_OUT}"
        ),
    ),
)  # fmt: skip
# 版权所有,未经授权不得转载: how a site ends a page that it has published.
_COPYRIGHT = re.compile(rf"版权所有[^。;\n]{{0,20}}?(?:{_NOT_TO})(?:擅自)?(?=转载)")
_STARS = dict.fromkeys(map(ord, "☆*✮✩✪✫✬✭✯✰⭐🌟⋆﹡⁎∗✱✲✳✻＊"), "★")
# Signs that look like the characters of a mark, and their older forms.
_LOOKALIKES = str.maketrans(
    "祕絕機級內檔讀傳發網嚴閱後銷毀宻蜜黙資參長啟啓轉載擴對導領準許複開暫",
    "秘绝机级内档读传发网严阅后销毁密密默资参长启启转载扩对导领准许复开暂",
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = {"Cf", "Cn", "Co", "Mn", "Me"}


@dataclass(frozen=True)
class Mark:
    """A mark found: its kind and the line it stands on. The words themselves are not kept."""

    kind: str
    line: int


class MarkedError(ContentError):
    """A paper that bears marks; the message says their kinds and lines and nothing of the paper."""

    def __init__(self, message: str, kinds: tuple[str, ...] = (), count: int = 0) -> None:
        super().__init__(message, code="marked")
        self.kinds = kinds
        self.count = count


def marks(text: str) -> tuple[Mark, ...]:
    """All marks in a text, one a kind and line."""
    plain = _COPYRIGHT.sub(_without_ban, _plain(text))
    found = {
        Mark(kind, plain.count("\n", 0, match.start()) + 1) for kind, form in _MARKS for match in form.finditer(plain)
    }
    return tuple(sorted(found, key=lambda mark: (mark.line, mark.kind)))


def document_marks(document: Document) -> tuple[Mark, ...]:
    """All marks of a file: in its text as it came, as it was cleaned, and in what reading left out (line 0)."""
    found = marks(document.text.source)
    known = {mark.kind for mark in found}
    elsewhere = {mark.kind for text in (document.clean, document.unread) for mark in marks(text)} - known
    return found + tuple(Mark(kind, 0) for kind in sorted(elsewhere))


def screen(document: Document) -> None:
    """Stop a paper that bears marks.

    Raises:
        MarkedError: what kinds of marks stand where; nothing of the text.
    """
    found = document_marks(document)
    if found:
        kinds = tuple(sorted({mark.kind for mark in found}))
        raise MarkedError(
            f"这份文件带有{'、'.join(kinds)}（{places(found)}；文件摘要 {document.sha256[:12]}），没有编译，什么也没有写出。"
            "本程序只处理可以公开的文件：请立即从本机移除该文件，并报告本单位保密审查员；认为不属实的，也由保密审查员判定。",
            kinds,
            len(found),
        )


def places(found: tuple[Mark, ...]) -> str:
    """Where the first marks stand, for a message."""
    return "、".join(f"第 {mark.line} 行" if mark.line else "正文以外" for mark in found[:3])


def _without_ban(notice: re.Match[str]) -> str:
    """A copyright notice without its last words, which are no mark of the paper."""
    return re.sub(rf"(?:{_NOT_TO})(?:擅自)?\Z", "", notice[0])


def _plain(text: str) -> str:
    """The text with width folded, invisible signs gone, stars and look-alikes made one."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _replaced(text, _STARS))
        hidden = [ord(char) for char in set(text) if char not in "\n\t" and unicodedata.category(char) in _INVISIBLE]
        text = _replaced(text, {**dict.fromkeys(hidden), **_LOOKALIKES})
    return _LINE_ENDS.sub("\n", _replaced(text, _STARS))


def _replaced(text: str, table: Mapping[int, int | str | None]) -> str:
    """The text translated; to see that there is nothing to translate costs a tenth of translating."""
    return text if table.keys().isdisjoint(map(ord, set(text))) else text.translate(table)
