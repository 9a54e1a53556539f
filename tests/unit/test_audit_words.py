"""Every audit action that the service writes has its words; nobody is shown a code."""

import re
from pathlib import Path

from luodi.service.audit.words import ACTIONS, action_words, particulars

SERVICE = Path(__file__).parents[2] / "src" / "luodi" / "service"
WRITTEN = re.compile(r'(?:action|RENEWED|LOADED) ?= ?"([a-z_.]+)"')


def test_every_action_written_has_words():
    written = {action for file in SERVICE.rglob("*.py") for action in WRITTEN.findall(file.read_text())}
    assert len(written) > 20
    assert not written - set(ACTIONS), "add its words to src/luodi/service/audit/words.py"
    assert not [word for word in ACTIONS.values() if re.search("[a-z]", word)]


def test_steps_of_workflows_are_told_by_their_own_word():
    assert action_words("duties.report.adopt", {"label": "采用"}) == "牵头汇总进展：采用"
    assert action_words("old.code", {}) == "old.code"


def test_particulars_are_words_and_digests_are_short():
    found = dict(particulars({"version": 1, "input_digest": "a" * 64, "first": True, "state": ["甲", "乙"]}))
    assert found == {"版本": "1", "输入摘要": "a" * 16 + "…", "首个版本": "是", "状态": "甲 → 乙"}


def test_codes_and_identifiers_inside_particulars_are_told_in_words():
    given = {
        "state": ["draft", "submitted"],
        "of": "42a172af-3913-4d72-a067-671d63d87d5b",
        "verdict": "correct",
        "engine": "duckdb",
    }
    assert [value for _, value in particulars(given)] == ["填写中 → 已报送", "42a172af…", "更正", "DuckDB"]
