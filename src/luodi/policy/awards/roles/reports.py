"""What a text tells of others: reports of what was paid, cases reckoned through, what firms said and had (LANGUAGE 6.10).

News, interpretations and answers stand beside the rule with the same words for it; nobody is promised what they tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.policy import award_terms as terms

_PAY = rf"(?:兑现|发放|拨付|兑付|下达|享受|拿到|领取|领到|获得?|{terms.KIND})"
# How far apart the words of a report stand; without a bound a text that lost its stops takes ages.
_BETWEEN, _NEXT = r"[^。!?\n]{0,60}?", r"[^。!?;\n]{0,40}?"
# 例如,某企业投入1000万元,按10%补助; 以A公司为例: up to the end of the sentence; 举例: opens more.
_EXAMPLE = re.compile(
    r"(?<![^。!?\n])[“\"(]?(?:例如|比如|譬如|假[如设定]|举例(?:来说|说明|而言)?|举个例子|案例[一二三\d]?|示例[一二三\d]?"
    r"|如,?(?=[^,。;]{0,4}某)|以[^,。;]{2,16}为例)[,:][^。!?\n]*"
)
# 某企业, A企业, 甲公司, 张某, 李先生: nobody; 对某一行业 is everybody of it.
_SOMEBODY = re.compile(
    r"(?<![^,。;:(“])(?:假[如设]|若|如|比如|例如)?(?:(?:我[市区县]|本地)?某(?:家|科技|制造|工业|民营)*(?:企业|公司|单位|机构|先生|女士)"
    r"|[A-Z](?:企业|公司|单位)|[甲乙丙]公司|[一-鿿](?:某某?|先生|女士))(?![类级等])[^。!?;\n]*"
)
# 目前A县给予50万元;B县30万元; 邻近的青泽县对新升规企业奖励20万元; 调研发现,各地每个补助10万元: what other places pay.
_ELSEWHERE = re.compile(
    r"(?<![^,。;:(“\n])(?:目前|当前|现在?|其中|如)?,?(?=[^。!?\n]{0,80}(?:给予|奖励|补[助贴]|资助|贴息))(?:(?:[A-Z甲乙丙丁]|某[一兄邻]?)[县市省](?![级内外直区、])"
    r"|(?:邻近|毗邻|周边|相邻|邻|兄弟)的?[^,。;:\d]{0,8}[县市区省](?:目前|现|已经?|均|则|也|都|普遍|大多)?(?=对|出台|实行|规定|明确|给予|一次性))[^。!?\n]*"
    r"|(?<![^,。;:(“\n])(?:我们|经|在)?(?:调研|考察|走访|座谈)(?:中|时)?(?:发现|了解|得知|看到|显示)[^。!?\n]*"
)
# …奖励20万元,值得借鉴; …每人补贴20万元,力度大于我市: told to be compared with what is paid here.
_COMPARED = re.compile(
    r"(?<![^。!?;\n])[^。!?;\n]{0,120}?\d[^。!?;\n]{0,60}?(?:(?:值得|可供|供)[^,。;\d]{0,6}(?:借鉴|学习)"
    r"|[高大优多强低]于我[市县区省](?:现行)?(?:的?标准|水平)?(?=[,。;!\d]|\Z))[^。!?\n]*"
)
# “去年我们拿到了80万元奖励”
_SPOKEN = re.compile(r"“[^“”]*(?:我们|我(?=公司|厂|企业|拿|领|家|司)|咱们?|大家)[^“”]*”")
_MANY = r"[\d.]+[万余多]*(?:家|户|名|位|个|人次?|批次?)(?!月|工作日|以[上下内])"
_PAST = (
    r"(?:累计|已经?(?=[向为对给发兑拨累惠])|截[至止]|近期|近日|日前|去年|三年来|[近几两三五\d]+年来|今年以来|以来,"
    r"|20\d\d年(?:度|以来|全年|共|,|[我全]?[市区县])*(?=[向为给共累我全,]))"
)
# 去年全市共有58家企业获得技改补助,最高一家拿到800万元: a sentence that counts whom was paid in time past.
_COUNTED = re.compile(
    rf"{_PAST}{_BETWEEN}(?:(?:[向为对给]|共有?|累计|惠及)(?:了|我[市区县]|[全本][市区县省]|符合条件的)*{_MANY}{_NEXT}{_PAY}"
    rf"|{_MANY}[^,。;\d]{{0,10}}(?:共|累计)?(?:获得?|拿到|领到|享受)|{_PAY}{_NEXT}惠及{_NEXT}{_MANY}"
    rf"|平均(?:每[家户人个项]|支持|补助|奖励|补贴|资助|获)[^,。;\d]{{0,6}}\d)[^。!?\n]*"
)
# 拿到了80万元, 去年获得研发补助200万元, 已按每家20万元兑现: what somebody has had.
_HAD = re.compile(
    r"(?:去年|上年|20\d\d年)度?(?:已|曾)?(?:获得?|拿到|享受|领取)[^,。;的\d]{0,12}\d(?![^,。;]*(?:以[上下内]|的))[^,。;]*"
    r"|已经?按[^,。;的]{0,24}\d[\d.]*[万亿]?元[^,。;的]{0,8}(?:兑现|兑付|发放|拨付|奖励|补[助贴])[^,。;]*"
    r"|(?:拿到?|获得?|领到?|领取|兑现|发放|拨付|享受|得到|收到|奖励|补助|补贴)了[^,。;的]{0,10}\d[^。!?;\n]*"
)
# 近日,某镇…获奖励150万元; 在首批奖励中,…获奖励: what one had in a year that is told.
_WAS_GIVEN = re.compile(
    rf"(?:20\d\d年|去年|今年|日前|近日|近期|此前){_BETWEEN}[^可能将应需]"
    r"(?<!一次性)获得?(?:奖励|补助|补贴|资助|奖金|支持)(?:资金|金)?(?:共|约)?\d[^。!?;\n]*"
)
# 上一轮政策奖励20万元,新政策…; 原政策按10%补助: what no longer holds, told beside what does.
_OLD = re.compile(
    r"(?<![^,。;:!?\n])(?:(?:而|此前|以前|过去)?(?:上一?轮|原有?|旧|老)(?:的)?(?:政策|办法|规定|标准|文件|版本)|此前|以前)"
    r"(?!(?:的)?(?:基础|继续|同时|执行|有效|不变))(?P<old>[^。;!?\n]{0,60}?\d[^,。;]*)(?=,(?:而|但|现|新|本|此次|这次|今年)[^。;]{0,60}\d)"
)
# 本次下达资金5000万元,其中奖励类项目3000万元; 经费概算200万元,其中设备补助费80万元: how a budget is parted.
_PARTED = re.compile(
    r"(?<![^。!?;\n])(?![^。;:]*(?:对|给予))[^。!?;\n]{0,40}(?:(?:下达|安排|拨付|筹集|切块|预算)[^,。;]{0,16}(?:资金|经费|补助)|(?:预算|概算|经费))"
    r"(?:总额|总计|共计|合计|为|约)*[\d.]+[万亿]?元[,(:]其中[^。!?\n]*"
    r"|(?<![^。!?;\n])(?:资金|经费|预算)(?:预算)?(?:安排|分配|构成|测算)(?:情况|如下)*:[^。!?\n]*"
)
# 给予消费者5000元补贴,总额500万元,先到先得: what there is for all.
_FOR_ALL = re.compile(
    r"(?<=[,;(])(?:资金|补贴|补助|奖励|活动)?(?:资金)?总[额量](?:为|控制在|不超过|共计)*[\d.]+[万亿]元(?:[,)。;](?:先到先得|用完即止|额满即止|发完(?:即止|为止)))"
)
# 云岭机械有限公司50万元: who was found to have it.
_NAMED = re.compile(
    r"[^,。;:、\n]{2,24}(?:有限(?:责任)?|股份)公司(?:\([^()]*\))?(?:获得?)?(?:补助|奖励|资助)?(?:资金|金额|金)?:?[\d.]+[万亿]?元"
)
_CUES = re.compile(
    r"借鉴|学习|邻|周边|兄弟|调研|考察|走访|座谈|[A-Z甲乙丙丁][县市省]|有限|预算|概算|经费|资金|总额|例|假|某|企业|公司|先生|女士|我们|我|咱|累计|已|截|近|日前|去年|年来|以来|20\d\d年|了|今年|此前|上一?轮|原|旧|老|以前"
)


def find_reports(text: str) -> Iterator[tuple[int, int]]:
    """Where a paragraph tells of others, from the first word of what is told to its end."""
    if not (_CUES.search(text) and re.search(r"\d", text)):
        return
    for told in (
        _EXAMPLE,
        _SOMEBODY,
        _ELSEWHERE,
        _COMPARED,
        _SPOKEN,
        _COUNTED,
        _HAD,
        _WAS_GIVEN,
        _PARTED,
        _FOR_ALL,
        _NAMED,
    ):
        yield from (at.span() for at in told.finditer(text))
    yield from (at.span("old") for at in _OLD.finditer(text))
