"""What the passages before tell of a passage: whether it tells goals, and until when (LANGUAGE 4.1)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from luodi.document.tree import Document
from luodi.policy.goals.deadlines import Deadlines, opening_year, year_of_heading
from luodi.policy.goals.papers import Paper
from luodi.policy.goals.reports import is_reported
from luodi.policy.goals.sections import Labels, is_section
from luodi.policy.passages import Passage, passages

# 发展重点, …方面,: in a text without articles a line or a paragraph of another topic.
_TOPIC = re.compile(r"[^\d,。;:!?]{2,20}\Z|[^\d,。;:]{2,30}方面,")
# 龙头带动。力争到2030年…: a paragraph with a label of its own dates none of those beside it.
_LABELLED = re.compile(r"[一-鿿]{2,8}。")
# ——产业结构。…: an item of the aims of a plan, in a part of one without articles.
# --节能减排取得明显成效。…: what each item says is to become better, in a part of a plan that lost its head.
_BETTER = re.compile(
    r"[—-]+[一-鿿、“”]{4,28}(?:提升|提高|增强|改善|优化|完善|降低|加快|扩大|壮大|进展|成效|突破|形成|加强)。[^。]*\d"
)
# 《意见》提出,要积极引导…: news goes on to another part of a paper.
_PAPER_SAYS = re.compile(r"《[^《》]{2,40}》(?:还|同时)?(?:提出|明确|强调|要求|指出)(?:了)?,(?:要|将|积极|鼓励|支持)")
# 《云州市公共服务规划》明确,到2030年,…: news says of all parts of a plan until when they are.
_PLAN_SAYS = re.compile(
    r"《[^《》]{2,40}(?:规划|纲要|计划|方案)[^《》]{0,12}》[^。;:]{0,8}(?:提出|明确|要求|确定)了?,到(?P<year>20\d\d)年(?:底|末)?,"
)
_SEVERAL = 3
_AIM_ITEM = re.compile(r"—+[一-鿿]{2,8}。")
_ITEM = re.compile(r"[—◆●■▪·•-]")


class Context:
    """The labels and deadlines in force, passage by passage in text order: :meth:`section`, :meth:`deadlines`, :meth:`keep`.

    ``rows``: the places of the rows of task tables that have a date, with the date; ``tasks``: those of all rows.
    """

    def __init__(
        self,
        document: Document,
        paper: Paper,
        rows: Sequence[tuple[int, int, str]],
        tasks: Sequence[tuple[int, int]],
    ) -> None:
        self._document, self._paper = document, paper
        self._headings = {article.id: article.heading or "" for article in document.articles}
        self._rows = rows
        self._tasks = tasks
        self._labels = Labels(passages(document), paper.issued)
        better = sum(1 for one in passages(document) if _BETTER.match(one.text)) if paper.untitled else 0
        self._tells_aims = better >= _SEVERAL and not paper.past
        self._carried: dict[str, str | None] = {}
        self._of_items: dict[str, str | None] = {}
        self._of_all: str | None = None
        self._of_plan: str | None = None
        self._below_topic = False
        self._of_sentence: str | None = None
        self._article_of_sentence = ""
        self._inline = {one.id for one in document.articles if document.clean[max(0, one.start - 1)] == ";"}

    def section(self, passage: Passage) -> bool | None:
        """Whether a passage is one of goals; None where it tells the past."""
        if begun := self._labels.read(passage):
            self._carried[passage.article] = begun.when or None
            self._of_all = begun.when or None if passage.article == "0" else self._of_all
        if not self._document.articles and _PAPER_SAYS.match(passage.text):
            self._carried.pop(passage.article, None)
            self._of_plan = None
        topic, below_topic = _TOPIC.match(passage.text), self._below_topic
        self._below_topic = bool(topic)
        if topic:
            self._labels.end(passage)
        label = self._labels.over(passage)
        if is_reported(self._paper.past, passage.start) and is_reported(self._paper.past, passage.offsets[-1]):
            return None
        if topic and not (label or self._document.articles):
            self._carried[passage.article] = self._of_plan
        if (label and label.is_past(passage.text)) or self._is_over(passage):
            return None
        if self._tells_aims and _BETTER.match(passage.text):
            return True
        in_plan = below_topic and self._of_plan is not None
        return in_plan or is_section(passage, self._headings) or bool(label and label.section)

    def _is_over(self, passage: Passage) -> bool:
        """Whether a heading names the work of a year before the paper's own (``2024年工作回顾``)."""
        told = year_of_heading(passage)
        return told is not None and int(told) < self._paper.now

    def planned(self, passage: Passage) -> bool:
        """Whether what a passage sets out is to be done: in a plan, a part of one that is cut off, a table of tasks."""
        paper = self._paper
        in_part = not self._document.articles and _AIM_ITEM.match(passage.text)
        return paper.planned or passage.start < paper.cut or bool(in_part) or self._is_in_table(passage)

    def deadlines(self, passage: Passage, *, section: bool) -> Deadlines:
        """The deadlines of a passage, with those that the passages before leave to it."""
        of_items = self._of_items.get(passage.article) if _ITEM.match(passage.text) else None
        carried = self._carried.get(passage.article) or of_items or self._of_all
        carried = carried or (self._of_sentence if self._goes_on(passage) else None)
        return Deadlines(passage, self._paper, section=section, carried=carried)

    def keep(self, passage: Passage, deadlines: Deadlines, *, section: bool, found: bool) -> None:
        """Keep what a passage says for those that follow it in its article."""
        if self._is_in_table(passage):
            return  # each row of a table says for itself until when
        article = passage.article
        if not self._document.articles and (says := _PLAN_SAYS.search(passage.text)):
            self._of_plan = says["year"]
        if article not in self._inline:
            going_on = self._of_sentence if self._goes_on(passage) else None
            self._of_sentence = (deadlines.last or going_on) if passage.text.endswith(";") else None
            self._article_of_sentence = article
        if section and deadlines.only and (article not in self._carried or not _ITEM.match(passage.text)):
            self._carried[article] = deadlines.only
        elif not self._document.articles and self._is_to_come(deadlines.last) and not _LABELLED.match(passage.text):
            self._carried[article] = deadlines.last
        elif not self._document.articles and deadlines.ends_open:
            self._carried.pop(article, None)
        elif found and deadlines.only:
            self._of_items[article] = deadlines.only

    def _is_to_come(self, when: str | None) -> bool:
        """Whether a deadline is not over in the year of a plan without a date."""
        return when is not None and int(when[:4]) >= (0 if self._paper.issued else self._paper.now)

    def _goes_on(self, passage: Passage) -> bool:
        """Whether a passage goes on with the sentence of the one before (``到2025年,甲达到N;⏎乙达到M。``)."""
        same = passage.article == self._article_of_sentence and not _ITEM.match(passage.text)
        return same or passage.article in self._inline

    def due(self, passage: Passage) -> str | None:
        """When a target without a date is due: by its row of a task table, in the year of the plan or of its paragraph."""
        of_row = next((when for start, end, when in self._rows if start <= passage.start < end), None)
        return of_row or self._paper.plan or opening_year(passage, self._paper.issued)

    def _is_in_table(self, passage: Passage) -> bool:
        """Whether a passage stands in a row of a table of tasks."""
        before = bisect_right(self._tasks, passage.start, key=lambda row: row[0])
        return before > 0 and passage.start < self._tasks[before - 1][1]
