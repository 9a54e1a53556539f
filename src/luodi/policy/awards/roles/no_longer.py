"""Sums that no reader can have: what so many were paid, what is budgeted or handed on, words that a notice takes out."""

from __future__ import annotations

import re

from luodi.policy.awards.numbers.number_groups import Group
from luodi.policy.passages import Passage

# 特困人员74人,发放补助19.36万元; 为33名老人发放补助5万元; 累计发放935万元,其中分散供养资金发放813万元: what was paid to so many.
_PAID_TO_SO_MANY = re.compile(
    r"(?:(?:\A|[,。;]|其中)(?![^,。;]*(?:招用|吸纳|安置|培训|介绍|引进))[^,。;\d]{2,14}(?:人员|对象|家庭|老人|儿童|学生)\d+[人户名],(?:共|累计)?"
    r"|为\d+[名户人个][^,。;\d]{2,24}|累计发放[^。;]{0,30}元,[^。;]*[^,。;\d]{2,16}|\d月份?共)发放[^,。;\d]{0,12}\Z"
    r"|\d+家(?:企业|单位|机构),给予[^,。;\d]{2,12}共\Z"
)
# 向721.1万户企业发放稳岗返还448.4亿元, 共有395.7万户企业享受到196.8亿元补助: what was spent on so many in all.
_SPENT_ON = re.compile(
    r"(?:向|为|对|共有?|累计)[\d.]+[万亿][名户人个家](?:次)?[^,。;\d]{0,14}(?:发放|兑付|兑现|拨付|享受到?|支付|返还|惠及)[^,。;\d]{0,14}\Z"
    r"|(?:[向为]|共有)[\d.]+万?[名户人个家](?:次)?[^,。;\d]{0,14}享受到[^,。;\d]{0,14}\Z"
)
# 对2022年度首次入库的16家企业奖励80万元: what so many have had in a year.
_HAD_IN_YEAR = re.compile(
    r"20\d\d年[^,。;:]{0,16}的\d+[家个名户][^,。;:\d]{2,10}(?:奖励|补助|发放|兑现)[^,。;:\d每各]{0,6}\Z"
)
# 每年扶持资金总额不超过8000万元; 资金实行总额控制,每年不超过1亿元; 资助资金按年度预算安排,年度资助总额不超过1亿元.
_FUND_OF_ALL = re.compile(
    r"(?:(?:每年|年度|全年)[^,。;\d]{0,16}资金[^,。;\d]{0,6}(?:总额|规模)|资金[^,。;\d]{0,8}(?:每年|年度)[^,。;\d]{0,4}(?:总额|规模)"
    r"|资金[^,。;\d]{0,6}(?:总额|总量)控制|资金(?:按照?|实行|纳入)年度(?:财政)?预算[^,。;]{0,8},(?:每年|年度)[^,。;\d]{0,6}总额)[^。;\d]{0,24}\Z"
)
_SOMEBODYS = re.compile(r"单[个家一户]|每[个家户项名]|同一|企业|单位|项目|机构|团队|人|主体|获得|享受|园区|平台")
_SHARED_OUT = re.compile(r"[^。\d]{0,30}超[出过][^。]{0,16}按比例")
_PAYS = re.compile("[%元]")
# 省财政专项用于创业担保贷款贴息950万元已到位: what has come in for it.
_COME_IN = re.compile(r"(?:资金|经费)?(?:已经?|均已|全部)(?:全部)?(?:到位|下达|拨付|兑付|发放)")
# 2022年奖励项目共44家,其中国家级3家,每家奖励100万元: what so many have had.
_OF_SO_MANY = re.compile(
    r"[^。]*(?:共|累计)(?:扶持|支持|资助|补助|奖励|惠及)[^,。;\d]{0,14}\d+[个家项名户人][^。\d]*[:,]其中"
    r"|20\d\d年[^,。;]{2,24}共\d+[家个项名户](?:企业|单位|项目)?,其中"
)
# 现下拨运营补贴经费207万元: what is handed on to offices for all who have it.
_HANDED_ON = re.compile(r"(?:下拨|(?<!按)下达)[^,。;\d]{2,24}(?:经费|资金|款)(?:共计?|合计|总计|计)?\Z")
# “支持企业上市,…奖励300万元。”内容予以删除; 删去“…”; 将“奖励50万元”修改为“…”: words that no longer hold.
_TAKEN_OUT = re.compile(
    r"“(?P<out>[^“”]*(?:“[^“”]*”[^“”]*)*)”(?:的?(?:内容|规定|表述|字样|条款))?(?:给予)?(?:删除|删去|废止)"
    r"|(?:删除|删去|将)“(?P<old>[^“”]*(?:“[^“”]*”[^“”]*)*)”(?=[,。;]|(?:的?(?:内容|规定|表述))?(?:修改|调整|变更|改)为)"
)


def find_taken_out(text: str) -> list[tuple[int, int]]:
    """Where a text quotes words that it takes out of another."""
    return [at.span() for at in _TAKEN_OUT.finditer(text)] if "“" in text else []


def is_no_longer(passage: Passage, group: Group, left: str) -> bool:
    """Whether a sum was paid to so many, or is handed on to those who pay it."""
    text = passage.text
    opened, _ = passage.stretch(sentence=group.phrase.sentence)
    start, _ = passage.stretch(clause=group.phrase.clause)
    if _OF_SO_MANY.match(text, opened, group.start):
        return True
    spent = _SPENT_ON.search(text, start, group.start) or _COME_IN.match(text, group.end)
    return group.money and bool(
        spent
        or _HAD_IN_YEAR.search(text, start, group.start)
        or _is_there_for_all(passage, group, start, opened)
        or _HANDED_ON.search(left)
        or _PAID_TO_SO_MANY.search(text[start : group.start])
    )


def _is_there_for_all(passage: Passage, group: Group, start: int, opened: int) -> bool:
    """Whether a sum is the year's fund: nobody's in particular, and behind no award unless too many share it."""
    text = passage.text
    fund = _FUND_OF_ALL.search(text, start, group.start)
    if not fund or _SOMEBODYS.search(text, start, group.start):
        return False
    return not _PAYS.search(text, 0, opened) or bool(_SHARED_OUT.match(text, group.end))
