"""The wording of one responsibility clause: who leads, who takes part (LANGUAGE 5.1, 5.2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.policy.document_rules import FIRST, FIRST_IS_LEAD
from luodi.policy.units.names import Unit, is_office, is_public_body, is_unit, may_be_unit, split_outside, split_units

LEAD, PART, ALL, NONE = "lead", "part", "all", "none"

_NOUN = r"(?:单位|部门|处\(?室\)?|[科股](?:室|\(室\))|机构|主体单位)"
_LABELS = {
    LEAD: rf"(?:总?牵头(?:负责|责任|实施|落实)?|主办|主责|主要(?:责任|负责)|(?:第一|首要)责任){_NOUN}|(?:牵头|主办)(?=\s*:)",
    PART: rf"(?:配合|参与|参加|协办|协同|协助|支持|协作|会办|共同(?:参与|责任|配合))(?:责任|负责|实施)?{_NOUN}|(?:配合|协办|参与|参加|协同|协助)(?=\s*:)",
    ALL: rf"(?:责任|负责|实施|落实|执行|承办责任|工作责任|任务责任|具体责任|承办){_NOUN}|责任主体(?=\s*(?::|为|—))|(?:责任|负责|(?:实施|落实)主体|(?:责任|职责|任务)分工)(?=\s*:)",
}
_LEVEL = "(?:[省市县区]级)?"  # 市级责任单位:…;县级责任单位:…
LABEL = re.compile(f"{_LEVEL}(?:{'|'.join(_LABELS.values())})")
_ROLE = _LEVEL + "(?:" + "|".join(f"(?P<{role}>{words})" for role, words in _LABELS.items()) + ")"
# 责任单位:甲局联系人:某某: other fields of a task, also where the blank before them was lost.
_OTHER = r"(?:联系人|(?:联系)?电话|(?:完成|办结|推进|整改)?(?:时限|时间|期限)|责任(?:人|领导)|(?:督导|监督)单位)"
_FIELD = re.compile(
    rf"(?:{_ROLE}|(?<=[局委办厅部会府院处心司区县市]){_OTHER}|(?:(?<=[,;。、:(\[〔【\s])|\A)"
    rf"(?![^:]{{1,6}}(?:{LABEL.pattern}))(?![^:]{{2,6}}[局委办厅部会府院处心司区县市]{_OTHER})[^,;。、:\s()]{{2,8}})\s*:"
)

# 责任单位——甲局, 牵头单位为甲局, 责任单位 甲局: a label without its colon.
_UNMARKED = re.compile(rf"(?:(?<=[,;。、(\[〔【\s])|\A)({LABEL.pattern})(?:\s*(?:[—–-]+|为)|\s)\s*(?=[^\s:])")
_SLASHED = re.compile(rf"({LABEL.pattern})\s*/\s*")  # 牵头单位/甲局 责任单位/乙局
# 排在首位的为牵头部门,其他部门配合: the document's rule and what it says of the rest.
_FIRST_LEADS = re.compile(rf"[,;。、]?[^,;。、()]{{0,12}}(?:{FIRST_IS_LEAD.pattern})[^,;。]*(?:[,;]其[他余][^,;。]*)?")
_RULE = re.compile(r"标[☆★*※△▲●]|[☆★*※△▲●]的?为|下同|类同|不再(?:单独|另行|一一|逐一)?列出|不再另列|均需|无牵头|^以下")
# (A牵头,年内持续推进), (B负责,6月底前出台): until when, no unit.
_SCHEDULE = re.compile(
    r"\s*(?:(?:20)?\d\d年|\d{1,2}月|年[内底末]|[全今当本]年|(?:近|中|长)期|持续|常年|常态化|分(?:年度|阶段|步)|适时|立即|尽快|贯穿)"
)
_RULE_BRACKET = re.compile(rf"\((?=[^()]*(?:{FIRST}|标[☆★*※△▲]|下同))[^()]*\)")
_BY_DUTY = (
    r"(?:结合实际|因地制宜|按照?(?:各自)?(?:职责|职能)(?:分工)?|依(?:据|照)?(?:各自)?职责(?:分工)?|根据(?:各自)?职责(?:分工)?|分工"
    r"|分别|共同|具体|各自|等)*+"
)
_WORK = r"(?:组织|督导|督促|贯彻|实施|落实|推进|推动|负责|承担|抓好|做好|开展|制定|完成|办理|统筹|协调|工作|和|、)*+"
_VERBS = (
    (
        LEAD,
        re.compile(
            rf"{_BY_DUTY}(?:为(?:总?牵头|主办|主责|第一责任){_NOUN}|(?:联合|负责)?(?:总?牵头(?:抓总)?+|主办|为主|主抓|主责)(?!要?(?:负责|责任)?{_NOUN}){_WORK})"
        ),
    ),
    (
        PART,
        re.compile(
            rf"{_BY_DUTY}(?:积极|予以|共同|协同)?(?:配合|参与|参加|协同|协助|协办|协作|支持|指导|监督(?=[,;。]|\Z)){_WORK}"
        ),
    ),
    (
        ALL,
        re.compile(
            rf"{_BY_DUTY}(?:负责|组织实施|贯彻落实|组织落实|落实|实施|承担|推进){_WORK}|为(?:责任|实施|落实)主体"
            r"|各负其责|(?:按照?|依据?|根据)(?:各自)?(?:职责|职能)分工"
        ),
    ),
)
_WITH = re.compile(
    rf"(?P<lead>.+?)(?:牵头)?(?:会同|(?<=[局委办厅部署行府会院])(?:商(?![务业会])|同(?=[省市区县]))|联合(?!会))(?P<part>.+?)(?:牵头)?(?:{_BY_DUTY}{_WORK})\Z"
)
# (省甲局), (综合科): one office in brackets, without a word of what it does.
_ALONE = re.compile(r"[市省区县]|[一-鿿]{2,8}[科股]\Z|办公室\Z")
_LONGEST_MARKED = 16
_FRAME_HEAD = re.compile(
    r"\A(?:(?:以上|上述|该|本|此)(?:条|项|款)?(?:政策|措施|条款|事项|任务|工作|内容)?)?(?:的|由|,)*(?=.{2})"
)


class Roles(NamedTuple):
    """The units of one clause by role; ``labelled`` where a label or a verb says that it is one."""

    lead: tuple[str, ...]
    participants: tuple[str, ...]
    labelled: bool


class _Part(NamedTuple):
    role: str
    units: list[Unit]


def read_roles(text: str, first_is_lead: bool) -> Roles | None:
    """Read a clause without its outer brackets; None where it assigns nothing.

    A label (责任单位:) or a verb (牵头, 负责, 会同 …) says so; a bare list counts only where every member is an office.
    """
    text = _FIRST_LEADS.sub("", _RULE_BRACKET.sub("", text))
    text = _SLASHED.sub(r";\1:", text).strip(" ;")
    text = _UNMARKED.sub(r"\1:", text)
    fields = _fields(text)
    parts = [part for role, content in fields for part in _parts(content, role)]
    labelled = any(role != NONE for role, _ in fields)
    said = labelled or any(part.role != NONE for part in parts)
    parts = [_Part(part.role, [unit for unit in part.units if may_be_unit(unit.name)]) for part in parts]
    if not _believable(text, fields, parts, labelled, said):
        return None
    lead, participants = _assign(parts, first_is_lead)
    return Roles(_once(lead), _once([name for name in participants if name not in lead]), said)


def _fields(text: str) -> list[tuple[str, str]]:
    """Labelled fields of a clause with their roles; a field of another kind (适用范围:) is left out."""
    found = list(_FIELD.finditer(text))
    start = found[0].start() if found else len(text)
    fields = [(NONE, text[:start])] if text[:start].strip(" ,;。") else []
    ends = [at.start() for at in found[1:]] + [len(text)]
    for at, end in zip(found, ends, strict=bool(found)):
        role = next((role for role in (LEAD, PART, ALL) if at[role]), None)
        if role:
            fields.append((role, text[at.end() : end]))
    return fields


def _parts(content: str, role: str) -> list[_Part]:
    """The runs of units of one field, each with the role that its verb or else its label gives."""
    parts: list[_Part] = []
    waiting = ""
    for segment in _segments(content):
        together = f"{waiting},{segment}" if waiting else segment
        with_ = _WITH.match(segment)
        if with_ and not re.search(r"牵头.*,", segment):
            lead = f"{waiting},{with_['lead']}" if waiting else with_["lead"]
            parts += [_Part(LEAD, _units(lead)), _Part(PART, _units(with_["part"]))]
            waiting = ""
            continue
        verb = _verb(segment)
        joined = re.match(r"会同|联合|协同|商请?(?=[市省区县])", segment)
        if joined and parts and not waiting:
            end = verb[1] if verb else len(segment)
            parts.append(_Part(PART, _units(segment[joined.end() : end])))
            continue
        if verb is None:
            waiting = together
            continue
        said, at = verb
        if said == ALL and parts and "负责" not in segment[at:]:
            said = PART  # A、B负责,C落实: who carries out what others answer for
        if said == PART and waiting and role in (ALL, LEAD) and not parts:
            parts.append(_Part(role, _units(waiting)))  # 责任单位:A,B参与
            together = segment
        parts.append(_Part(said, _units(together[: len(together) - (len(segment) - at)])))
        waiting = ""
    if waiting:
        parts.append(_Part(role, _units(waiting)))
    return parts


def _segments(content: str) -> list[str]:
    """Comma-separated runs without the document's own rules and dates, one verb at most in each."""
    runs = [run for run in split_outside(content, ",;。\n") if not (_RULE.search(run) or _SCHEDULE.match(run))]
    return [part.strip() for run in runs for part in split_outside(_after_verbs(run), ",") if part.strip()]


def _after_verbs(run: str) -> str:
    """A comma put after a 牵头 or 配合 that the text runs on from (A牵头、B配合; A牵头B配合)."""
    for _, verb in _VERBS[:2]:
        run = re.sub(rf"({verb.pattern})[、\s]", r"\1,", run)
        run = re.sub(rf"({verb.pattern})(?=[^,;。、\s)等])", r"\1,", run)
    return run


def _verb(segment: str) -> tuple[str, int] | None:
    """The role that a segment's closing verb gives, and where the verb begins."""
    for role, verb in _VERBS:
        for at in verb.finditer(segment):
            if at.end() == len(segment) and at[0]:
                return role, at.start()
    return None


def _units(text: str) -> list[Unit]:
    return split_units(_FRAME_HEAD.sub("", text.strip()))


def _believable(text: str, fields: list[tuple[str, str]], parts: list[_Part], labelled: bool, said: bool) -> bool:
    units = [unit for part in parts for unit in part.units]
    if not units:
        return False
    if labelled:
        return any(is_unit(unit.name) for unit in units)
    read = sum(len(unit.name) for unit in units)
    if said:
        sure = any(is_office(unit.name) for unit in units) or all(is_public_body(unit.name) for unit in units)
        return sure and 2 * read >= len(_RULE_BRACKET.sub("", text)) - 40
    bare = [unit for _, content in fields for unit in _units(",".join(_segments(content)))]
    offices = sum(is_office(unit.name) for unit in bare)
    sure = 2 * offices > len(bare) and offices > 1 and all(is_unit(unit.name) for unit in bare)
    alone = len(bare) == 1 and not _ALONE.match(bare[0].name)
    signed = [unit.name for unit in bare if unit.marked]  # ★甲局、某某重工
    led = bool(signed) and all(map(is_office, signed)) and all(len(unit.name) <= _LONGEST_MARKED for unit in bare)
    return (sure or led or offices == len(bare)) and not alone


def _assign(parts: list[_Part], first_is_lead: bool) -> tuple[list[str], list[str]]:
    """Lead and participants by the roles said, by marks, by the document's rule; else all lead."""
    by_role = {role: [unit.name for part in parts if part.role == role for unit in part.units] for role in (LEAD, PART)}
    others = [unit for part in parts if part.role in (ALL, NONE) for unit in part.units]
    marked = [unit.name for part in parts for unit in part.units if unit.marked]
    rest = [unit.name for unit in others]
    if by_role[LEAD]:
        return by_role[LEAD], [unit.name for part in parts if part.role != LEAD for unit in part.units]
    if marked:
        return marked, [unit.name for part in parts for unit in part.units if not unit.marked]
    if rest and first_is_lead:
        return rest[:1], rest[1:] + by_role[PART]
    return (rest, by_role[PART]) if rest else (by_role[PART], [])


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
