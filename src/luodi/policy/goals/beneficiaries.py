"""For whom, to what and where a task is done: those that a plan counts so are its targets (LANGUAGE 4.1)."""

from __future__ import annotations

import re

# 帮助8000名青年就业, 推进50处拥堵点改善, 对80所学校进行改造: whom or what a task is done for.
_DONE_FOR = re.compile(
    r"(?:\A|[,、])[*★☆]?(?:帮助|推进|启动|升级|(?P<for>(?:免费)?(?:为|对)"
    r"(?:全[省市县区州旗]|(?:辖区|城区|境内|我[省市县区])内?|[^,。;\d]{2,16}的|[^,。;\d]{2,40}等)?(?:\d[\d.]*[万千]?[户家个])?)"
    r"|(?P<ends>(?:力争|确保|推动|促进|争取|支持)[省市县区]{0,3}(?:城[市区乡]*)?|))\Z"
)
_ENDS = re.compile(
    r"\A(?![^,。;]*(?:已|成功|相继|陆续|先后))[^,。;]*(?:进入|晋[升位]|通过验收|竣工|投产|投用|达产|开工|完工|建成|落地"
    r"|上市(?![场公企县区直])|挂牌|通车|开业|运营|入选|获批|入规|交付|(?:全部|稳定)?(?:脱贫|摘帽|出列|退出)|改造(?=[,。;]|\Z))"
)  # 确保8个项目年内竣工; what has been finished already is the past
_DONE = re.compile(r"提供|进行|开展|实施|检查|免费|改造|[安加]装|更换|发放|解决")
# 在全市50个乡镇建设服务中心: where a task is done.
_PLACES = re.compile(r"(?:\A|[,、])在(?:全[省市县区州旗]|[^,。;\d]{0,10})\Z")
_DONE_THERE = re.compile(
    r"[^,。;\d]{1,10}?(?:建设|建成|建立|新建|设立|设置|增设|开展|推广|实施|配备|安装|开通)(?![^,。;]*(?:试点|示范应用))"
)


def is_done_for(before: str, after: str) -> bool:
    """Whether a number counts those that something is done for or to, or the places that it is done in."""
    done = _DONE_FOR.search(before)
    if done and (_ENDS.search(after) if done["ends"] is not None else not done["for"] or _DONE.search(after)):
        return True
    return bool(_PLACES.search(before) and _DONE_THERE.match(after))
