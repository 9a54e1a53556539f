"""Why a file is refused: each outcome has a code, and says what was found, what was expected and what to do next."""

from __future__ import annotations

from typing import Any

from luodi.errors import ContentError

_RETRY = "请检查文件是否完整下载后重试。"
_AS_TEXT = "请用原来的程序打开，另存为文本（txt）或网页（html）后重试。"
_AS_DOCX = "请用 Word 或 WPS 打开，另存为 docx 后重试。"
RECOGNISING = "网页上勾选“识别图片和扫描页”，命令行加 --ocr"
_OCR = f"请用能保存文字层的方式重新导出，或识别读取（{RECOGNISING}；结果须逐条核对）。"
_READABLE = "应为政策文件：txt、html、docx、有文字层的 pdf、ofd，或装有这些文件的 zip"

MESSAGES = {
    "empty": f"{{name}} 是空文件，没有可读的文字；应为政策文件的全文。{_RETRY}",
    "blank": f"{{name}} 只有空白，没有可读的文字；应为政策文件的全文。{_RETRY}",
    "not-text": "{name} 不是文本文件（含有文本中不会出现的字节），应为 UTF-8、GB18030、UTF-16 或 Big5 编码的文本或网页。"
    + _AS_TEXT,
    "too-large": "{name} 有 {found}，超过一份文件的上限（{limit}）。请确认它是一份政策文件；若是汇编，请按文件拆开后分别编译。",
    "legacy-office": f"{{name}} 是旧版 Office 或 WPS 文件（doc、xls、wps），不能直接读取。{_AS_DOCX}",
    "encrypted": "{name} 加了密码或权限保护（{found}），读不到文字。请向发文单位索取未加密的文件，或输入密码打开后另存一份再试。",
    "macro": f"{{name}} 是带宏的 Word 文件，宏可能有害，因此不读。{_AS_DOCX}",
    "other-kind": f"{{name}} 是{{found}}，{_READABLE}。请看看是不是选错了文件；确是政策文件的，{_AS_TEXT}",
    "image": f"{{name}} 是 {{found}}，里面没有文字。PNG、JPEG、TIFF、BMP 可以识别读取（{RECOGNISING}；结果须逐条核对）；"
    "也可以用识别软件转成文字（另存为 txt 或 docx），核对后重试。",
    "damaged": "{name} 已损坏或不完整（{found}），读不出来。请重新下载或向提供者再要一份；能打开的，请另存为新文件后重试。",
    "polyglot": "{name} 里混有两种文件（{found}），可能被人动过手脚，因此不读。请向发文单位重新索取，或打开后另存为新文件。",
    "zip-bomb": "{name} 解开后过大（{found}），超过上限，疑为压缩炸弹，因此没有解开。请确认来源；确为正文的，请解开后只交政策文件。",
    "zip-depth": "{name} 里的压缩包套得太深（{found}），因此没有解开。请解开后只交政策文件。",
    "zip-path": "{name} 里有指向包外的路径或链接（{found}），可能有害，因此没有解开。请向提供者重新索取。",
    "xml-entities": "{name} 的内容自行定义了实体或外部引用（{found}），政策文件用不到，可能有害，因此不读。请打开后另存为新文件再试。",
    "scanned": f"{{name}} 是扫描件：{{found}}没有文字层，只有图像，读不到文字。{_OCR}",
    "unmapped": f"{{name}} 的文字层对不上汉字（{{found}}没有编码），复制出来是乱码。{_OCR}",
    "pictures-only": f"{{name}} 里只有图片，没有文字（{{found}}）。{_OCR}",
    "no-text": f"{{name}} 里没有文字（{{found}}）；应为政策文件的全文。{_RETRY}",
    "nothing-readable": f"{{name}} 里没有能读的文件（{{found}}）。{_READABLE}。请解开后看看，只交政策文件。",
    "ocr-missing": "没有找到识别程序 tesseract 或它的简体中文数据，不能识别 {name}。请系统管理员先安装：apt-get install tesseract-ocr tesseract-ocr-chi-sim。",
    "ocr-failed": "识别 {name} 时出错（{found}）。请重新扫描（300 点以上、端正、清晰），或人工录入后重试。",
    "reader-time": "读 {name} 用时过长（{found}），已停下。文件可能已损坏或过于复杂；请打开后另存为新文件，或按章节拆开。",
    "reader-memory": "读 {name} 需要的内存超过上限（{found}），已停下。文件可能已损坏；请打开后另存为新文件，或去掉图片、按章节拆开。",
    "reader-crash": "读 {name} 时读取程序意外停止（{found}），其余文件不受影响。文件可能已损坏；请打开后另存为新文件重试，并把这份文件报告给维护者。",
}


PICTURED = frozenset(("image", "scanned", "unmapped", "pictures-only", "nothing-readable"))
"""Outcomes that recognition of pictures may mend."""


class RefusedError(Exception):
    """A reader's refusal: a code of :data:`MESSAGES` and what was found; the name of the file is added above."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.code = code
        self.found = found


def refusal(code: str, name: str, found: str = "", **more: Any) -> ContentError:
    """The error of an outcome, worded for a person."""
    return ContentError(MESSAGES[code].format(name=name, found=found, **more), code=code)
