"""One clause of a list of conditions: whether it demands anything, and how it joins what the list has said so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from luodi.policy.conditions.block import MATERIAL, Block, all_of, clauses, gives, refused
from luodi.policy.conditions.headings import HEADED
from luodi.policy.conditions.nothing_demanded import WHAT_OFFICES_DO
from luodi.policy.conditions.phrases import HEAD, attested
from luodi.policy.conditions.sentences import is_known_before
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

# 可不受上述限制, 可按国家要求配套, 具体说明详见附件: what frees or refers, no demand.
_FREES = re.compile(r"不受(?:上述|以上|此|本)[^,。;]{0,6}限制|可(?:以)?按[^,。;]{2,20}(?:配套|执行)|详见附[件录表]")
# 贴息期限不超过3年: of what is paid, among conditions.
_BOUNDS_AWARD = re.compile(
    r"(?:贴息|租金补贴|补[贴助]|奖励|资助|扶持|支持)(?:资金)?(?:率|比例|标准|金额|额度|期限?|时间|年限|周期)[^,。;]{0,6}"
    r"(?:不超过|不高于|最长|最高|最多|不得超过)"
)
# 着力发展智能机器人企业; 申报条件由甲和乙两部分组成; 重点支持产业包括:…, 设立专项资金: before whom the paper is for
_AIMS = re.compile(
    r"(?:申[报请]|项目)(?:企业|单位|项目|主体)(?:方面)?\Z|(?:着力|大力|加快|积极|鼓励|引导|推动|促进)"
    r"(?:发展|推进|培育|打造|构建|建设|提升)|[^,。;]{2,8}由[^,。;]*部分(?:组成|构成)\Z"
    r"|(?:重点|优先)(?:支持|扶持|发展)[^,。;:]{0,8}(?:包括|主要有):|设立[^,。;]{2,20}(?:资金|基金)(?![^,。;]*的)"
    # 优先支持先用后付的项目, 鼓励开放平台, 同一企业不重复支持, 费用包括甲和乙: no demand
    r"|(?:优先(?:支持|扶持|资助|推荐|考虑)|鼓励)|[^,。;]*不(?:再|得|予)?重复(?:支持|享受|资助|补[助贴]|奖励|扶持)(?!的)"
    r"|[^,。;]*(?:费用|支出|成本)(?:主要)?包括"
    # 有效期内的平台视同专业平台并享受政策, 评估机构负责评估的组织实施
    r"|[^,。;]{2,30}视同[^,。;]{2,24}享受|[^,。;]{2,16}负责[^,。;]{2,20}实施\Z"
    # 企业可自主确定培养对象, 培养期限通常为1年, 每年申请一次
    r"|[^,。;]{0,12}可(?:以)?(?:结合|自主|自行)|[^,。;的]{2,10}(?:目标|期限)[^,。;]*(?:为主|通常为|一般(?:为|不超过))"
    r"|(?:[^,。;]{0,8}(?:必须|应当?|须))?(?:每年|逐年|按年)申[请报]一次"
)
# 补贴金额按面积累进计算; 多处租赁的用房,按各处租金享受补贴: how the award is reckoned.
_RECKONED = re.compile(
    r"[^。;]*?(?:(?:资助|补[助贴]|奖励|扶持)(?:金额|资金|年限|额度|面积)[^。;]*?(?:计算|核算|折算)"
    r"|,按(?!照?(?:要求|规定)|[时期])[^,。;]{2,24}(?:享受|给予)[^,。;]{0,10}(?:补[助贴]|资助|奖励)"
    r"|,按(?!照?(?:要求|规定)|[时期])[^,。;]{2,24}(?:补[助贴]|资助|奖励)\Z)"
)
# 对申请书内容的真实性负责,守法经营: what one answers for is no paper to hand in.
_ANSWERED_FOR = re.compile(
    r"对[^,。;]{0,6}申[请报](?:书|材料|资料)[^,。;]{0,24}负责(?=[^;]*(?:守法|未被|未列入|无重大|信用(?:记录)?良好))"
)
# 所谓民营企业,是指…: no demand; 资助范围:实际发生的展位费 is what is paid.
_DEFINES = re.compile(r"(?:所谓|本[^,。;]{0,6}所称)[^。;]*(?:是指|系指)")
_COST = re.compile(r"(?:费用?|租金|支出|利息)\Z")
OTHER_TITLE = re.compile(
    r"\A[一-鿿]{0,8}(?:标准|方式|程序|流程|材料|时间|金额|额度|内容|依据|期限|说明|受理人|部门|渠道|联系人|电话|网址|附件)\|?\Z"
)
"""Another field of an item, which ends a list of conditions."""
# 房地产开发项目不适用本政策, 房地产开发项目除外
_NOT_FOR = re.compile(r"(?:均|一律)?不适用于?本[一-鿿]{1,8}\Z|(?<![()])除外\Z")
# 党政机关工作人员不得申报, 其他资金已支持的项目不再支持, 停产企业不属于补贴对象: among conditions
_MAY_NOT = re.compile(
    r"(?P<who>[^。;:]{4,80}?(?<!未)(?<!者))的?,?(?:其(?:项目|申报)?(?:主体|单位))?(?:一律|均|原则上)?"
    r"(?:(?:不得|不可|不能|不再)再?获得[^,。;]{0,14}(?:资助|支持|奖励|补[助贴]|扶持)"
    r"|(?:不得|不可|不能|不予|不再)(?:申[请报领]|享受|受理|支持|奖励|补[助贴]|资助|扶持|安排|(?:核查|审核|审查|审批|核准)?通过"
    r"|核准)"
    r"|不(?:属于?|在|列入|纳入)(?:本|该)?[^,。;]{0,6}(?:补[助贴]|奖励|支持|资助|扶持|申[报请])(?:对象|范围|之列))"
)
_PAYERS = re.compile(r"(?:财政|资金)[^,。;]{0,14}(?:承担|负担|分担|列支)")
_OF_ONE_CLASS = re.compile(
    r"(?P<who>[^,。;:的]{2,20}(?:机构|企业|组织|公司|单位|平台|中心|园区|项目|院所))(?:应当?|须|需|必须|近[一二三两\d]年)"
)
_ONE_CLASS_OF = re.compile(rf"其中,?{_OF_ONE_CLASS.pattern}")
# 申请甲类的…, 月度入库的,增速不低于10%: demanded in one case.
_DISTINGUISHED = re.compile(
    r"\A(?:对(?!.*(?:进行|予以|给予)(?:扶持|支持|奖励|奖补|补助|补贴|资助)\Z)|申请|申报|属于?|其中)[^,。;]{2,24}的"
    r"|\A[^,。;\d]{2,24}的,(?!且|并|同时|经|或)|\A[^,。;:]{2,16}:"
)


# 重点支持成长性较好的企业, behind whom the paper is for
_PREFERS = re.compile(r"(?:重点|优先)(?:支持|扶持|发展)")
_LEADS = re.compile(r"[^,。;的\d]{2,16}:\Z")  # 高成长企业支持:


def demands_nothing(block: Block, passage: Passage, start: int, end: int, sums: Sequence[int]) -> bool:
    """Whether a clause among demands gives, says what to hand in, who pays, or what is not demanded."""
    text = passage.text[start:end]
    return bool(
        len(HEAD.sub("", text)) < (2 if block.refuses else 4)  # 欠税 shuts out
        or gives(passage, start, end, sums)
        or (MATERIAL.search(_ANSWERED_FOR.sub("", text)) and not block.refuses)
        or _PAYERS.search(text)
        or HEADED.search(text)
        or OTHER_TITLE.match(text)
        or _FREES.search(text)
        or _BOUNDS_AWARD.match(text)
        or _AIMS.match(text)
        or WHAT_OFFICES_DO.match(text)
        or _RECKONED.match(text)
        or _DEFINES.match(text)
        or (block.items and _PREFERS.match(text))
        or _LEADS.fullmatch(passage.text[start : end + 1])
        or ("范围" in block.named and _COST.search(text))
        or not attested(passage, start, end).text
    )


def add(block: Block, passage: Passage, start: int, end: int, *, classes: bool) -> None:
    """Add one clause to a block: what must not be, one more alternative, a class as it stands, else all that it compares."""
    text = passage.text[start:end]
    if excepted := _NOT_FOR.search(text):
        block.demand([refused(passage, start, start + excepted.start())])
    elif (shut := _MAY_NOT.fullmatch(text)) and block.one_of is None and not block.refuses:
        block.items.append(refused(passage, start, start + shut.end("who")))
    elif block.refuses:
        if not block.revokes or is_known_before(text):
            block.items.append(refused(passage, start, end))
    elif block.one_of is not None:
        known = block.items[block.one_of :]
        written = attested(passage, start, end)
        told = with_another(known, written, all_of(passage, start, end))
        if block.several:
            told = replace(told if known else _joined(block.several, told), alternatives=())
        block.items[block.one_of :] = [told]
    elif classes or _DISTINGUISHED.search(text) or _ONE_CLASS_OF.match(text):
        block.items.append(attested(passage, start, end))
    else:
        block.items.extend(all_of(passage, start, end))


def _joined(lead: Condition, first: Condition) -> Condition:
    """The words that want several of a list, with the first of it."""
    span = type(lead.span)(lead.span.start, first.span.end)
    return replace(first, text=f"{lead.text}:{first.text}", span=span)


def several_classes(passage: Passage, low: int) -> bool:
    """``甲类机构应…不低于3%。乙类机构应…不低于4%``: each of the clauses demands of a class of its own."""
    heads = [_OF_ONE_CLASS.match(HEAD.sub("", passage.text[start:end])) for start, end in clauses(passage, low)]
    return len({at["who"] for at in heads if at}) > 1


def with_another(said: Sequence[Condition], written: Condition, parts: Iterable[Condition]) -> Condition:
    """One condition of the alternatives ``said`` so far and of another, which demands ``parts``."""
    another = tuple(parts) or (written,)
    if not said:
        return replace(written, alternatives=(another,))
    (one,) = said
    span = type(one.span)(one.span.start, written.span.end)
    return replace(one, text=f"{one.text};{written.text}", span=span, alternatives=(*one.alternatives, another))
