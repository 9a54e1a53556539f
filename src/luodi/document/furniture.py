"""What is not the document: site furniture round it, page numbers in it, a second copy of it (LANGUAGE 1.2, 1.3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter
from os.path import commonprefix

from luodi.document import markers
from luodi.document.addressees import is_recipients, may_be_recipients
from luodi.document.cards import is_card_label
from luodi.document.draft import Draft, Edit
from luodi.document.lines import (
    PAGE_FIELD,
    Line,
    drop,
    is_date,
    is_document_number,
    is_organ,
    is_title,
    lines,
)

_PAGE_NUMBER = re.compile(r"(?:[-—–]+ ?)?\d{1,3}(?: ?[-—–]+)?|第 ?\d{1,3} ?页(?:[ /,]*共 ?\d{1,3} ?页)?")
_BANNER = re.compile(
    r"位置:|当前位置|首 ?页|>>|( ?> ?[^>]{1,60}){2}|(?:更新|发布|发表|录入)(?:时间|日期):|(?:信息|文章|稿件)?来源:|"
    r"浏览|点击(?:数|率|量|查看)|访问量|字[号体]:|\[? ?字体|【字|【打印|分享|搜索|登 ?录|无障碍|繁體|繁体版|英文版|IPV6|"
    r"A\+|下载(?:文字|图片)版|政策解读|音频解读|一图读懂|责任编辑|作者:|用户|手机版|客户端|公众号",
    re.IGNORECASE,
)
# What a page says to its visitors, and a paper to those who apply: in a whole sentence it is the paper that speaks.
_SPOKEN = re.compile(r"登 ?录|用户|客户端|公众号|下载|搜索|点击|浏览|打印")
_SHORTEST_SPOKEN = 20
_FOOTER = re.compile(
    r"扫一扫|打印|关闭(?:窗口|本页)?|返回顶部|版权所有|copyright|ICP备|公网安备|网站标识码|网站地图|联系我们|关于我们|"
    r"主办(?:单位)?:|承办(?:单位)?:|技术支持|友情链接|相关(?:链接|文章|阅读|稿件|附件下载)|上一[篇条]|下一[篇条]|分享到|网站支持|"
    r"帮助中心|隐私声明|内容纠错|访客|责任编辑|来源:",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"(?:{PAGE_FIELD}|文件状态|统一编号) *:|(?:文章标题|制发机关|成文日期|文件字号)(?=\S)")
# What a site says of a paper before it: no words of the paper.
_ABSTRACT = re.compile(r"(?:简介|内容(?:摘要|概述)):(?=.{12})")
_ARTICLE_LINKS = re.compile(r"(?:第[一二三四五六七八九十百]{1,5}[条章] *){2,}")
_SHINGLE = 30
_NEAR, _LONGEST_CELL = 3, 15
_LONG_LINE = 800
_SHORT_COPY = 120
_PROSE_LINE = 25
_MANY, _FEW = 5, 2
_LEAST_MARK = 6
_FULL_LINE = 20  # a title that is wrapped fills its line
_SITE = re.compile(r"网|www|http|\.c(?:n|om)")
_LONGEST_COMPARED = 200_000

# The number of the next slice of a preview behind a line that mostly breaks off in mid-sentence.
_SLICE = re.compile(r"(?<=[^\n ]) ?\n+(?P<n>\d{1,3})、(?=\S)")
_ENDS_BY_ITSELF = "。;:!?.)]》”"
_FIRST_SLICE = re.compile(r"(?:[^\n]{0,160}\n){0,3}(1、)(?=[^\n]{100})")
_NUMBERED = re.compile(r"^(?P<n>\d{1,3})、", re.MULTILINE)
_LEAST_SLICE = 100
_MOST_CELLS = 6  # between two figures of a table


def drop_page_numbers(draft: Draft) -> None:
    """Lines that hold nothing but a page number, next to a blank line."""
    found = lines(draft.text)
    rows = {*_row_numbers(found), *_values(found), *_cells_apart(found), *_dense(found)}
    gone = []
    for index, line in enumerate(found):
        if len(line.text) <= 12 and _PAGE_NUMBER.fullmatch(line.text) and index not in rows:
            after = found[index + 1].gap if index + 1 < len(found) else 1
            if line.gap or after or not 0 < index < len(found) - 1:
                gone.append(line)
    drop(draft, gone, "page-number")


def _row_numbers(found: list[Line]) -> Iterator[int]:
    """Which lines count the rows of a table that came with one cell a line: 1, 2, 3 … below a line 序号."""
    expected = 0
    for index, line in enumerate(found):
        if line.text.replace(" ", "") == "序号":
            expected = 1
        elif expected and line.text == str(expected):
            yield index
            expected += 1


def _values(found: list[Line]) -> Iterator[int]:
    """Which lines are cells of a table of indicators with one cell a line: from its last column 属性 to its last 约束性."""
    head = next((at for at, line in enumerate(found) if line.text.replace(" ", "") in ("属性", "指标属性")), len(found))
    kinds = [at for at in range(head, len(found)) if found[at].text in ("约束性", "预期性")]
    yield from range(head, kinds[-1] if kinds else head)


def _cells_apart(found: list[Line]) -> Iterator[int]:
    """Which lines are cells where a blank line stands behind every line near: figures below a cell, not below a sentence."""
    for index, (above, line) in enumerate(pairwise(found), 1):
        is_cell = line.text.isdecimal() and len(above.text) < _LONGEST_CELL and not re.search(r"[,。;:]", above.text)
        if is_cell and all(one.gap for one in found[max(1, index - _NEAR) : index + _NEAR + 1]):
            yield index


def _dense(found: list[Line]) -> Iterator[int]:
    """Which lines are cells because a few cells on another figure follows: pages have more than that between their numbers."""
    last = None
    for index, line in enumerate(found):
        if len(line.text) > 2 * _LONGEST_CELL or re.search("[,。;:]", line.text):
            last = None
        elif line.text.isdecimal():
            if last is not None and index - last <= _MOST_CELLS:
                yield from (last, index)
            last = index


def drop_slice_numbers(draft: Draft) -> None:
    """The numbers of a preview that is cut into slices in mid-sentence (``…上年度项目退⏎⏎2、出时产生…``), with the cuts."""
    text = draft.text
    first = _FIRST_SLICE.match(text)
    cuts = [
        at
        for at in _SLICE.finditer(text, first.end() if first else 0)
        if at.start() - text.rfind("\n", 0, at.start()) > _LEAST_SLICE
    ]
    numbered = [int(at["n"]) for at in _NUMBERED.finditer(text)]
    slices = [*([1] if first else []), *(int(at["n"]) for at in cuts)]
    broken = [at for at in cuts if text[at.start() - 1] not in _ENDS_BY_ITSELF]
    if not cuts or 2 * len(broken) < len(cuts) or slices != numbered or slices[-1] != len(cuts) + 1:
        return
    edits = [Edit(first.start(1), first.end(1))] if first else []
    draft.edit([*edits, *(Edit(at.start(), at.end()) for at in cuts)])


def drop_watermarks(draft: Draft) -> None:
    """A site's name that stands behind every paragraph (…提出如下意见。甲网-乙的家园)."""
    found = [line for line in lines(draft.text) if len(line.text) >= _LEAST_MARK]
    tails = Counter(line.text[-_LEAST_MARK:] for line in found)
    tail, times = max(tails.items(), key=itemgetter(1), default=("", 0))
    if times < _MANY or 2 * times < len(found):
        return
    marked = [line for line in found if line.text.endswith(tail)]
    whole = commonprefix([line.text[::-1] for line in marked])[::-1]
    if _SITE.search(whole):
        draft.edit((Edit(line.end - len(whole), line.end) for line in marked), "furniture")


def drop_second_copy(draft: Draft) -> None:
    """A compact copy of the body on one line: what stands elsewhere with its line structure is kept."""
    found = lines(draft.text)
    gone: list[Line] = []
    least = min(_LONG_LINE, max(_SHORT_COPY, len(draft.text) // 3))
    for line in [line for line in found if len(line.text) >= least][:8]:
        rest = "".join(other.text for other in found if other is not line and other not in gone)
        if _stands_in(line.text, rest):
            gone.append(line)
    if not gone and len(draft.text) <= _LONGEST_COMPARED:
        gone = _repeated(found, re.sub(r"\s+", "", draft.text))
    drop(draft, gone, "second-copy")


def _repeated(found: list[Line], whole: str) -> list[Line]:
    """The second of two copies that both have lines (not always the same ones)."""
    first = last = -1
    count = at = 0
    gone: list[Line] = []
    for index, line in enumerate(found):
        dense = re.sub(r"\s+", "", line.text)
        if len(dense) >= _PROSE_LINE:
            if whole.find(dense[:_PROSE_LINE]) < at:
                first, last, count = (index if count == 0 else first), index, count + 1
            else:
                gone += _second(found, first, last, count)
                count = 0
        at += len(dense)
    return gone + _second(found, first, last, count)


def _second(found: list[Line], first: int, last: int, count: int) -> list[Line]:
    """A second copy with the short lines round it that stand there in the first copy too; of a short paper all of it must stand twice."""
    if count < _FEW:
        return []
    texts = [line.text for line in found[:first]]
    same = texts.index(found[first].text) if found[first].text in texts else 0
    end = texts.index(found[last].text) + 1 if found[last].text in texts else len(texts)
    while same and found[first - 1].text == texts[same - 1]:
        first, same = first - 1, same - 1
    while end < len(texts) and last + 1 < len(found) and found[last + 1].text == texts[end]:
        last, end = last + 1, end + 1
    whole = not same and last + 1 == 2 * first
    return found[first : last + 1] if count >= _MANY or whole else []


def _stands_in(text: str, rest: str) -> bool:
    """Whether most of a compact line stands in the other lines as well."""
    dense, others = re.sub(r"[\s。]+", "", text), re.sub(r"[\s。]+", "", rest)  # a line end may be a full stop here
    step = max(_SHINGLE, len(dense) // 20)
    samples = [dense[at : at + _SHINGLE] for at in range(0, len(dense) - _SHINGLE, step)]
    return sum(1 for sample in samples if sample in others) >= 0.7 * max(1, len(samples))


def drop_furniture(draft: Draft) -> None:
    """Site furniture before the document's head and after its end."""
    found = lines(draft.text)
    first = _first_of_body(found)
    last = _last_of_body(found, first)
    head = found[:first]
    banners = [index for index, line in enumerate(head) if _is_banner(line.text)]
    header = head[: banners[-1] + 1] if banners else []
    gone = [line for index, line in enumerate(header) if not _of_head(found, index)] + found[last + 1 :]
    drop(draft, gone, "furniture")


def _is_banner(text: str) -> bool:
    return (
        bool(_BANNER.search(text[:80]) or _ABSTRACT.match(text) or _ARTICLE_LINKS.fullmatch(text))
        or bool(_FOOTER.search(text))
        and len(text) < 60
    )


def _is_prose(line: Line) -> bool:
    text = line.text
    if is_recipients(text):
        return True
    if _ABSTRACT.match(text):
        return False
    if text.endswith("。") and len(text) >= _SHORTEST_SPOKEN:
        text = _SPOKEN.sub("", text)
    if (_BANNER.search(text[:80]) and len(text) < 80) or (_FOOTER.search(text) and len(text) < 120):
        return False
    return (len(text) >= 25 and ("。" in text or "," in text)) or (line.closed and text[-1] != ":" and len(text) >= 12)


def _first_of_body(found: list[Line]) -> int:
    """Index of the first line of running text, addressees or enumerated text."""
    for index, line in enumerate(found):
        if _ARTICLE_LINKS.fullmatch(line.text):
            continue
        if _is_prose(line) or (markers.at_line_start(line.text) and index):
            return index
    return 0


def _of_head(found: list[Line], index: int) -> bool:
    """Whether a line before the body belongs to the document's head (title, number, issuer, addressees, field of a card)."""
    text = _bare(found[index])
    after = found[index + 1].text if index + 1 < len(found) else ""
    if text[0] == "《" and text[-1] == "》":
        text = text[1:-1] or text
    if _LABEL.match(text) or is_card_label(text):
        return True
    if index and (_LABEL.fullmatch(_bare(found[index - 1])) or is_card_label(_bare(found[index - 1]))):
        return True
    if is_document_number(text) or is_date(text) or text[0] == "(" and text[-1] == ")":
        return True
    if may_be_recipients(text, after):
        return True
    if is_title(text) and " " not in text:
        return True  # 无障碍环境建设条例, 互联网用户账号管理规定: a site's words may stand in a title
    if _BANNER.search(text) or _ARTICLE_LINKS.fullmatch(text):
        return False
    if is_title(text) or is_organ(text) and len(text) > 5:
        return True
    wrapped = index + 1 < len(found) and not found[index + 1].gap and len(text) >= _FULL_LINE
    if len(text) > 8 and (wrapped or "关于" in text + after) and is_title(text + after):
        return True
    before = _bare(found[index - 1]) if index and not found[index].gap else ""
    return len(before) >= _FULL_LINE and not is_title(before) and is_title(before + text)


def _bare(line: Line) -> str:
    """A line without the bullets and bars that a site sets round it."""
    return line.text.strip("|•·-* ") or line.text


def _last_of_body(found: list[Line], first: int) -> int:
    """Index of the last line of the document: after the last running text only a signature and notes may follow."""
    last = max((index for index, line in enumerate(found) if index >= first and _is_prose(line)), default=None)
    if last is None:
        return len(found) - 1
    for index in range(last + 1, len(found)):
        text = found[index].text
        if markers.at_line_start(text):
            continue
        if _FOOTER.search(text) or (_BANNER.search(text) and len(text) < 40):
            while index - 1 > last and len(found[index - 1].text) <= 3 and not found[index - 1].closed:
                index -= 1
            return index - 1
    return len(found) - 1
