"""Papers made from a pack: complete, traced to clauses, open where the text is silent, and in official form."""

import datetime as dt
import io
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from openpyxl import load_workbook

from integration.town_policy import SLUG, TEXT, town_pack
from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.pack import Pack
from luodi.service.audit.models import AuditEvent
from luodi.service.duties.adopt import adopt_policy
from luodi.service.official_paper import days_written
from luodi.service.papers.content import OPEN, Table, clause_name
from luodi.service.papers.guide import guide, sheet
from luodi.service.papers.item_list import item_list
from luodi.service.papers.items import in_force_line, items, source_of, standards
from luodi.service.papers.manual import manual
from luodi.service.policies.actions import add_version, confirm, load_text, publish
from luodi.service.policies.queries import basis_papers, current_version, load_pack

HOME = f"/policies/{SLUG}/"
ELEMENTS = ["事项名称", "编码", "政策依据", "对象", "条件", "标准", "方式", "申报通知", "材料", "流程与时限", "受理单位、地址、电话", "资金渠道",
            "咨询与监督电话", "有效期", "版本"]  # fmt: skip


@pytest.fixture
def source(version):
    return source_of(version, load_pack(version))


def words(cell) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in cell)


def published(people, **given):
    made = add_version(by=people.lead, slug=SLUG, region="990100", pack=town_pack(**given))
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    return current_version(SLUG)


def test_a_sheet_has_every_element_and_fills_in_nothing(source):
    found = sheet(source, items(source.pack)[0])
    elements = dict(found.elements)
    assert list(elements) == ELEMENTS
    assert "100 万元" in words(elements["标准"]) and "国家级" in words(elements["标准"])
    for name in ("受理单位、地址、电话", "资金渠道", "咨询与监督电话"):
        assert OPEN in words(elements[name])
    open_things = {thing for each in found.open for thing in each.what}
    assert {"地址", "电话", "咨询电话", "监督电话", "资金渠道", "办理时限"} <= open_things
    assert not re.search(r"\d{7,}", words(elements["受理单位、地址、电话"]))


def test_every_sum_names_its_clause(source):
    for item in items(source.pack):
        for line in dict(sheet(source, item).elements)["标准"]:
            for piece in line:
                assert not re.search(r"\d+ 万元", piece.text) or piece.article == item.article
    for block in item_list(source).blocks:
        for row in block.rows if isinstance(block, Table) else ():
            assert all(piece.article for line in row[4] for piece in line if re.search(r"\d", piece.text))


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (dt.date(2026, 5, 1), dt.date(2028, 12, 31), "2026年5月1日 至 2028年12月31日"),
        (dt.date(2026, 5, 1), None, "2026年5月1日起施行；届满日期：本文未规定"),
        (None, dt.date(2028, 12, 31), "施行日期：本文未规定；有效期至2028年12月31日"),
        (None, None, "施行日期：本文未规定；届满日期：本文未规定"),
    ],
)
def test_when_a_paper_is_in_force_is_said_in_whole_words(source, starts, ends, words):
    facts = {**source.pack.facts, "validity": None}
    pack = Pack({**source.pack.data, "facts": facts, "unstated": ["effective_from", "effective_to"]})
    stands = replace(source.validity, starts=starts, ends=ends)
    assert in_force_line(replace(source, pack=pack, validity=stands)) == words


def test_what_holds_for_all_sums_of_an_item_is_told_once(source):
    for block in manual(source, []).blocks:
        if isinstance(block, Table) and not block.headings:
            checks = words({words(name): lines for name, lines in block.rows}["核什么"])
            assert checks.count("信用核查") == 1


def test_the_sentence_is_quoted_once_the_text_is_here(people, version, source):
    item = items(source.pack)[0]
    assert "原文没有载入" in words(dict(sheet(source, item).elements)["政策依据"])
    load_text(by=people.lead, version=version, data=TEXT.encode(), name="原文.txt")
    loaded = current_version(SLUG)
    basis = words(dict(sheet(source_of(loaded, load_pack(loaded)), item).elements)["政策依据"])
    assert "原文：“对获得国家级、省级新材料产业基地称号的园区" in basis


def test_another_copy_is_quoted_at_its_own_places(people, version, source):
    other = TEXT.replace("，", ", ").replace("\n\n", "\n").encode()
    assert load_text(by=people.lead, version=version, data=other, name="副本.txt").notice
    loaded = current_version(SLUG)
    basis = words(dict(sheet(source_of(loaded, load_pack(loaded)), items(source.pack)[0]).elements)["政策依据"])
    assert "原文：“对获得国家级、省级新材料产业基地称号的园区" in basis


def test_what_a_person_confirmed_is_no_longer_open(people, version):
    rule = town_pack().rules[0]["id"]
    made = published(
        people, rules=[{"id": rule, "guide": {"address": "试验路 1 号", "phone": "000-1", "route": ["提交", "拨付"]}}]
    )
    source = source_of(made, load_pack(made))
    found = sheet(source, items(source.pack)[0])
    assert "地址：试验路 1 号" in words(dict(found.elements)["受理单位、地址、电话"])
    assert "1. 提交\n2. 拨付" in words(dict(found.elements)["流程与时限"])
    assert not {"地址", "电话", "流程"} & {thing for each in found.open for thing in each.what}


def test_what_is_published_as_one_figure_says_so(people, version):
    rule = town_pack().rules[0]["id"]
    made = published(people, rules=[{"id": rule, "publication": "item_total"}])
    source = source_of(made, load_pack(made))
    found = dict(sheet(source, items(source.pack)[0]).elements)
    assert "只公布本事项总数" in words(found["方式"])
    assert "不列名单" in str(manual(source, []).blocks[-2:])


def test_a_lapsed_policy_says_that_nothing_can_be_claimed(client, on, version):
    on("2029-02-01")
    page = client.get(f"{HOME}papers/guide/").content.decode()
    assert "不能据此申领" in page
    assert "不能据此申领" in text_of(client.get(f"{HOME}papers/export/guide.docx").content)


def test_the_manual_tells_who_by_when_and_what_is_checked(client, people, version):
    adopt_policy(version=version, by=people.supervisor, organisation="试验市")
    client.force_login(people.lead)
    page = client.get(f"{HOME}papers/manual/").content.decode()
    for part in ("一、依据与效力", "二、职责分工", "三、事项办理要点", "四、口径", "五、公布和保密", "未设节点", "市财政局",
                 "先省级后国家级", "谁可以审批"):  # fmt: skip
        assert part in page, part
    assert client.get(f"{HOME}papers/export/manual.docx").status_code == 200
    assert AuditEvent.objects.filter(action="papers.export").count() == 1


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("name", ["guide", "items", "manual"])
def test_a_docx_is_in_official_form(client, people, version, name):
    client.force_login(people.lead)
    answer = client.get(f"{HOME}papers/export/{name}.docx")
    document = Document(io.BytesIO(answer.content))
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    named = etree.fromstring(table.blob).findall(qn("w:font"))
    substitutes = {font.get(qn("w:name")) for font in named if font.find(qn("w:altName")) is not None}
    section = document.sections[0]
    upright = name != "items"
    wide, high = (156, 225) if upright else (225, 156)
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Mm(wide), abs=Mm(0.5))
    assert section.page_height - section.top_margin - section.bottom_margin == pytest.approx(Mm(high), abs=Mm(0.5))
    if upright:
        assert (section.top_margin.mm, section.left_margin.mm) == pytest.approx((37, 28), abs=0.5)
    paragraphs = [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]
    for paragraph in paragraphs:
        if paragraph.text:
            fonts = paragraph.style.element.rPr.rFonts
            assert fonts.get(qn("w:eastAsia")) in substitutes and fonts.get(qn("w:eastAsiaTheme")) is None, (
                paragraph.text
            )
            assert all(run.font.name is None for run in paragraph.runs)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert footer.paragraphs[0].text == "— 1 —"
        assert footer.paragraphs[0]._p.find(f".//{qn('w:instrText')}").text.strip() == "PAGE"
        assert footer.paragraphs[0]._p.find(f".//{qn('w:jc')}").get(qn("w:val")) == side
    assert "新材料产业" in document.paragraphs[0].text + document.paragraphs[1].text


def test_page_and_docx_say_the_same(client, version):
    source = source_of(version, load_pack(version))
    paper = guide(source)
    page = re.sub(r"<[^>]+>|\s", "", client.get(f"{HOME}papers/guide/").content.decode())
    written = "".join(text_of(client.get(f"{HOME}papers/export/guide.docx").content).split())
    for block in paper.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for piece in (piece for cell in row for line in cell for piece in line):
                assert "".join(piece.text.split()) in page and "".join(piece.text.split()) in written
    assert "待填事项" in page and "待填事项" in written


def test_days_are_written_as_papers_write_them_and_quotations_stay(client, people, version):
    assert days_written("自 2026-03-01 至 2028-12-31，“2026-03-01”，电话 0571-2026-03-01") == (
        "自2026年3月1日 至 2028年12月31日，“2026-03-01”，电话 0571-2026-03-01"
    )
    client.force_login(people.lead)
    for name in ("guide", "items", "manual"):
        written = text_of(client.get(f"{HOME}papers/export/{name}.docx").content)
        assert not re.search(r"\d{4}-\d\d-\d\d", written), name
    manual = text_of(client.get(f"{HOME}papers/export/manual.docx").content)
    assert manual.count("上位依据") == len(basis_papers(load_pack(version)))


def test_an_item_that_is_not_there(client, version):
    assert client.get(f"{HOME}papers/guide/九/").status_code == 404
    assert client.get(f"{HOME}papers/export/guide.docx?item=九").status_code == 404


@pytest.mark.parametrize(("address", "cited"), [("四.(三).2", "四（三）2"), ("第五条.(一)", "第五条第（一）项"), ("0", "文首"),
                                                ("第五条.(一).1", "第五条第（一）项第1目"), ("第一章", "第一章")])  # fmt: skip
def test_clauses_are_cited_as_officials_do(address, cited):
    assert clause_name(address) == cited


def test_what_the_text_itself_states_is_told_with_its_clause(people):
    text = TEXT.replace(
        "本意见自2026年3月1日起施行", "（三）奖补资金由市、区按4:6比例承担。企业应在2026年9月30日前提交申请。同一事项按就高不重复原则执行。\n\n"
        "联系电话：0000-12345678。\n\n本意见由市经信局负责解释。本意见自2026年3月1日起施行",
    )  # fmt: skip
    pack = build(compile_document(parse(text, SLUG)), {"id": SLUG, "version": 1})
    made = add_version(by=people.lead, slug=SLUG, region="990100", pack=pack)
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    source = source_of(current_version(SLUG), load_pack(made))
    assert pack.facts["contacts"] and pack.facts["payments"] and pack.facts["interpretations"]
    elements = dict(sheet(source, items(pack)[0]).elements)
    assert "0000-12345678" in words(elements["咨询与监督电话"])
    assert "40%" in words(elements["资金渠道"]) and OPEN in words(elements["资金渠道"])
    assert "解释：市经信局" in words(elements["有效期"])
    assert all(piece.article for line in elements["咨询与监督电话"] for piece in line if "0000" in piece.text)


def test_the_item_list_says_the_same_as_page_docx_and_workbook(client, source):
    page = re.sub(r"<[^>]+>|\s+", "", client.get(f"{HOME}papers/items/").content.decode())
    book = load_workbook(io.BytesIO(client.get(f"{HOME}papers/export/items.xlsx").content))
    assert book.sheetnames[0] == "说明" and len(book.sheetnames) == 2, "no sheet of figures where nothing is compared"
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    table = Document(io.BytesIO(client.get(f"{HOME}papers/export/items.docx").content)).tables[0]
    assert len(rows) == len(table.rows) == 1 + len(item_list(source).blocks[0].rows)
    for cells in rows:
        assert cells[1] in page and all(each.data_type != "f" for line in book.worksheets[1] for each in line)
    assert [row[1:3] for row in rows] == [tuple(cell.text for cell in row.cells[1:3]) for row in table.rows]
    assert book.sheetnames[1] == "1 政策事项清单" and [row[0] for row in rows[1:]] == list(range(1, len(rows)))


@pytest.mark.parametrize(("path", "begins"), [
    ("papers/export/guide.docx", "申兑指南-"), ("papers/export/items.docx", "政策事项清单-"),
    ("papers/export/items.xlsx", "政策事项清单-"), ("papers/export/guide.docx?item=三.(一)", "申兑指南-三（一）-"),
])  # fmt: skip
def test_a_file_is_called_by_its_paper_its_policy_and_its_version(client, source, path, begins):
    answer = client.get(f"{HOME}{path}")
    name = unquote(answer["Content-Disposition"].partition("filename*=UTF-8''")[2])
    form = path.partition("?")[0].rpartition(".")[2]
    assert name == f"{begins}{source.pack.title}-第1版.{form}" and SLUG not in name


def source_from(people, text: str):
    made = add_version(by=people.lead, slug=SLUG, region="990100",
                       pack=build(compile_document(parse(text, SLUG)), {"id": SLUG, "version": 1}))  # fmt: skip
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    return source_of(current_version(SLUG), load_pack(made))


def test_for_how_many_years_a_sum_is_paid_and_what_one_sentence_forbids(people):
    source = source_from(people, TEXT.replace("（二）对重大项目，", (
        "（二）对入驻企业，按租金总额的50%给予租金补贴，每年不超过5万元，补贴期限最长不超过3年。对连续就业满1年的青年，一次性给予5万元的就业补贴，每人仅可申请一次。\n\n（三）对重大项目，")))  # fmt: skip
    item = next(each for each in items(source.pack) if each.article == "三.(二)")
    told = words(dict(sheet(source, item).elements)["标准"])
    assert "最高 5 万元，期限 3 年" in told
    rent, _, work = told.partition("连续就业满1年的青年")
    assert "每年一次" in rent and "仅可申请一次" not in rent
    assert "仅可申请一次" in work and "每年一次" not in work
    rows = [words(row[4]) for row in item_list(source).blocks[0].rows]
    assert any("期限 3 年" in row for row in rows)


def test_a_policy_without_awards_says_so_and_equal_gaps_are_told_once(client, people, source):
    listed = item_list(source)
    assert [(each.where, each.places) for each in listed.open] == [(f"第 1-{listed.open_count} 行", listed.open_count)]
    source = source_from(people, re.sub(r"三、支持政策.*?(?=本意见自)", "", TEXT, flags=re.S))
    for paper in (guide(source), item_list(source), manual(source, [])):
        assert any("没有奖补事项" in str(block) for block in paper.blocks), paper.name
    page = client.get(f"/calculator/?policy={SLUG}").content.decode()
    assert "没有可以测算的奖补规则" in page


def test_days_between_which_events_count_and_persons_are_told_as_people_say_it(people):
    source = source_from(people, TEXT.replace("，有效期至2028年12月31日", "").replace("（二）对重大项目，", (
        "（二）对毕业5年内、签订3年以上劳动合同的毕业生，给予2万元补贴。\n\n（三）对重大项目，")))  # fmt: skip
    award, persons = (dict(sheet(source, item).elements) for item in items(source.pack)[:2])
    assert "事项日期：2026年3月1日 以后（含当日）" in words(award["条件"]) and "不限" not in words(award["条件"])
    assert "发给个人" in words(persons["对象"]) and "受理" not in words(persons["对象"])
    rows = {row[2][0][0].article: words(row[3]) for row in item_list(source).blocks[0].rows}
    third = dict(sheet(source, items(source.pack)[2]).elements)
    assert "单位不分类别，都受理" in words(third["对象"]) and "其他类别" not in words(third["对象"])
    assert rows["三.(二)"] == "个人" and "园区" in rows["三.(一)"]
    assert (
        days_written("自 2026-03-01 起施行，2026-03-01 至 2026-04-01")
        == "自2026年3月1日起施行，2026年3月1日 至 2026年4月1日"
    )


def test_a_paper_in_force_from_its_issue_says_so_in_a_sentence(people):
    source = source_from(
        people, TEXT.replace("自2026年3月1日起施行，有效期至2028年12月31日", "自印发之日起施行，有效期2年")
    )
    assert "共 2 项。自发布之日起施行；有效期至2028年2月9日。标准" in str(item_list(source).blocks[-1])


MANY = TEXT.replace(
    "（二）对重大项目，",
    """（二）对新认定的国家级、省级创新平台，分别给予一次性奖励，标准见下表。

平台级别	奖励标准（万元）	备注
国家级	500	重点实验室
省级	200	含新型研发机构

（三）对首次取得型号合格证的企业，给予300万元一次性奖励；其中，载人航空器取得型号合格证的，给予800万元一次性奖励。同一企业每年获得本意见奖励总额不超过2000万元。存在严重失信行为的企业不予支持。

（四）市经信局自受理之日起20个工作日内完成审核。

（五）对重大项目，""",
)


def test_what_shuts_out_how_often_and_up_to_what_is_told_and_no_award_is_lost(client, people):
    source = source_from(people, MANY)
    load_text(by=people.lead, version=source.version, data=MANY.encode(), name="原文.txt")
    source = source_of(current_version(SLUG), load_pack(source.version))
    order = [item.article for item in items(source.pack)]
    assert order == sorted(order, key="三.(一)三.(二)三.(三)三.(五)".index)
    told = {item.article: dict(sheet(source, item).elements) for item in items(source.pack)}
    certificate = told["三.(三)"]
    assert "不得有此情形：存在严重失信行为" in words(certificate["条件"])
    assert "300 万元" in words(certificate["标准"]) and "800 万元" in words(certificate["标准"])
    assert "计发：同一事项、同一等级只给一次" in words(certificate["标准"])
    assert re.search("合计上限：每家每年最高 2,000 万元（与其他 [0-9]+ 项合并计算）", words(certificate["标准"]))
    assert "20 个工作日内" in words(certificate["流程与时限"])
    assert "原文：“国家级，500，重点实验室”" in words(told["三.(二)"]["政策依据"])
    titles = [rule["title"] for rule in source.pack.rules]
    assert len(set(titles)) == len(titles)
    rows = [words(row[1]) for row in item_list(source).blocks[0].rows]
    assert "奖补" not in rows and len(rows) == len(source.pack.rules)
    assert "不得有此情形" in str(manual(source, []).blocks)
    assert "合计上限" in client.get(HOME).content.decode()


ART = """试验市文艺创作扶持办法（试行）

试政发〔2026〕6号

一、创作项目申请资助资金的额度不超过以下标准：戏曲项目50万元；曲艺（长篇、中篇）项目30万元。

二、本办法自2026年3月1日起施行，有效期至2028年12月31日。
"""


def test_what_names_a_sum_is_told_once_however_its_brackets_are_set(client, people):
    source = source_from(people, ART)
    (item,) = items(source.pack)
    assert [words(standards(source.pack, rule)) for rule in item.rules] == ["最高 50 万元", "最高 30 万元"]
    page = client.get(HOME).content.decode()
    assert page.count("曲艺（长篇、中篇）项目") == 1 and "曲艺(长篇" not in page
    assert "扶持办法（试行）</a>" in client.get(f"{HOME}text/").content.decode()
