"""Demands of one award among those of all: 申请购房补贴的人才应…, 首店须签订2年以上租赁合同, 会展项目展期不少于3天.

They bind the awards that they name, by their headings or, where no heading does, by their words; where none of the awards
or every one is named, they are demands like the others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from luodi.document.tree import Document
from luodi.policy.award_terms import KIND, PAYEE
from luodi.policy.conditions.headings import headed, upwards
from luodi.policy.passages import Passage
from luodi.policy.spoken_of import Statement, addresses, reference, spoken_of

_MUST = r"(?:(?:还|另|均|同时)*(?:应当?+(?![用急届收对聘税邀力])|必须|须|需要?+))"
_OF_AWARD = re.compile(
    rf"\A对?(?:申[请报领]|享受|领取)(?P<term>[^,。;:的应须需]{{2,14}}?)"
    rf"(?:的(?:[^,。;:的\d]{{0,6}}?,?{_MUST}|,)|(?:{PAYEE}|[人者])*,?{_MUST})(?!提交|提供|向|于|在(?=[\d每]))"
)
_ACT_OF_CLAIM = (
    r"提交|提供|向|填|准备|如实|按|对|将|配合|接受|根据|加强|做好|及时|严格|建立|制定|于|在(?=[\d每])|自|由|以"
    r"|为(?=[^,。;]{0,16}(?:提供|开展|办理))|符合[^。]*:"
)
_OF_THING = re.compile(
    rf"\A(?P<term>[一-鿿]{{2,10}}?)(?:{_MUST}(?!{_ACT_OF_CLAIM})[为是]?"
    r"|(?<=项目|活动|展会|会议|赛事|平台|基地|园区|楼宇|民宿|酒店|商场|街区|首店)(?=[一-鿿]{2,10}(?:不少于|不低于|不超过|不高于|达到|满)\d))"
)
_ANY = re.compile(
    rf"(?:{PAYEE}|{KIND}|申[请报领]|项|各类?|上述|以上|本|该|所有|全部|受|获|享受|相关|有关|单个|同一|政策|资金|专项|财政|用人|法人"
    rf"|公司|对象|材料|[人者]|工业|服务业|商贸|规模|中小|小微|民营|入驻|办法|措施|细则|条件|优先)+"
)
_CLASS_LAST = re.compile(rf"(?:{KIND}|项目|活动)\Z")
_PAYEE_LAST = re.compile(rf"{PAYEE}\Z")
# 建设地址须在本市: what something must be; not 单位应于每年3月申请
_IS_TO_BE = r"(?!申[请报领])[^,。;]{2,16}?(?:应当?|必须|须)(?:在(?![\d每规])|为|是|具[有备]|达到|不[低少超高得]|取得|已|完成|位于|属于)"
# 第六条第(二)项的项目, 本条补助的企业, 以上奖励的
_REFERRED = re.compile(
    rf"\A对?(?:申[请报领]|享受|符合|属于?|适用)(?P<of>[^,。;:]{{2,48}}?)的[^,。;:]{{0,8}}?(?:,?(?:除[^,。;:]{{2,20}}外,)?{_MUST}"
    r"(?!提交|提供|向)(?:同时)?(?:具备|满足|符合)?(?:以下|下列)?(?:各项|全部)?(?:条件|要求)?:?"
    # 申报本项第1目补助的项目,建设期不超过24个月
    r"|,(?=[^,。;]{2,16}(?:不[超低少高][过于]|达到|满|不得))"
    rf"|,(?={_IS_TO_BE}))"
    # 第(三)项、第(九)项奖励,生产地址须在本市
    rf"|\A(?P<awards>(?=第|[(])[^,。;:应须]{{3,40}}?{KIND}),(?={_IS_TO_BE})"
)
# (一)落户奖励, (二)租金补贴的申报条件: over what one award demands
TITLE = re.compile(
    rf"(?P<term>[一-鿿]{{2,16}}?(?:{KIND}|项目|资金))(?:的?(?:申[请报领])?(?:条件|要求|对象))?(?:[。:]|(?=\n)|\Z)"
)
"""The award that a heading among conditions names."""
# …的企业,第八条规定的中介机构除外。 除第八条外,…
_ALL_BUT = re.compile(
    r"\A除(?P<first>第[^,。;]{1,20}?[条款项目])(?:所?(?:规定|列|称|述)[^,。;()]{0,12})?(?:以?外|之外),"
    r"|(?P<behind>[,(](?:但|其中)?(?P<last>第[^,。;]{1,20}?[条款项目])(?:所?(?:规定|列|称|述))?的?[^,。;()]{0,16}除外\)?(?=。|\Z))"
)
_OF_CHAPTER = re.compile(rf"本[章节](?P<names>[^,。;:]{{2,}}(?:{KIND}))")
_NAME = 24  # characters in which an article names its award


class NamedAwards:
    """The articles that pay, by what they call their awards; ``sums`` are the clean offsets of the awards, in order."""

    def __init__(self, document: Document, sums: Sequence[int]) -> None:
        starts = [article.start for article in document.articles]
        awards = [(at, place) for place in sums if (at := bisect_right(starts, place) - 1) >= 0]
        self._document = document
        self._awards = awards
        self._paying = list(dict.fromkeys(at for at, _ in awards))

    @cached_property
    def _names(self) -> dict[int, str]:
        return {at: self._name(at) for at in self._paying}

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {at: self._words(at) for at in self._paying}

    @cached_property
    def _over_awards(self) -> set[int]:
        return {one for at in self._paying for one in upwards(self._document, at)}

    def of(self, passage: Passage, *, things: bool = True) -> tuple[list[int], int]:
        """The articles whose awards a passage demands of, and where in it that begins; none where it speaks of all.

        ``things``: also by what it says of a thing (首店须…), not by the name of the award alone.
        """
        at = _OF_AWARD.match(passage.text) or (_OF_THING.match(passage.text) if things else None)
        if at is None or _ANY.fullmatch(at["term"]):
            return [], 0
        return self._called(at["term"]), at.end()

    def headed(self, at: int) -> tuple[list[int], int]:
        """The articles whose award the heading over an article names below that of a list of conditions, and which heading it is."""
        owner = headed(self._document, at)
        for one in upwards(self._document, at) if owner is not None else ():
            if one == owner or one in self._over_awards:
                break
            article = self._document.articles[one]
            title = TITLE.match(self._document.clean, article.body, article.end)
            if title and not _ANY.fullmatch(title["term"]) and (found := self._called(title["term"])):
                return found, one
        return [], -1

    def referred(self, passage: Passage, at: int) -> tuple[list[int], int]:
        """The articles that a passage demands of by their numbers or its own (申报第六条第(二)项的,还应当…; 申请本条补助的), and where that begins."""
        told = _REFERRED.match(passage.text)
        if told is None or at < 0 or not (words := reference(told["of"] or told["awards"])):
            return [], 0
        ids = [one.id for one in self._document.articles]
        found = self._spoken_of(words, passage, at) or [ids.index(one) for one in addresses(ids, [], words)]
        names = _OF_CHAPTER.fullmatch(told["of"] or "")  # 本章购房补贴、租房补贴: not the other awards of the chapter
        called = self._called(names["names"]) if names and not _ANY.fullmatch(names["names"]) else []
        return [at for at in dict.fromkeys(found) if at in called or not called], told.end()

    def all_but(self, passage: Passage, at: int) -> tuple[list[int], int, int]:
        """The articles that a sentence demands of where it leaves out some by their numbers, and between which places it demands."""
        told = _ALL_BUT.search(passage.text)
        if told is None or at < 0 or "。" in passage.text[:-1]:
            return [], 0, 0
        found = self._spoken_of(f"除{told['first'] or told['last']}外", passage, at)
        stretch = (0, told.start()) if told["behind"] else (told.end(), len(passage.text))
        return list(dict.fromkeys(found)), *stretch

    def _spoken_of(self, words: str, passage: Passage, at: int) -> list[int]:
        ids = [one.id for one in self._document.articles]
        awards = [(ids[one], place) for one, place in self._awards]
        return [self._awards[one][0] for one in spoken_of(Statement(words, ids[at], passage.start, ids, awards))]

    def _called(self, term: str) -> list[int]:
        """The articles that a term names, or each of a list of names (购房补贴、租房补贴); none where it names all of them."""
        listed = [self._called_so(one) for one in re.split("、|和|及", term)]
        if len(listed) < 2 or not all(listed):
            return self._called_so(term)
        found = [at for at in self._paying if any(at in some for some in listed)]
        return found if len(found) < len(self._paying) else []

    def _called_so(self, term: str) -> list[int]:
        stem, who = _CLASS_LAST.sub("", term), _PAYEE_LAST.sub("", term)
        kinds = [(self._names, rf"{re.escape(who)}{KIND}")] if len(who) > 1 else []  # 见习单位: of 见习补贴
        for names, word in (
            (self._names, re.escape(term)), (self._texts, re.escape(term)), (self._names, re.escape(stem)), *kinds,
        ):  # fmt: skip
            found = [at for at in self._paying if re.search(word, names[at])] if len(stem) > 1 else []
            if found:
                return found if len(found) < len(self._paying) else []
        return []

    def _name(self, at: int) -> str:
        """The headings over an article and the words that it begins with."""
        article = self._document.articles[at]
        begun = self._document.clean[article.body : min(article.own_end, article.body + _NAME)]
        above = article.parent
        while above is not None:
            begun += f"\n{self._document.articles[above].heading or ''}"
            above = self._document.articles[above].parent
        return re.sub(r"[ \t]", "", begun)

    def _words(self, at: int) -> str:
        article = self._document.articles[at]
        return re.sub(r"\s", "", self._document.clean[article.start : article.own_end])
