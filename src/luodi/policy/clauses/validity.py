"""When the document is in force: from, to, for how many years, how many days after issue (LANGUAGE 8.1).

Only sentences about the document itself count; the validity of certificates, assessments and awards is another thing.
Nothing is computed: 有效期3年 gives the years alone.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace

from luodi.document import Document
from luodi.document.cards import TERM_FIELD
from luodi.document.labels import chinese_number
from luodi.document.lines import KINDS
from luodi.policy.clauses import clause
from luodi.policy.clauses.repeal import ENDS
from luodi.policy.dates import find_date
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Validity

_DAY = r"(?:\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|[一二三四五六七八九〇零○]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
# 决定从2017年4月1日起,调整某某标准: since when the notice holds.
_DECIDED = rf"决定,?[自从]{_DAY}起,?(?:将|对)?[\u4e00-\u9fff]{{0,12}}?(?:调整|提高|降低|实行|实施|执行)"
_ISSUED = r"(?:正式|修订|公开)?(?:印发|发布|公布|发文|下发|下文|行文|颁布|公告|批准|出台|签发)"
_SELF = re.compile(
    rf"(?<![基资成根版样原文])本(?:[\u4e00-\u9fff]{{0,8}}?(?:{KINDS}|解释|附则(?=自|从|于|印发|发布|公布))|令(?=自|从|于)|法典?(?=自|从|于|印发|发布|公布|\d{{4}}年|[(,])|若干[\u4e00-\u9fff]{{2,6}}|文件|暂行[\u4e00-\u9fff]{{2}})|"
    rf"现(?:予以?)?(?:公布|发布|印发)(?:《[^《》]*》)?,?[自于从]|标准均?[自从]|{_DECIDED}|[自从]{_DAY}起,[\u4e00-\u9fff]{{0,20}}标准(?:按|调整|提高|统一)|"
    rf"本[\u4e00-\u9fff]{{2,4}}适用于(?={_DAY}(?:至|到|—|-|~))|定于{_DAY}起(?:正式)?(?:施行|试行|实施|执行)|"
    rf"(?:通过|公布|发布|印发|批准),? ?(?:[自从于][^,。]{{2,16}}|{_DAY})(?:起|开始)?(?:正式|开始)?(?:施行|试行|实施|执行|生效|实行)|"
    r"予以?(?:公布|发布|印发)(?:给你们)?,? ?(?:并)?[自从于]|"
    r"(?:上述|以上)(?:各项|若干|扶持|支持|\d个|[两二三四五六]个)?(?:政策|措施|文件|办法|规定|标准)"
)
# 政策期限为2016年至2018年; behind what a measure gives it is the measure's own.
_TERM_OF_POLICY = re.compile(
    r"(?<!项目)(?<!课题)(?<!任务)(?<!合同)(?<!贷款)(?<!建设)(?:政策|实行|实施|执行|适用)(?:期限?|年限)|政策有效期|(?:政策)?执行时间"
)
_GIVES = re.compile(
    r"给予|补[贴助]|奖励|返还|享受|减[免征]|缓[缴交]|可申请|[免停缓]征|免[收缴]|阶段性|(?:降低|下调)[^。;\n]{0,20}费"
)
# A sentence that begins with the paper itself, not with one of its measures.
_NAMES_ITSELF = re.compile(rf"[^。;\n]{{0,16}}?(?<![基资成根版样原文])本(?:[\u4e00-\u9fff]{{0,6}}?(?:{KINDS})|法)")
# (2022年6月10日以某号公布 自2022年7月10日起施行): the note below a title.
_NOTE = re.compile(r"\([^()。;\n]*(?:公布|发布|印发|通过|批准),? ?[自从于]")
_BARE = re.compile(
    r"\s*(?:\([一二三四五六七八九十]\)|\d{1,2}[.、])?\s*(?:(?:自|从|于)[^,]{2,24}[起日][^,]{0,6}(?:施行|试行|实施|执行|生效|实行)|有效期|试行期)"
)
# 现予发布。自二○○九年七月一日起施行。
_MADE_KNOWN = re.compile(r"现予以?(?:公布|发布)。\s*\Z")
# That an older paper ends, and since when, says nothing of this one's beginning: 自本通知印发之日起,《…》停止执行.
_SINCE = r"[自从][^,。;《》\n]{2,24}起,?"
_ENDING = re.compile(
    rf"{_SINCE}(?:(?![施试执实]行|实施|生效)[^,。;《》\n]){{0,12}}《[^。;\n]*?》[^。;,《》\n]{{0,40}}?{ENDS}|"
    rf"{_SINCE}(?:同时|一并|予以)*废止[^,。;《》\n]{{0,40}}《[^。;\n]*》|"
    rf"(?<=[》)]){_SINCE}[^,。;《》\n]{{0,6}}{ENDS}|(?:停止|不再)(?:执行|实施|施行)"
)
# (五)执行时间。2022年4月1日至6月30日。
_HEADING = re.compile(
    r"[^\u4e00-\u9fff]{0,6}[一二三四五六七八九十]{0,3}[^\u4e00-\u9fff]{0,6}"
    r"(?:政策(?:实行|实施|执行|有效|适用)?|(?:实行|实施|执行|有效|适用))(?:期限|年限|时间)[ :]*"
)
_FIELDS = ("effective_from", "effective_to", "years", "days_after_issue")
_LONGEST_END = 160
_ABOUT = re.compile(
    rf"{_DECIDED}|施行|生效|试行|实施|执行|有效|年限|期限|适用期|执行期|适用于|实行(?=[,;)]|\Z)|[日底末]止(?=[,;]|\Z)"
)
_FROM = re.compile(
    rf"(?:自|从)?(?P<day>{_DAY})(?:[零0]时)?(?:起|开始|之日起|始)?(?:正式|开始)?(?:施行|试行|实施|执行|生效|实行)|(?:自|从)(?P<since>{_DAY})起|"
    rf"(?:施行|实施|执行|生效)(?:日期|时间)[为是:]?[自从]?(?P<told>{_DAY})(?!.{{0,3}}[至到—~-])"
)
_TO = re.compile(
    rf"(?:至|到|截止(?:到|至)?|截至)(?:(?P<day>{_DAY})(?:止|为止|24时)?"
    rf"|(?P<y>\d{{4}})年(?:年?底|末|(?P<m>\d{{1,2}})月(?:底|末)?(?=[,。;止]|\Z)))"
    rf"|(?P<ended>{_DAY})(?:起)?(?:自动|自行|予以)?(?:废止|失效)"
)
_FROM_MONTH = re.compile(
    r"(?:自|从)(?P<y>\d{4})年(?P<m>\d{1,2})月(?:份)?起(?:(?:正式)?(?:施行|试行|实施|执行|生效|实行)|(?=至|到))"
)
_YEARS = re.compile(
    r"(?:(?:有效|[施试执]行|实施)期限?|政策期限|期限|(?:有效|实施|执行)时间)(?:暂定|暂)?(?:[为是共:]|共计)?"
    r"(?:(?P<a>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?!\d)|(?P<months>12|24|36|48|60)个月)|"
    r"暂定(?P<b>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:有效期)?|(?:[试施暂]行|执行)(?P<c>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?=[,。;]|\Z)|"
    r"有效期限?(?:为|是)?自[^,。;]{2,16}之日起(?P<d>\d{1,2}|[一二两三四五六七八九十]{1,2})年|"
    r"[,起](?P<e>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:内|之内)有效|(?<=[施试执实]行,|实施,|生效,)为期(?P<f>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?=[,。;]|\Z)"
)
_AFTER_ISSUE = re.compile(
    rf"(?:自|从|(?=[\u4e00-\u9fff]{{2,10}}之日起?[^,。;]{{0,8}}(?:[施试实执]行|实施|生效)))(?:本(?:[\u4e00-\u9fff]{{1,4}}))?{_ISSUED}之日"
    r"(?!(?:起|始)?满?(?:\d|[一二三六两])个月后)(?:起|始)?(?:满?(?P<a>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个自然)?(?:日|天)后"
    r"|满(?P<c>\d{1,3}|[一二三四五六七八九十]{1,3})(?:日|天)(?=起?(?:施行|实施|执行|生效)))?|"
    r"(?:自|从)(?:印发|发布|公布)(?:后(?=[^,。]{2,5}日起))?(?P<b>\d{1,3}|[一二三四五六七八九十]{1,3})日[后起]"
)
# (一)本通知规定的甲、乙标准自1月1日起执行。(二)丙标准自6月1日起执行。: days of its parts, none of its own.
_OF_PARTS = re.compile(
    rf"(?:规定|公布|明确|确定)的[^。;]*、[^。;]*[自从于]?(?P<day>{_DAY})(?:之日)?起?(?:正式|开始)?(?:执行|实施|施行|实行)"
)
_OTHER_PARTS = re.compile(rf"[自从于]?(?P<day>{_DAY})(?:之日)?起?[^。;\n]{{0,12}}(?:执行|实施|施行|实行)")
_NEXT_PARTS = 300
_PERIOD = re.compile(
    r"(?:期限?|年限|期间|执行期|适用期|时间)(?:为|:)?[自从]?(?P<from>\d{4})年?起?(?:至|到|—|-|~)(?P<to>\d{4})年(?:底|末)?(?!\d{1,2}月)"
)
_TERM_BEFORE = re.compile(r"(?:有效期|[施试执]行期|期|年限|时间)(?:限)?(?:暂定)?(?:为|是|:)?[自从]?\Z")
_DAYS = re.compile(rf"(?P<from>{_DAY})(?:起)?(?:至|到|—|-|~)(?P<to>{_DAY}|\d{{1,2}}月\d{{1,2}}日)")
_CARD_SINCE = re.compile(r"(?:自|从) ?(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月起")
_CARD_YEARS = re.compile(r"(?<!\d)(?P<from>20\d\d)年?(?:至|到|—|-|~)(?P<to>20\d\d)年(?:底|末)?(?!\d)")
_CARD_FIELD = re.compile(rf"^(?:{TERM_FIELD})(?::|\n)\s*(?P<value>[^\n]+)", re.MULTILINE)
_NOTED = re.compile(rf"^\(?(?:自|从)?(?P<day>{_DAY}) ?起?(?:施行|实施|生效)\)?$", re.MULTILINE)
_FOREIGN = re.compile(
    r"有效期内|有效期满|证书|许可证|资格|居住证|合同|协议|认定有效|评定有效|本[^。;]{0,12}(?:施行|实施)[前后]"
)


@clause("validity")
def validity(document: Document, rules: DocumentRules) -> Iterator[Validity]:
    """The validity of the document, at most one fact (its last article goes before its cover letter).

    Of a notice that issues several papers the first fact is the notice's own, where it says so itself; one for each
    paper that states its own follows.
    """
    read = _together(
        [(start, end, one) for start, end in _sentences(document.clean) if (one := _read(document, start, end))]
    )
    found = read or [(0, one) for one in (*_card(document), *_noted(document))]
    cover = [(start, one) for start, one in read if document.papers and start < document.papers[0].start]
    if found:
        yield _fullest(document, cover or found)
    for paper in document.papers:
        own = [(start, one) for start, one in read if paper.start <= start < paper.end]
        if own:
            yield replace(_fullest(document, own), paper=paper.id)


def _fullest(document: Document, found: list[tuple[int, Validity]]) -> Validity:
    """The fact that says most; where it only begins or only ends, with what another article says of the other end.

    ``一、本通知自2025年1月1日起执行。 … 五、本通知有效期1年。``
    """
    best = max((one for _, one in found), key=_weight)
    for start, one in found:
        if not (_NAMES_ITSELF.match(document.clean, start) or _NOTE.match(document.clean, start)):
            continue
        if _begins(one) and not _ends(one) and not _begins(best):
            return replace(
                best,
                effective_from=one.effective_from,
                month_only=one.month_only,
                days_after_issue=one.days_after_issue,
            )
        if _ends(one) and not _begins(one) and not _ends(best):
            return replace(best, effective_to=one.effective_to, years=one.years)
    return best


def _begins(one: Validity) -> bool:
    return one.effective_from is not None or one.days_after_issue is not None


def _ends(one: Validity) -> bool:
    return one.effective_to is not None or one.years is not None


def _together(read: list[tuple[int, int, Validity]]) -> list[tuple[int, Validity]]:
    """What two sentences side by side say as one (自公布之日起施行。有效期5年。), where they do not say the same thing twice."""
    kept: list[tuple[int, int, Validity]] = []
    for start, end, one in read:
        before = kept[-1][2] if kept and start <= kept[-1][1] + 1 else None
        if before and all(getattr(before, name) is None or getattr(one, name) is None for name in _FIELDS):
            told = {name: value for name in _FIELDS if (value := getattr(one, name)) is not None}
            span = before.span._replace(end=one.span.end)
            month_only = before.month_only or one.month_only
            kept[-1] = (kept[-1][0], end, replace(before, span=span, month_only=month_only, **told))
        else:
            kept.append((start, end, one))
    return [(start, one) for start, _, one in kept]


def _weight(one: Validity) -> tuple[int, int]:
    return _filled(one), one.span.start


def _filled(one: Validity) -> int:
    return sum(getattr(one, name) is not None for name in _FIELDS)


def _sentences(clean: str) -> Iterator[tuple[int, int]]:
    """The sentences that speak of the document's own time in force: by its name, or at its end without a subject."""
    headed = False
    for at in re.finditer(r"[^。;\n]+", clean):
        text = at[0]
        if (
            headed
            and _DAYS.search(text)
            or _ABOUT.search(_ENDING.sub("", text))
            and (
                _SELF.search(text)
                or _has_term(clean, at)
                or (
                    _BARE.match(text)
                    and (_at_end(clean, at.end()) or _MADE_KNOWN.search(clean, max(0, at.start() - 8), at.start()))
                )
            )
        ):
            yield at.start(), at.end()
        headed = bool(_HEADING.fullmatch(text))


def _has_term(clean: str, sentence: re.Match[str]) -> bool:
    """Whether a sentence tells the term of the policy, and its paragraph nothing before it that a measure gives."""
    term = _TERM_OF_POLICY.search(sentence[0])
    begins = clean.rfind("\n", 0, sentence.start()) + 1
    return term is not None and not _GIVES.search(clean, begins, sentence.start() + term.start())


def _at_end(clean: str, end: int) -> bool:
    """Whether what follows is no more than a signature, the notes of a page or a list of attachments."""
    return len(re.sub(r"附件[\s\S]*|\s", "", clean[end:])) <= _LONGEST_END


def _read(document: Document, start: int, end: int) -> Validity | None:
    text = _ENDING.sub(lambda at: "口" * len(at[0]), document.clean[start:end])
    if _FOREIGN.search(text) and not re.search(
        r"本(?:[\u4e00-\u9fff]{2,6}|法)(?:自|有效期)|现予|(?:通过|公布|发布|批准),? ?[自从于]", text
    ):
        return None
    since, until = _bounds(text)
    if since and _is_of_parts(document.clean, start, end):
        since = None
    years = _YEARS.search(text)
    issue = _AFTER_ISSUE.search(text)
    named = next((years[name] for name in "abcdef" if years[name]), None) if years else None
    months = years and years["months"]
    month = None if since else _FROM_MONTH.search(text)
    own = _SELF.search(text) or _TERM_OF_POLICY.search(
        text
    )  # behind the headings that run into it where line ends were lost
    one = Validity(
        article=document.article_at(start + (own.start() if own else len(text) - len(text.lstrip()))),
        span=document.text.span(start, end),
        effective_from=_first_day(month) if month else since,
        month_only=month is not None,
        effective_to=until,
        years=chinese_number(named) if named else int(months) // 12 if months else None,
        days_after_issue=chinese_number(issue["a"] or issue["b"] or issue["c"] or "0") if issue else None,
    )
    return one if _filled(one) else None


def _is_of_parts(clean: str, start: int, end: int) -> bool:
    """Whether a day is that of some things of the paper, as another is told of others just below."""
    one = _OF_PARTS.search(clean, start, end)
    below = _OTHER_PARTS.finditer(clean, end, end + _NEXT_PARTS) if one else ()
    return any(one and other["day"] != one["day"] for other in below)


def _bounds(text: str) -> tuple[dt.date | None, dt.date | None]:
    if period := _PERIOD.search(text):
        return dt.date(int(period["from"]), 1, 1), dt.date(int(period["to"]), 12, 31)
    if (days := _DAYS.search(text)) and not _is_of_another(text, days):
        year = "" if "年" in days["to"] else days["from"].partition("年")[0] + "年"
        return find_date(days["from"]), find_date(year + days["to"])
    since = _FROM.search(text)
    until = _TO.search(text, 0, days.start() if days else len(text))
    return _first(since) if since else None, _last_day(until) if until else None


def _is_of_another(text: str, days: re.Match[str]) -> bool:
    """``自1月6日起实施,1月1日至1月6日期间…``: days behind those since when the paper holds, not called its term."""
    since = _FROM.search(text, 0, days.start())
    if since is None or _first(since) == find_date(days["from"]):
        return False
    return not _TERM_BEFORE.search(text[: days.start()])


def _first(since: re.Match[str]) -> dt.date | None:
    return find_date(since["day"] or since["since"] or since["told"])


def _last_day(until: re.Match[str]) -> dt.date | None:
    """The day named, or the last one of the year or month that is named (至2023年底, 至2024年6月)."""
    if day := until["day"] or until["ended"]:
        return find_date(day)
    year, month = int(until["y"]), int(until["m"] or 12)
    return dt.date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 and year >= dt.MINYEAR else None


def _first_day(month: re.Match[str]) -> dt.date | None:
    year, number = int(month["y"]), int(month["m"])
    return dt.date(year, number, 1) if 1 <= number <= 12 and year >= dt.MINYEAR else None


def _noted(document: Document) -> Iterator[Validity]:
    """The note below a law's title (2011年4月8日 施行), where no article says so."""
    if at := _NOTED.search(document.clean, 0, document.head_end):
        span = document.text.span(at.start("day"), at.end("day"))
        yield Validity(article="0", span=span, effective_from=find_date(at["day"]))


def _card(document: Document) -> Iterator[Validity]:
    """A card's field 时间/频度 or 有效期: since a month, from and until a day, for so many years."""
    for at in _CARD_FIELD.finditer(document.clean):
        if told := _read(document, at.start("value"), at.end("value")):
            yield told
        elif since := _CARD_SINCE.search(at["value"]):
            span = document.text.span(at.start("value") + since.start(), at.start("value") + since.end())
            yield Validity(article="0", span=span, effective_from=_first_day(since), month_only=True)
        elif years := _CARD_YEARS.search(at["value"]):
            yield Validity(
                article="0",
                span=document.text.span(at.start("value") + years.start(), at.start("value") + years.end()),
                effective_from=dt.date(int(years["from"]), 1, 1),
                effective_to=dt.date(int(years["to"]), 12, 31),
            )
