"""The items of a policy (政策事项): the articles that awards belong to, each with its rules, sums, desk and standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi import clock
from luodi.entitlement.show import MODE_WORDS
from luodi.policy.decisions import terms
from luodi.policy.pack import Pack
from luodi.policy.proposals.rules import TO_PERSONS, paper_of
from luodi.policy.punctuation import widened
from luodi.quantities.periods import yearly_words
from luodi.service.papers.content import Line, Piece, say
from luodi.service.policies.calls import ShownCall, calls_now, item_names
from luodi.service.policies.fact_lines import benefit_figure, percent, wan, written
from luodi.service.policies.models import PolicyText, PolicyVersion
from luodi.service.policies.queries import Validity, places, todays_names, validity_on
from luodi.service.policies.rule_words import rule_words
from luodi.service.policies.shown_text import quoted
from luodi.service.policies.silence import ISSUE, absent, term

Row = Mapping[str, Any]
UNIT_KINDS = {
    "enterprise": "企业",
    "institute": "科研院所",
    "university": "高等院校",
    "park": "园区",
    "other": "其他单位",
}
PAPER_WORDS = {
    "public_list": "免交", "document": "需提交", "attested": "线下核验", "offline": "线下核验", "self_reported": "需填报",
}  # fmt: skip
PAPER_NOTES = {
    "public_list": "公布名单由系统核对", "document": "证书或批准文件", "attested": "原件带到窗口，不上传",
    "offline": "只在窗口查验，不上传", "self_reported": "由单位填写并对真实性负责",
}  # fmt: skip
"""How each kind of evidence is brought, in a word and in a phrase."""


@dataclass(frozen=True)
class Source:
    """What papers are made from: the version in force, its pack, its state on the business date, names of today, and
    the calls that receive claims on that date or will.
    """

    version: PolicyVersion
    pack: Pack
    validity: Validity
    today: Mapping[str, str]
    calls: Sequence[ShownCall] = ()

    @property
    def slug(self) -> str:
        """The policy's name in addresses."""
        return str(self.version.policy.slug)

    def stated(self, section: str, article: str = "", *kinds: str) -> tuple[Row, ...]:
        """Facts of a section: of an article and those below it, of some kinds (or names); all where neither is given."""
        return tuple(
            row for row in self.pack.facts.get(section) or ()
            if (not article or row["article"] == article or row["article"].startswith(f"{article}."))
            and (not kinds or row.get("kind", row.get("name")) in kinds)
        )  # fmt: skip

    def for_item(self, section: str, article: str, *kinds: str) -> tuple[Row, ...]:
        """Facts of the whole text that bear on an article: of a notice with several papers, those of its paper and the letter."""
        rows, papers = self.stated(section, "", *kinds), [paper["id"] for paper in self.pack.papers]
        own = paper_of(article, papers)
        return tuple(row for row in rows if own is None or paper_of(row["article"], papers) in (None, own))

    def named(self, unit: str) -> str:
        """A unit as written, with today's name in brackets where it has another."""
        return f"{unit}（今{self.today[unit]}）" if unit in self.today else unit


def source_of(version: PolicyVersion, pack: Pack) -> Source:
    """The source of papers on the business date."""
    return Source(version, pack, validity_on(version), todays_names(version, pack), calls_now(version.policy))


@dataclass(frozen=True)
class Item:
    """One item: the article, its name, and the rules of its awards."""

    article: str
    name: str
    rules: tuple[Row, ...]

    @property
    def modes(self) -> tuple[str, ...]:
        """How it is handled, in words, each once."""
        return tuple(dict.fromkeys(MODE_WORDS[rule["mode"]] for rule in self.rules))

    @property
    def total_only(self) -> bool:
        """Whether results are published only as one figure for the whole item."""
        return any(rule["publication"] == "item_total" for rule in self.rules)


def items(pack: Pack) -> list[Item]:
    """All items in pack order."""
    return [
        Item(article, name, tuple(rule for rule in pack.rules if rule["item"] == article))
        for article, name in item_names(pack).items()
    ]


def recipients_words(rule: Row) -> str:
    """Who may be paid: kinds of units, or persons, of whom no register says anything."""
    if rule["recipients"].get("note") == TO_PERSONS:
        return "个人"
    if set(rule["recipients"]["kinds"]) == set(UNIT_KINDS):
        return "单位不分类别"
    return "、".join(UNIT_KINDS[kind] for kind in rule["recipients"]["kinds"])


def no_items(pack: Pack) -> Line:
    """What a paper says in place of its items where a policy has none."""
    if pack.facts["benefits"]:
        return say(f"文中的奖补（{len(pack.facts['benefits'])} 条）还没有设定测算规则，金额和条款见政策事项清单。")
    return say(f"本政策没有奖补事项。奖补标准：{absent(pack, 'benefits')}。")


def benefits_of(pack: Pack, rule: Row) -> list[Row]:
    """The benefits of the text that a rule pays: those of its award, else of its article with its events."""
    rows = [row for row in pack.facts["benefits"] if row["article"] == rule["article"]]
    own = [row for row in rows if f"{row['article']}#{row['award']}" == rule["id"]]
    events = set((rule.get("trigger") or {}).get("events") or ())
    return own or [row for row in rows if events & set(row["events"])] or rows


def caps_of(pack: Pack, rule: Row) -> list[str]:
    """What a rule's awards may come to with others, in words; a maximum of its own stands with its sum."""
    return [
        f"{words.partition('（')[0]}（与其他 {len(cap['rules']) - 1} 项合并计算）"
        for each in pack.rules
        if any(rule["id"] in cap["rules"] for cap in each.get("caps", ()))
        for cap, words in zip(each["caps"], rule_words(pack, each).caps, strict=True)
        if rule["id"] in cap["rules"] and len(cap["rules"]) > 1
    ]


def standards(pack: Pack, rule: Row) -> list[Line]:
    """Each sum of a rule with its grade and its clause."""
    lines = []
    rows = benefits_of(pack, rule)
    for row in rows:
        grade = widened(" · ".join(dict.fromkeys(filter(None, (row["selector"], "、".join(row["actions"]))))))
        if len(rows) == 1 and grade == widened(rule["title"]):
            grade = ""  # the rule's name says it
        lines.append((Piece(f"{grade}：" if grade else ""), Piece(benefit_figure(row), row["article"], bold=True)))
    return lines or [say("本文未定金额", rule["article"])]


def each_rule(item: Item, write: Callable[[Row], Iterable[Line]]) -> list[Line]:
    """What is written for each rule: first what holds for all, then what is a rule's own, under its name."""
    written = [(str(rule["title"]), list(dict.fromkeys(write(rule)))) for rule in item.rules]
    first, *others = (lines for _, lines in written)
    common = [line for line in first if all(line in lines for lines in others)]
    named: list[Line] = []
    for title, all_lines in written:
        if lines := [line for line in all_lines if line not in common]:
            named += [say(title, bold=True), *lines] if others else lines
    heading = [say("各情形共同", bold=True)] if common and named and others else []
    return [*named, *heading, *common] if others else [*common, *named]


def leads(pack: Pack, article: str) -> tuple[str, list[str], list[str]]:
    """The nearest clause at or above an article whose duty names units: its address, leads, participants."""
    parts = article.split(".")
    for depth in range(len(parts), 0, -1):
        above = ".".join(parts[:depth])
        for duty in pack.facts["duties"]:
            if duty["article"] == above:
                return above, list(duty["lead"]), list(duty["participants"])
    return "", [], []


def event_kinds(pack: Pack, rule: Row) -> list[Row]:
    """The kinds of event a rule pays on, as the vocabulary defines them."""
    wanted = (rule.get("trigger") or {}).get("events") or []
    return [kind for kind in pack.vocabulary["events"] if kind["id"] in wanted]


def quotes(source: Source, rule: Row) -> list[str]:
    """The sentences a rule rests on, from the loaded text; empty where no text is loaded or places do not fit."""
    stored: PolicyText | None = getattr(source.version, "text", None)
    if stored is None:
        return []
    _, facts = places(source.pack, stored)
    rows = source.pack.facts["benefits"]
    wanted = {id(row) for row in benefits_of(source.pack, rule)}
    located = facts["benefits"] if len(facts["benefits"]) == len(rows) else []
    spans = [
        here.get("sentence") or here["span"] for here, row in zip(located, rows, strict=False) if id(row) in wanted
    ]
    if not spans and rule["span"] and not stored.notice:
        spans = [rule["span"]]
    return list(dict.fromkeys(quoted(stored.text, *span) for span in spans))


def in_force_line(source: Source) -> str:
    """From when until when, as the text says; of a notice with several papers each for itself."""
    if source.pack.facts.get("paper_validities"):
        each = [(title, written("validity", said)[1] if said else "") for title, said in terms(source.pack.data)]
        return "；".join(f"《{title}》{words or absent(source.pack, 'effective_from')}" for title, words in each)
    begins, expires = source.validity.starts, source.validity.ends
    if begins and expires:
        return f"{_day(begins)} 至 {_day(expires)}"
    starts, ends = term(source.pack)
    if begins:
        first = f"{_day(begins)}起施行"
    elif starts.startswith(ISSUE):  # 发布之日, 发布之日起 30 日后
        first = f"自{starts}{'起' if starts == ISSUE else ''}施行"
    else:
        first = f"施行日期：{starts}"
    return f"{first}；{f'有效期至{_day(expires)}' if expires else f'届满日期：{ends}'}"


def in_force_sentence(source: Source) -> str:
    """The same as a sentence of a paper; two days alone are called what they are."""
    both = source.validity.starts and source.validity.ends and not source.pack.facts.get("paper_validities")
    return f"{'施行期间：' if both else ''}{in_force_line(source)}。"


def in_force_lines(source: Source, item: Item) -> list[Line]:
    """When an item's paper is in force, what follows from that, and who interprets it."""
    own = source.for_item("paper_validities", item.article)
    whole = source.pack.facts["validity"] or {}
    if own and source.pack.papers:
        lines = [say(written("validity", row)[1], row["article"]) for row in own]
    else:
        notes = [say(source.validity.note)] if source.validity.note else []
        lines = [say(in_force_line(source), whole.get("article", "")), *notes]
    interpreted = source.for_item("interpretations", item.article)
    return [*lines, *(say(f"解释：{'、'.join(row['units'])}", row["article"]) for row in interpreted)]


def _day(value: date) -> str:
    return f"{value:%Y年%-m月%-d日}"


def dated_line(source: Source) -> str:
    """The line under a title: version, and the day the paper stands for."""
    return f"（政策包第 {source.version.number} 版，业务日期 {clock.today():%Y年%-m月%-d日}）"


def warning_of(source: Source) -> str:
    """What must be said first where nothing can be claimed now."""
    if source.validity.claimable:
        return ""
    return f"{source.validity.label}：{source.validity.note}"


def readings_of(pack: Pack, rule: Row) -> list[tuple[str, str, bool]]:
    """Questions that touch a rule: number, question with the official answer where there is one, whether it is answered."""
    asked = {entry["id"]: entry for entry in pack.ambiguities}
    found = []
    for reading in rule["readings"]:
        number = reading["ambiguity"] or ""
        entry = asked.get(number)
        answer = entry["answer"] if entry else None
        words = reading.get("note") or (entry["question"] if entry else "")
        if entry and answer:
            label = next(each["label"] for each in entry["options"] if each["id"] == answer["option"])
            since = "，此前的事项也适用" if answer["retroactive"] else ""
            words = f"{words}官方答复：{label}（{answer['paper']}，自 {answer['from']} 起{since}）"
        found.append((number, words, bool(answer)))
    return list(dict.fromkeys(found))


PAYMENT_WORDS = {"payers": "分担", "instalments": "分期"}
_LENGTHS = {"day": "日", "working_day": "个工作日", "month": "个月", "year": "年"}


def deadline_words(row: Row) -> str:
    """A deadline or window as the text states it: a day, a day of every year, or so long after something."""
    act = row["act"] or "办理"
    if row["start"] or row["end"]:
        return f"{act}：{row['start'] or ''} 至 {row['end'] or '（未写明）'}".replace("： 至", "：至")
    if row["yearly"]:
        return f"{act}：{yearly_words(row['yearly'])}"
    if row["length"] is None:
        return str(act)
    after = f"{row['after']}后 " if row["after"] else ""
    return f"{act}：{after}{row['length']} {_LENGTHS.get(row['unit'] or '', '')}内"


def share_words(row: Row) -> str:
    """Who pays which part, or what is paid when; payers alone where the text divides nothing."""
    if not any(part["share"] or part["fen"] is not None for part in row["parts"]):
        return f"{'、'.join(part['name'] for part in row['parts'])}（各自比例本文未写明）"
    parts = []
    for part in row["parts"]:
        size = percent(part["share"]) if part["share"] else wan(part["fen"]) if part["fen"] is not None else "未写明"
        parts.append(f"{part['name']} {size}")
    return "、".join(parts)
