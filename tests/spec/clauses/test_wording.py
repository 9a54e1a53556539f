"""What is paid, demanded and refused does not hang on the word for it: every such construction, said in other words."""

import re
from collections.abc import Callable

import pytest
from test_condition_lists import PAPERS, told
from test_constructions import benefit, cases, found, goal, provisions_of, without_selectors

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def in_characters(share: re.Match[str]) -> str:
    """``25%`` as 百分之二十五."""
    tens, ones = divmod(int(share[1]), 10)
    return f"百分之{DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{DIGITS[ones]}"


Wording = list[tuple[str, str | Callable[[re.Match[str]], str]]]
DIGITS = ("", *"一二三四五六七八九")
MAXIMUM = r"(?<=[,;])最高([\d.]+[万亿]?元)(?=[。;,])"
# (how the examples say it, how other papers do), all at once
WORDINGS: list[Wording] = [
    [
        ("给予", "予以"),
        ("(?<=,)予以", "将予以"),
        ("每平方米", "每㎡"),
        ("每人每月", "每月每人"),
        ("每年(?!度)", "每一年"),
        (r"不超过(?=\d)", "不得超过"),
        (r"(?<!最)最高(?=[\d.]+[万亿]?元)", "最多"),
        (r"(?<=\d万)元(?![/A-Za-z]|人民币)", "元人民币"),
    ],
    [
        ("给予", "给与"),
        ("给与一次性(?=补|奖|资)", "一次性给与"),
        (r"不超过(?=[\d.]+[万亿]?元)", "不高于"),
        (r"(?<!最)最高(?=[\d.]+[万亿]?元)", "至多"),
        ("每年(?!度)", "每年度"),
        ("奖励(?!基金)", "奖补"),
        (r"(?<![\d.])(\d{1,2})%", in_characters),
    ],
    [
        (MAXIMUM, r"上限\1"),
        (r"(给予[\d.]+[万亿]元的?(?:奖励|补助|补贴|资助))(?=[。;,])", lambda at: at[1].replace("给予", "发放")),
        (r"^对(?=[^,。;]{2,30},)", "针对"),
        ("每(?=[家户个项套辆](?!月))", "每一"),
        ("平方米", "平米"),
        ("第([一二三])年", lambda at: f"第{'一二三'.index(at[1]) + 1}年"),
    ],
    [
        (MAXIMUM, r"\1封顶"),
        ("(?<=,)给予", "可给予"),
        (r"按(?=[^照,。;]{2,16}的\d[\d.]*%给予)", "以"),
        ("每年给予", "逐年给予"),
        (r"(?<=给予)(\d0?)(?=万元)", lambda at: in_characters(at).removeprefix("百分之")),
        (r"按每人(?=\d)", "按人均"),
        (r"^对(?=[^,。;于]{2,30},)", "对于"),
    ],
]


def in_words(text: str, wording: Wording) -> str:
    for said, instead in wording:
        text = re.sub(said, instead, text)
    return text


@pytest.mark.parametrize("wording", WORDINGS, ids=["予以", "给与", "上限", "封顶"])
@pytest.mark.parametrize("case", cases("benefits"))
def test_the_rows_of_an_example_in_other_words(case: dict, wording: Wording) -> None:
    rows = [
        without_selectors(benefit(row)) for row in found({**case, "text": in_words(case["text"], wording)}, "benefits")
    ]
    assert sorted(rows) == sorted(without_selectors(row) for row in case["rows"])


# How conditions and provisions are said: what is demanded does not hang on it either.
DEMANDS = [
    [
        (r"不低于(?=\d)", "不得低于"),
        (r"不少于(?=\d)", "不得少于"),
        (r"(?<!最高)不超过(?=\d)", "不高于"),
        (r"(?<![不得])超过(?=\d)", "大于"),
        (r"(?<=符合|具备|满足)(?:下列|以下)(?=条件)", "如下"),
        ("同一(?=企业|项目|单位)", "同个"),
        ("近三年(?![前级])", "最近3年"),
        ("给予(?!的)", "予以"),
        ("不予(?=支持|奖励|补助)", "不再给予"),
        (r"(?:^|(?<=[。\n]))对(?!象)(?=[^,。;于\n]{2,30},)", "针对"),
        (r"(?<=\d)平方米", "平米"),
    ],
    [
        (r"不低于(?=\d)", "大于等于"),
        (r"不少于(?=\d)", "不小于"),
        (r"不超过(?=\d)", "不得超过"),
        (r"(?<![不得])超过(?=\d)", "高于"),
        ("下列(?=情形|条件)", "下述"),
        ("不得(?=申报|申请|享受)", "不能"),
        ("首次", "第一次"),
        ("近三年(?![前级])", "过去三年"),
        ("不予(?=支持|奖励|补助)", "一律不予"),
    ],
]


@pytest.mark.parametrize("wording", DEMANDS, ids=["不得低于", "大于等于"])
@pytest.mark.parametrize("case", cases("conditions"))
def test_the_conditions_of_an_example_in_other_words(case: dict, wording: Wording) -> None:
    first = found({**case, "text": in_words(case["text"], wording)}, "benefits")[0]
    assert [told(each) for each in first["conditions"]] == [in_words(row, wording) for row in case["rows"]]


@pytest.mark.parametrize("wording", DEMANDS, ids=["不得低于", "大于等于"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["text"][:24])
def test_the_lists_of_an_example_in_other_words(paper: dict, wording: Wording) -> None:
    rows = exchange(compile_document(parse(in_words(paper["text"], wording))))["benefits"]
    demanded = {row["article"]: [told(each) for each in row["conditions"]] for row in reversed(rows)}
    assert demanded == {
        article: [in_words(row, wording) for row in conditions] for article, conditions in paper["awards"].items()
    }


# How stacking, payment and deadlines are said; who pays and what is due stays.
SAID = [
    [
        ("不重复(?=享受|奖励)", "不得重复"),
        ("同一(?=企业|项目|单位|事项)", "同个"),
        ("(?<=工作日)内", "以内"),
        ("拨付|兑现", "兑付"),
        (r"不少于(?=\d)", "至少"),
        (r"(?<=\d月)底(?=前)", "末"),
    ],
    [("拨付", "划拨"), ("给予(?!的)", "予以"), ("奖励(?=资金|分)", "奖补"), ("自然年度|每年(?!度)", "每年度")],
    [
        ("不重复(?=享受|奖励)", "不可重复"),
        ("可叠加享受", "可以叠加享受"),
        (r"(?<=\d[日底])前", "之前"),
        ("分担|负担", "承担"),
        ("分两年", "分2年"),
        (r"(?<=\d):(?=\d)(?!\d\d)", "比"),
        (r"(?<=[后期])拨付(?=[^,。;]{0,8}\d+%)", "下达"),
    ],
]


@pytest.mark.parametrize("wording", SAID, ids=["不得重复", "划拨", "不可重复"])
@pytest.mark.parametrize("case", cases("provisions"))
def test_the_provisions_of_an_example_in_other_words(case: dict, wording: Wording) -> None:
    assert provisions_of(in_words(case["text"], wording)) == sorted(in_words(row, wording) for row in case["rows"])


# How far a goal goes and by when; what is counted stays.
AIMS = [
    [
        (r"不超过(?=\d)", "不得突破"),
        (r"(?<=[^,。;])控制在(?=[^,。;]*\d)", "限制在"),
        ("提高到(?=[^,。;]*%)", "提升至"),
        (r"^到(20\d\d)年(?=,)", r"至\1年底"),
    ],
    [
        (r"不超过(?=\d)", "不得高于"),
        (r"^到2025年(?=,)", "到“十四五”末"),
        ("翻一番", "翻番"),
        (r"年均增长(?=\d)", "年均增速达到"),
    ],
]


@pytest.mark.parametrize("wording", AIMS, ids=["不得突破", "不得高于"])
@pytest.mark.parametrize("case", cases("goals"))
def test_the_goals_of_an_example_in_other_words(case: dict, wording: Wording) -> None:
    rows = [goal(row) for row in found({**case, "text": in_words(case["text"], wording)}, "goals")]
    assert rows == [row.partition(" ")[2] for row in case["rows"]]
