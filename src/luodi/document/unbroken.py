"""Enumerators where line ends were lost: in a text of one line they may follow any word, titles among them."""

from __future__ import annotations

import re

CN = "〇零一二三四五六七八九十百千两"
"""The characters of a Chinese number."""
CITED = (
    rf"第 ?(?:[{CN}\d]{{1,5}} ?[款项条章节]|\()|规定|和(?=第|本|前|《)|至(?=第|本)|款|中(?=[的所有“\",。删增]|规定|关于|对|涉及)|的"
    r"|所(?=[称列规述指说定涉作])|、|提[到出]"
)
"""What follows an article's number where it is only referred to (第五条第二款, 第三条规定)."""
_HEADING = rf"(?![{CN}]{{1,3}}\))[\u4e00-\u9fff、“”]{{2,20}}\)(?!的|规定|所|中|项|款)"  # 第三条(支持融资)对…
# In a text without line ends an enumerator may follow any word, but not one that refers to it (第五条第(二)项).
UNBROKEN = re.compile(
    rf"(?<![第和及或、(/])(?<![{CN}\d)本该前上此各][款项条])(?:(?P<pcn>\( ?[{CN}]{{1,3}} ?\)(?!项(?!目)|款|条(?!件)|[、和及或至]))"
    rf"|(?P<cn>(?:(?<![{CN}\d、唯逐之其不])|(?<=\d{{6}}))(?<!(?<![系传])统)(?<!(?<![清名])单)"
    rf"[{CN}]{{1,3}}、(?! ?[{CN}]{{1,3}}[、等类级]))|(?P<pnum>\(\d{{1,2}}\)(?!项(?!目)|款|条(?!件)|[、和及或至]))"
    rf"|(?P<num>(?:(?<![\d.])|(?<=\d{{7}}))(?<!(?<!主要|重点|工作|具体|保障|政策|支持|目标)(?:方向|措施|任务|举措|专题))"
    rf"(?<!附件)\d{{1,2}} ?[.、](?= ?[\u4e00-\u9fff“《])))|"
    rf"(?P<clause>(?:(?<![法定例照据按行反款及、和与在本为(》原])(?<!号\))(?<![细规]则)"
    rf"|(?=第 ?[一1] ?条 ?(?:为(?!准|限)|根据|[【〔])))第(?:[{CN}]{{1,5}}| ?\d(?: ?\d){{0,2}} ?)条"
    rf"(?!{CITED}|[之项)]|\((?!{_HEADING})))|"
    rf"(?P<part>(?<![法定例照据按及、和与在本为成括分(》])第[{CN}]{{1,2}}部分(?=[ \d\u4e00-\u9fff])(?![:,规和至的中所是为]))|"
    rf"(?P<chapter>(?:(?<![法定例照据按及、和与在本(》])(?<!(?<![总附])则)|(?=第[一1]章 ?总 ?则))第[{CN}]{{1,3}}章"
    rf"(?=[ \u4e00-\u9fff])(?![规和至的中所]|第[{CN}]{{1,5}}条提))|"
    rf"(?P<section>(?<![法定例则照据按及、和与在本(》])第[{CN}]{{1,3}}节(?=[ \u4e00-\u9fff])(?![规和至的中所课]))|"
    r"(?<=[。日])(?P<annex>附件(?:\d{1,2}|[〇零一二三四五六七八九十百两]{1,2})?(?=[^:、和所的\d]))"
)
# Behind the titles of chapters and sections, which end in any word (第一章 总则第一条…, 第三章 一般规定第一节…).
_TITLE = rf"(?<![法定例则照据按及、和与在本(》])第[{CN}]{{1,3}}(?:章|节(?!课)) ?[\u4e00-\u9fff、 ]{{2,24}}?"
TITLED_CLAUSE = re.compile(rf"{_TITLE}(?P<clause>第[{CN}]{{1,5}}条)(?!{CITED}|[之项()])")
TITLED_SECTION = re.compile(rf"{_TITLE.replace('(?:章|节(?!课))', '章')}(?P<section>第一节)(?=[ \u4e00-\u9fff])(?!课)")
# Behind the title of the paper itself.
_KINDS = "法|办法|条例|规定|细则|规则|章程|意见|方案"
GLUED_FIRST = re.compile(
    rf"(?!根据|依[照据]|按照|违反)[^\n。;,:第]{{6,60}}(?:{_KINDS})(?:\([^()\n]{{1,20}}\))?"
    rf"(?:(?=第一章 ?(?:总 ?则|[\u4e00-\u9fff、]{{2,20}}第一[条节]))"
    rf"|(?=第一条(?!{CITED}|[之项()])[^\n]*第二条))"
)
GLUED_CLAUSE = re.compile(
    rf" ?[\u4e00-\u9fff、 ]{{2,16}}?(?P<mark>第(?P<n>[{CN}]{{1,5}})条)(?!{CITED}|[之项()]|[\u4e00-\u9fff]{{0,4}}规定)"
)

# 一、明确目标任务,促进发展1、发展目标。: a heading whose line end was lost before the first number below it.
GLUED_UNDER = re.compile(
    r" ?[\u4e00-\u9fff“”、,]{2,36}?(?<![第和及或至前附件表图款项条题])(?:(?P<pcn>\([一二三四五六七八九十]{1,3}\)(?=[\u4e00-\u9fff]{2}))"
    r"|(?P<num>\d{1,2}[.、](?=[\u4e00-\u9fff]{2})(?![^。\n]{0,12}[、和]\d)))"
)
