"""Of which awards a statement speaks: the same words at different places of one paper."""

import pytest

from luodi.policy.spoken_of import Statement, reference, spoken_of

ARTICLES = [
    "第一章",
    "第一条",
    "第二条",
    "第二条.(一)",
    "第二条.(二)",
    "第二条.(三)",
    "第二章",
    "第三条",
    "第三条.(一)",
    "第三条.(一).1",
    "第三条.(一).2",
    "第四条",
    "第五条",
    "第六条",
]
PAY = ["第二条.(一)", "第二条.(二)", "第二条.(三)", "第三条.(一).1", "第三条.(一).2", "第四条", "第四条", "第五条"]


@pytest.mark.parametrize(
    ("article", "words", "spoken"),
    [
        ("第六条", "第三条至第五条所需资金", "第三条.(一).1 第三条.(一).2 第四条 第四条 第五条"),
        ("第六条", "第三至五条所需资金", "第三条.(一).1 第三条.(一).2 第四条 第四条 第五条"),
        ("第六条", "第二条第(一)、(三)项和第五条奖励", "第二条.(一) 第二条.(三) 第五条"),
        ("第六条", "第二条第一项奖励", "第二条.(一)"),
        ("第六条", "第二章奖励总额", "第三条.(一).1 第三条.(一).2 第四条 第四条 第五条"),
        ("第六条", "除第三条外,单户企业", "第二条.(一) 第二条.(二) 第二条.(三) 第四条 第四条 第五条"),
        ("第六条", "以上奖励", " ".join(PAY)),
        ("第六条", "以上两条", "第四条 第四条 第五条"),
        ("第二条.(三)", "本条第(一)至(三)项,单个企业", "第二条.(一) 第二条.(二) 第二条.(三)"),
        ("第二条.(三)", "本条奖励", "第二条.(一) 第二条.(二) 第二条.(三)"),
        ("第二条.(三)", "本项奖励", "第二条.(三)"),
        ("第二条.(三)", "上述两项", "第二条.(二) 第二条.(三)"),
        ("第二条.(三)", "与第(一)项合计", "第二条.(一) 第二条.(三)"),
        ("第三条.(一).2", "本项补助", "第三条.(一).1 第三条.(一).2"),
        ("第三条.(一).2", "申报本项第1目补助的", "第三条.(一).1"),
        ("第三条.(一).2", "以上各项补助", "第三条.(一).1 第三条.(一).2"),
        ("第四条", "前两项奖励", "第四条 第四条"),
        ("第四条", "两项条款按就高原则享受", "第四条 第四条"),
        ("第四条", "企业有两项奖励", ""),
        ("第五条", "前款奖励与第四条规定的奖励", "第四条 第四条 第五条"),
        ("第五条", "前条奖励", "第四条 第四条"),
        # of other papers, of sums, of titles, of whom
        ("第六条", "按照第三条的标准", ""),
        ("第六条", "根据《云州市补助办法》第三条", ""),
        ("第六条", "营业收入5000万元以上的项目", ""),
        ("第六条", "省级以上奖励", ""),
        ("第六条", "上述企业", ""),
        ("第六条", "本项目、本条件", ""),
        ("第六条", "第三方机构、第一批项目", ""),
        ("第六条", "第九条所需资金", ""),
    ],
)
def test_a_statement_speaks_of_the_awards_that_its_words_name(article: str, words: str, spoken: str) -> None:
    place = max((at for at, one in enumerate(PAY) if f"{one}.".startswith(f"{article}.")), default=len(PAY)) + 1
    told = Statement(reference(words), article, place, ARTICLES, list(zip(PAY, range(len(PAY)), strict=True)))
    assert " ".join(PAY[one] for one in spoken_of(told)) == spoken


def test_articles_are_named_by_the_numbers_of_items_where_the_paper_has_no_others() -> None:
    articles = ["一", "一.1", "一.2", "二", "二.3", "二.4"]
    told = Statement("第2、3条", "二.4", 9, articles, [("一.1", 1), ("一.2", 2), ("二.3", 3), ("二.4", 4)])
    assert spoken_of(told) == [1, 2]
    through = Statement(
        "第1项补贴与第3项补贴", "二.4", 9, articles, [("一.1", 1), ("一.2", 2), ("二.3", 3), ("二.4", 4)]
    )
    assert spoken_of(through) == [0, 2]
