"""The tag that lets a narrow screen show a table row by row: each cell gets the name of its column."""

import re

import pytest
from django.template import Context, Engine

SITE = Engine(builtins=["luodi.service.templatetags.luodi"])
HEAD = '<thead><tr><th scope="col">单位</th><th scope="col" class="number"><a href="/">金额</a></th><th scope="col">依据</th></tr></thead>'


def written(table: str) -> str:
    return SITE.from_string("{% stacked %}" + table + "{% endstacked %}").render(Context(use_l10n=False))


def test_cells_are_named_after_their_columns_in_every_row_of_body_and_foot():
    row = '<tr><th scope="row">{}</th><td class="number">1</td><td>x</td></tr>'
    page = written(f"<table>{HEAD}<tbody>{row}{row}</tbody><tfoot>{row}</tfoot></table>")
    assert re.findall(r'data-label="([^"]*)"', page) == ["单位", "金额", "依据"] * 3
    assert page.startswith('<table class="stacked">') and re.sub(r' data-label="[^"]*"', "", page).count("<td") == 6


def test_a_cell_over_several_columns_is_not_named_and_the_next_one_keeps_its_own():
    page = written(f'<table class="roomy">{HEAD}<tbody><tr><td colspan="2">a</td><td>b</td></tr></tbody></table>')
    assert '<td colspan="2">a</td><td data-label="依据">b</td>' in page and 'class="stacked roomy"' in page


@pytest.mark.parametrize("table", ["<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>", "<p>没有</p>"])
def test_what_has_no_headings_stays_as_it_is(table):
    assert written(table) == table
