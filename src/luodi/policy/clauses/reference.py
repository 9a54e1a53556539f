"""References: laws, plans, standards and papers that the document cites or rests on (LANGUAGE 8.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from luodi.document import Document
from luodi.document.cards import is_card_label
from luodi.document.lines import is_organ, is_title
from luodi.document.markers import ATTACHMENTS
from luodi.policy.citations import Citation, citations, folded
from luodi.policy.clauses import clause
from luodi.policy.clauses.repeal import repealed
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Reference
from luodi.policy.head.lines import head_lines

# Forms, papers of a procedure and papers still to be written are no references.
_FORM = re.compile(
    r"(?:表|证|证书|通知书|承诺书|申请书|协议书|任务书|计划书|意见书|责任书|确认书|证明|花名册|合同|发票|报名册|样本|"
    r"申报书|申[报请]材料|推荐书|意向书|保证书|说明书|建议书|申请报告|许可证|营业执照|户口簿|告知书|委托书|审批单|凭证|档案)"
    r"(?:\([^()]*\))?\Z|\.(?:docx?|pdf|wps|xlsx?)(?![A-Za-z])"
)
_WRITTEN_LATER = re.compile(
    r"(?:制定|制订|出台|编制|起草|草拟|修订|印发|签订|签署|填写|填报|提交|出具|颁发|核发|取得|获得|持有|领取|办理|发布|下发|报送)"
    r"(?:相应的|了|的|或)?[“”]?\Z"
)
# 先后出台《…》, 制定了《…》: a report of what there is.
_WRITTEN_BEFORE = re.compile(
    r"(?:先后|相继|陆续|已经?|率先)(?:研究)?(?:制定|制订|出台|编制|修订|印发|发布)(?:实施)?了?\Z|(?:制定|制订|出台|编制|印发|发布)(?:实施)?了\Z"
)
_NOW_ISSUED = re.compile(r",?(?:现|并|已)*(?:予以|予)?(?:印发|公布|发布|下发)")
_ISSUED_AFTER = re.compile(
    r"(?:及其[\u4e00-\u9fff]{1,6})?(?:\([^()]{2,40}\))?(?:[、和及]?《[^《》\n]{2,60}》(?:\([^()\n]{1,20}\))?)*"
    r"(?:印发给|已经|已由|予以(?:印发|公布|发布)|印发|发布给|公布|转发给)"
)
# 《甲》《乙》已经同意,现印发给你们: a notice that issues several papers at once.
_ISSUED_RUN = re.compile(
    r"(?:[、和]?《[^《》\n]{2,60}》(?:\([^()\n]{1,20}\))?)*(?:等)?(?:\d{1,2}个)?(?:文件)?,?(?:已?经|已由|业经|[已己]作)[^。\n]{0,60}"
    r"(?:现印发|现予印发|予以印发|印发给|现予以?[公发]布)"
)
# 制定《甲》(以下简称《清单》)和《乙》(以下简称《目录》),现印发给你们: so are these.
_MADE = re.compile(r"(?:制定|制订|编制|修订)了?《[^。;\n]{4,160}\Z")
_MADE_ISSUED = re.compile(r"(?:\([^()\n]{2,40}\)){0,2},现(?:予以?)?印发(?:给你们|,)")
_ANNOUNCED = re.compile(
    r"(?:现将(?:[^《》。\n]{0,4}|[^《》。,\n]{4,12}后的)|(?<=[,现])将[^《》。\n]{2,16}关于)(?:《[^《》\n]{2,60}》(?:\([^()\n]{1,20}\))?[、和及]?)*\Z"
)
_BASIS = re.compile(r"(?:根据|依据|按照|遵照|贯彻|落实|依照|为执行)[^。;\n]{0,160}\Z")
# A card names what it rests on in a field of its own, under the title that it bears itself.
_FIELD_OF_BASIS = re.compile(r"(?:依据文件|政策依据)[\s:]*\Z")
# 《…指南》(附件1), (见附件2): what the notice brings with it.
_ATTACHED = re.compile(r" ?\((?:详?见)?附[件表录] ?[\d一二三四五六七八九十]{0,3}\)")
_MADE_KNOWN = re.compile(r"现予?(?:公布|发布|印发|颁布)\Z")
_NUMBERED = re.compile(r"\([^()\n]{2,30}[号令]\)")
_CHAPTER = re.compile(r"第[^章节编]{1,6}[章节编]")
# 云省《某某规定》实施办法 carries out the paper that it names.
_UNDERLYING = re.compile(r"《[^《》]*》(?=的?(?:若干|补充|实施|执行|暂行){0,2}(?:办法|细则|规定|意见))")
# 省政府办公厅印发的《…》: it exists, others wrote it.
_BY_OTHERS = re.compile(
    r"(?:办公[厅室]|政府|国务院|[厅局委部])(?:印发|发布|下发|出台|制定)的\Z"
    r"|(?:办公[厅室]|政府|国务院|[省市县]委)(?:制定|制订)并(?:出台|发布|印发)(?:实施)?了?\Z"
    r"|(?:新|重新)(?:修订|颁布|公布|发布|印发|制定)的?\Z|修订后的\Z"
    r"|\d{4}年[^《,;。]{0,4}(?:制[定订])?(?:出台|[印颁]发|[发颁]布|下发|制[定订])了?\Z"
)
_FORWARDED = re.compile(r"(?:\([^()\n]{2,40}\))?(?:现)?(?:予以)?转发(?:给|你)")
_BRINGS = "印发|发布|公布|下发|出台|通过|修[改订]|废止|转发|实施|公开|征求|对|关于"
_WORK_ON_IT = r"[\u4e00-\u9fff]{0,10}(?:分工|分解)"  # 印发《报告》重点工作分工
_REPORT = "政府工作报告"
_KIND_ALONE = 4
# 根据《…决定》(云政〔2017〕16号),此文件宣布失效: what a register says of the paper itself.
_SAID_OF_IT = re.compile(r"[^。\n]{0,10},此?(?:文件|件)(?:已|被)?(?:宣布)?(?:失效|废止)")
_IN_FULL = re.compile(r"(?:全文|原文)?如下[:。]?(?:\n|\Z)")  # 《某某方案》全文如下。: news brings it
_LONGEST_REMARK = 40
_DRAFT = re.compile(r"\((?:公开)?(?:征求意见稿|[送报]审稿|草案)\)\Z")
_STATUS = re.compile(r"\([^()]{2,8}\)\Z")
# 《劳动法》 is a law however short, 《办法》 a paper named before.
_SHORT_LAW = re.compile(
    r"[\u4e00-\u9fff](?:(?<!办)法|通则|准则|法典)\Z|(?!实施|管理|暂行|若干)[\u4e00-\u9fff]{2}条例\Z"
)
# What a decision amends or ends, what an explanation explains, is not the decision itself.
_AMENDED = re.compile(
    r"(?:修改|修订|修正|废止)[^《]{0,6}《[^\n]*》|(?<=关于)《[^《》\n]*》(?=[^《》\n]*的(?:解释|批复|答复))"
)
_ISSUES = re.compile(r"关于印发[《〈<]?(?P<what>[^《》〈〉<>]{6,80}?)[》〉>]?的通知\Z")
_MARKS = str.maketrans("〈〉<>", "《》《》")


@clause("reference")
def references(document: Document, rules: DocumentRules) -> Iterator[Reference]:
    """Every cited document, once; numbers fold two titles of one document."""
    clean = document.clean
    gone = {folded(one.title) for one in repealed(clean)}
    own = _own_titles([line.text for line in head_lines(clean, document.head_end)])
    cited = list(citations(clean))
    brought = {folded(one.title) for one in cited if one.number is None and _is_announced(clean, one)}
    brought |= {folded(one.title) for one in cited if _IN_FULL.match(clean, one.end)}
    attached = [at.span() for at in ATTACHMENTS.finditer(clean)]
    merged = _merged(
        one
        for one in cited
        if folded(one.title) not in gone
        and (one.number or not any(_is_short_for(one, whole) for whole in brought))
        and not any(start <= one.start < end for start, end in attached)
        and _is_reference(clean, one, rules)
        and not (_is_remark(clean, one.start) or _SAID_OF_IT.match(clean, one.end))
        and not _is_own(clean, one, own)
    )
    for one in merged:
        yield Reference(
            title=one.title,
            number=one.number,
            relation="basis" if _is_basis(document, one) else "cites",
            article=document.article_at(one.start),
            span=document.text.span(one.start, one.end),
        )


def _is_short_for(one: Citation, whole: str) -> bool:
    """Whether a citation names a paper that is brought here, by its whole title or the end of it (《分解落实意见》)."""
    title = folded(one.title)
    return title == whole or (len(title) > _KIND_ALONE and whole.endswith(title))


def _own_titles(lines: list[str]) -> list[str]:
    """The titles that the document bears itself."""
    if sum(1 for line in lines if is_card_label(line)) > 1:
        return [folded(lines[0])]
    bare = ((line, line.strip("《》|• ").translate(_MARKS)) for line in lines)
    return [_bare(line) for line, inner in bare if is_title(inner) or is_title(line)]


def _bare(title: str) -> str:
    """A title without the titles in it of papers that it carries out, amends or ends."""
    return folded(_AMENDED.sub("", _UNDERLYING.sub("", title.translate(_MARKS)))) or folded(title)


def _is_reference(clean: str, one: Citation, rules: DocumentRules) -> bool:
    title = one.title
    if (
        (len(_STATUS.sub("", title)) <= _KIND_ALONE and not _SHORT_LAW.search(title))
        or title in rules.abbreviations
        or _FORM.search(title)
        or _ATTACHED.match(clean, one.end)
    ):
        return False
    before = clean[max(0, one.start - 12) : one.start]
    if _BY_OTHERS.search(before) or (_WRITTEN_BEFORE.search(before) and not _NOW_ISSUED.match(clean, one.end)):
        return True
    return not (_WRITTEN_LATER.search(before) and one.number is None)


def _is_remark(clean: str, start: int) -> bool:
    """Whether a place stands in heavy brackets: what an editor notes of a cited paper (【已废止,最新为:《…》】)."""
    floor = max(0, start - _LONGEST_REMARK)
    return clean.rfind("【", floor, start) > max(clean.rfind("】", floor, start), clean.rfind("\n", floor, start))


def _is_own(clean: str, one: Citation, own: list[str]) -> bool:
    """Whether a citation names the document itself or what it issues (现将《…》印发)."""
    title = _bare(one.title)
    if _FIELD_OF_BASIS.search(clean[max(0, one.start - 12) : one.start]):
        return False
    if one.number is None and any(_bears(mine, title) for mine in own) and not _NUMBERED.match(clean, one.end):
        return True
    if _FORWARDED.match(clean, one.end) or _MADE_KNOWN.search(clean[max(0, one.start - 4) : one.start]):
        return True
    if one.number is None and _ISSUED_RUN.match(clean, one.end):
        return True
    if (
        one.number is None
        and _MADE_ISSUED.match(clean, one.end)
        and _MADE.search(clean[max(0, one.start - 200) : one.start])
    ):
        return True
    return one.number is None and (_is_announced(clean, one) or (not own and bool(_ISSUED_AFTER.match(clean, one.end))))


def _is_announced(clean: str, one: Citation) -> bool:
    """Whether a paper is brought here (现将《甲》印发给你们); its name stands for the same paper in what follows."""
    announced = _ANNOUNCED.search(clean[max(0, one.start - 400) : one.start])
    return bool(announced and _ISSUED_AFTER.match(clean, one.end))


def _bears(mine: str, title: str) -> bool:
    """Whether a title is the document's own or that of the paper it brings; one that only names a plan does not bear it."""
    if mine.endswith("修正案"):
        return mine == title
    brings = rf"(?:{_BRINGS}|转发[\u4e00-\u9fff]{{2,16}}){re.escape(title)}(?!{_WORK_ON_IT})"
    title = _DRAFT.sub("", title)
    return mine.startswith(title) or mine.endswith(title) or bool(re.search(brings, mine))


def _merged(found: Iterator[Citation]) -> list[Citation]:
    """One entry a document: the same number, or the same title (with its issuers or without) where one has no number."""
    kept: list[Citation] = []
    by_number: dict[str, int] = {}
    by_title: dict[str, int] = {}
    by_short: dict[str, int] = {}
    for one in found:
        number, title = folded(one.number or ""), folded(one.title)
        same = by_number.get(number) if number else None
        short = _without_issuers(one.title)
        places = ((by_title, title), (by_short, title), (by_title, short))
        alike = next((known[key] for known, key in places if key in known), None)
        if same is None and alike is not None and not (number and kept[alike].number):
            same = alike
        if same is None:
            kept.append(one)
            same = len(kept) - 1
        elif number and kept[same].number is None:
            kept[same] = one
        by_title.setdefault(title, same)
        if short != title:
            by_short.setdefault(short, same)
        if number:
            by_number.setdefault(number, same)
    return kept


def _without_issuers(title: str) -> str:
    """``甲局关于创新的通知`` as others call it: 关于创新的通知; the notice that issues a plan is called by the plan."""
    if issued := _ISSUES.search(title):
        return folded(issued["what"])
    if title.endswith(_REPORT):
        return _REPORT  # 2024年市政府工作报告, called 政府工作报告
    issuers, about, rest = title.partition("关于")
    return folded(about + rest if about and is_organ(issuers) else title)


def _is_basis(document: Document, one: Citation) -> bool:
    """Whether the preamble or the first article, in or above the first chapter, rests on it."""
    numbered = (article.start for article in document.articles if not _CHAPTER.fullmatch(article.id))
    second = next(islice(numbered, 1, None), len(document.clean))
    return one.start < max(second, document.head_end) and bool(
        _BASIS.search(document.clean[max(0, one.start - 200) : one.start])
    )
