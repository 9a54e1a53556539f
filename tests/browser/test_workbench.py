"""The workbench walked in a browser from upload to publication by two people, at both widths and by keyboard."""

from __future__ import annotations

import re

import pytest

from browser.conftest import press, press_button
from browser.pictures import keep
from browser.test_walk import accessibility, assert_fits
from papers import as_docx, as_ofd, as_pdf, ofd_entries, typeset

TEXT = """云岚市人民政府办公室关于支持青年人才{about}的若干措施

云岚政办发〔2026〕{number}号

各区、县（市）人民政府，市政府各部门：

为鼓励青年人才来我市创业，经市政府同意，制定以下措施。

一、主要目标

到2028年，新增青年{about}企业300家以上。

二、支持措施

（一）奖励平台。对获得国家级、省级创业孵化示范基地称号的单位，分别一次性给予80万元、30万元的奖励。（责任单位：市人力社保局牵头，市科技局、市财政局参与）

（二）补助研发投入。对上年度营业收入300万元以上的企业，按上年度研发费用的8%给予补助，最高不超过60万元。（责任单位：市科技局牵头，市财政局参与）

三、施行日期

本措施自2026年5月1日起施行，有效期至2028年12月31日。
"""
VERSION = re.compile(r"/workbench/[0-9a-f-]{36}/$")


def check(page, name: str) -> None:
    assert_fits(name, page)
    assert accessibility(name, page) == []


def switch_to(page, words: str) -> None:
    press(page, page.get_by_role("button", name=re.compile(f"切换为“.*{words}")).first)


@pytest.mark.parametrize(("width", "about", "number"), [("desktop", "创业", 21), ("phone", "就业", 22)])
def test_two_people_put_a_paper_in_force(visit, tmp_path, width, about, number):
    file = tmp_path / "措施.txt"
    file.write_text(TEXT.format(about=about, number=number), encoding="utf-8")
    first = visit("yunlan-lead", width)
    page = first.open("/workbench/upload/")
    check(page, "upload")
    page.set_input_files("#id_file", str(file))
    page.check("#id_declared")
    press_button(page, "上传并读取")
    page.wait_for_url(VERSION)
    address = page.url.removeprefix(first.site.address)
    check(page, "version")

    press(page, page.get_by_role("link", name="去核对"))
    check(page, "facts")
    with page.expect_navigation():
        page.keyboard.press("u")  # what the text is silent about
    page.goto(page.url.split("?")[0] + "?at=benefits-1#m-benefits-1")
    assert page.locator(".pane mark.current").is_visible()
    if width == "desktop":
        keep(page, "workbench", tmp_path)
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.fill("#id_amount", "35")
    press_button(page, "保存")
    assert "金额要写明单位" in page.inner_text(".fact-card")
    check(page, "facts with an error")
    page.fill("#id_amount", "35万元")
    press_button(page, "保存")

    select_words(page, "鼓励青年人才来我市创业")
    if width == "desktop":
        page.keyboard.press("s")
    else:  # a phone has no keys: what is selected is offered under the text
        page.locator("[data-selected] button").click()
        assert page.evaluate("document.activeElement.id") == "add-kind"
    page.select_option("#add-kind", "qualitative_goals")
    press_button(page, "下一步：填写")
    check(page, "add")
    assert page.input_value("#id_statement").startswith("鼓励青年人才")
    press_button(page, "保存")

    page.goto(first.site.address + address + "bulk/?kind=missing")
    check(page, "bulk")
    if page.get_by_role("button", name="勾选的都是本文未规定").count():
        press_button(page, "勾选的都是本文未规定")
    page.goto(first.site.address + address + "facts/")
    first_open = page.inner_text("#fact-h")
    for key in "az":  # accepted, then undone
        with page.expect_navigation():
            page.keyboard.press(key)
    assert page.inner_text("#fact-h") == first_open
    while "/facts/" in page.url:  # the rest by one key each clause, until nothing is open; then the rules come
        with page.expect_navigation():
            page.keyboard.press("g" if page.locator("[data-key=g]").count() else "a")
    press_button(page, "都看过了，2 条按拟定的办")
    check(page, "rules")
    assert "提交合法性审核" in page.inner_text(".leads-on")
    for tab in ("rules/", "register/", "register/new/"):
        page.goto(first.site.address + address + tab)
        check(page, f"draft {tab}")
    page.goto(first.site.address + address)
    press_button(page, "提交合法性审核")
    assert "须由另一人办理" in page.inner_text("main")
    assert first.complaints == [each for each in first.complaints if "422" in each]

    second = visit("yunlan-lead2", width)
    page = second.open(address)
    switch_to(page, "合法性审核")
    page.fill("#note-pass", "内容合法，程序合规。")
    page.fill("#paper-pass", f"云司审〔2026〕{number}号")
    page.fill("#fair-pass", f"云公平审〔2026〕{number}号")
    check(page, "legal check")
    press_button(page, "审核通过")
    switch_to(page, "分管领导")
    page.fill("#paper-sign", f"签批〔2026〕{number}号")
    press_button(page, "签发")
    assert "请再输入一次密码" in page.inner_text("main")
    check(page, "password again")
    page.fill("#id_password", first.site.account("yunlan-lead2").password)
    press_button(page, "确认，继续办理")
    assert f"签批〔2026〕{number}号" in page.inner_text("main")
    switch_to(page, "牵头单位经办")
    press_button(page, "发布")
    assert "已发布" in page.inner_text("main")
    check(page, "published version")
    press(page, page.get_by_role("link", name="已发布的页面"))
    assert f"支持青年人才{about}" in page.inner_text("h1") and "35 万元" in page.inner_text("main")
    page.goto(page.url + "clause/二.(一)/rests/")
    check(page, "rests")
    assert second.complaints == []


def select_words(page, words: str) -> None:
    """Select words in the text pane as a mouse would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("[data-source]"), NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
                return;
            }
            throw new Error("not in the text");
        }""",
        words,
    )
    page.wait_for_function("document.querySelector('[data-start]').value !== ''")


def test_a_key_opens_escape_leaves_and_the_text_can_be_passed_over(visit, tmp_path):
    page = visit("yunlan-lead").open("/workbench/upload/")
    wrong, right = tmp_path / "措施.docx", tmp_path / "措施.txt"
    wrong.write_bytes(b"PK\x03\x04 cut off")
    right.write_text(TEXT.format(about="键盘", number=51), encoding="utf-8")
    for file in (wrong, right):  # after a refusal the form still tells how far the next upload is
        page.set_input_files("#id_file", str(file))
        page.check("#id_declared")
        page.evaluate(SEEN)
        page.get_by_role("button", name="上传并读取").click()
        if file == wrong:
            page.locator(".error-summary").wait_for()
            assert page.evaluate("document.activeElement.className") == "error-summary"
            page.evaluate("delete sessionStorage.seen")
    page.wait_for_url(VERSION)
    assert "已上传" in page.evaluate("sessionStorage.seen")
    press(page, page.get_by_role("link", name="去核对"))
    for key, field in (("d", "note-doubt"), ("s", "first-words")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == field
        page.keyboard.press("Escape")
        assert (
            page.evaluate("document.activeElement.tagName") == "SUMMARY" and not page.locator(f"#{field}").is_visible()
        )
    skip = page.get_by_role("link", name="跳过原文")
    skip.focus()
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "fact-h"
    check(page, "facts after escape")


def test_a_fact_is_corrected_and_one_added_by_the_keyboard_alone(visit, tmp_path):
    file = tmp_path / "措施.txt"
    file.write_text(TEXT.format(about="按键", number=52), encoding="utf-8")
    visitor = visit("yunlan-lead")
    page = visitor.open("/workbench/upload/")
    page.set_input_files("#id_file", str(file))
    page.check("#id_declared")
    press_button(page, "上传并读取")
    page.goto(f"{page.url}facts/?at=benefits-2&show=all#m-benefits-2")

    def on(key: str, expect: str) -> None:
        """Press a key that leads on, and wait until the card of the next page has the focus."""
        with page.expect_navigation():
            page.keyboard.press(key)
        page.wait_for_function("words => document.activeElement.textContent.includes(words)", arg=expect)

    page.wait_for_function("document.activeElement.id === 'fact-h'")
    page.keyboard.press("c")
    while page.evaluate("document.activeElement.id") != "id_cap":
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("90")
    on("Enter", "金额要写明单位")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # from the summary to the field
    page.wait_for_function("document.activeElement.id === 'id_cap'")
    page.keyboard.press("Control+a")
    page.keyboard.type("90万元")
    on("Enter", "有效期")
    assert "最高 90 万元" in page.inner_text(".just")
    on("z", "最高 60 万元")

    page.keyboard.press("w")  # the sentence of the fact, then the one two before, without its full stop
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    words = page.evaluate("document.getSelection().toString()")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.getSelection().toString()") == words[1:-1]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "add-kind"
    page.keyboard.press("Tab")
    on("Enter", "补充一条事实")
    assert page.inner_text(".quote mark") == words[1:-1]
    assert visitor.complaints == [each for each in visitor.complaints if "422" in each]


def test_a_long_text_grows_as_it_is_read_and_words_of_any_piece_can_be_added(visit, tmp_path):
    clauses = "".join(
        f"（{at}）补助研发投入{at}类。按上年度研发费用的{at % 9 + 1}%给予补助。{'各单位要做好宣传解读和受理。' * 25}\n\n"
        for at in range(1, 181)
    )
    text = TEXT.format(about="长文", number=71).replace("（二）补助研发投入", f"{clauses}（一八一）补助研发投入")
    file = tmp_path / "长.txt"
    file.write_text(text, encoding="utf-8")
    visitor = visit("yunlan-lead")
    page = visitor.open("/workbench/upload/")
    page.set_input_files("#id_file", str(file))
    page.check("#id_declared")
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_url(re.compile(f"{VERSION.pattern}|/jobs/"))
    if "/jobs/" in page.url:
        page.get_by_role("link", name="看结果").click(timeout=60_000)
        page.wait_for_url(VERSION)
    press(page, page.get_by_role("link", name="去核对"))
    page.goto(page.url.split("?")[0].split("#")[0] + "?at=benefits-90#m-benefits-90")
    assert page.locator(".pane mark.current").is_visible()
    assert_fits("facts of a long text", page)
    grown = """([first, edge]) => {
        const pane = document.querySelector("[data-source]");
        pane.scrollTop = edge ? pane.scrollHeight : 0; // as one scrolls on, piece after piece
        return pane.textContent.includes(first);
    }"""
    page.wait_for_function(grown, arg=["本措施自2026年5月1日起施行", True], timeout=90_000)
    page.wait_for_function(grown, arg=["鼓励青年人才来我市创业", False], timeout=90_000)
    shown = page.evaluate("() => [...document.querySelectorAll('.pane [id^=m-]')].map((each) => each.id)")
    assert len(shown) == len(set(shown)) > 180  # each piece came once
    select_words(page, "鼓励青年人才来我市创业")
    begin = int(page.locator("[data-add] [data-start]").input_value())
    assert text[begin : begin + 4] == "鼓励青年"
    assert visitor.complaints == []
    plain = visit("yunlan-lead", javascript=False).open(page.url.removeprefix(visitor.site.address).split("#")[0])
    press(plain, plain.get_by_role("link", name="显示全文"))
    assert plain.locator(".pane .words").count() > 180


SEEN = """() => new MutationObserver(() => { sessionStorage.seen = document.querySelector("[data-progress]").textContent; })
    .observe(document.querySelector("[data-progress]"), {childList: true, characterData: true, subtree: true})"""


@pytest.mark.parametrize("form", ["docx", "pdf", "ofd", "long"])
def test_a_file_as_offices_send_it_is_uploaded_with_progress(visit, tmp_path, form):
    text = TEXT.format(about=f"{form}实习", number=40 + len(form))
    sheets = typeset(text) if form in ("pdf", "ofd") else []
    long = text + "\n".join(f"附表第{number}行：说明文字。" for number in range(6000))
    data = {"docx": lambda: as_docx(text), "pdf": lambda: as_pdf(sheets), "ofd": lambda: as_ofd(ofd_entries(sheets)),
            "long": lambda: long.encode()}[form]()  # fmt: skip
    file = tmp_path / f"措施.{form.replace('long', 'txt')}"
    file.write_bytes(data)
    page = visit("yunlan-lead").open("/workbench/upload/")
    page.evaluate(SEEN)
    page.set_input_files("#id_file", str(file))
    page.check("#id_declared")
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_url(re.compile(f"{VERSION.pattern}|/jobs/"))
    assert "已上传" in page.evaluate("sessionStorage.seen")
    if "/jobs/" in page.url:  # a long text, or a machine that is busy
        check(page, "job")
        page.get_by_role("link", name="看结果").click(timeout=60_000)
        page.wait_for_url(VERSION)
    counts = page.locator("#content-h + dl").inner_text().split()
    assert counts[counts.index("奖补标准") + 1] == "3" and counts[counts.index("任务") + 1] == "2"
