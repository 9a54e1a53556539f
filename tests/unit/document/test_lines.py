"""How lines are laid out (LANGUAGE 1): hard wraps are joined, columns are parted, page numbers go."""

import pytest

from luodi.document import parse

WRAPPED = """云州市关于促进软件产业高质量发展若干政策措施的通
知
  为深入贯彻落实省里关于加快软件产业发展的工作部署
和要求，推动我市软件产业高质量发展，制定如下政策。
  一、对年营业收入首次突破规定数额的软件企业，给予
不超过600万元、

175

400万元的奖励，由市级和企业所在区的财政按照规定的
比例分担，奖励资金用于企业的研究开发和人才引进等。
"""


def test_page_numbers_go_and_hard_wraps_are_joined():
    document = parse(WRAPPED)
    assert "不超过600万元、400万元的奖励" in document.clean
    assert document.clean.count("\n") == 2
    assert {"page-number", "wrap"} <= {repair.code for repair in document.text.repairs}


def test_a_short_paper_with_more_items_than_wraps_is_joined_by_its_long_lines():
    wrapped = (
        "关于融资补助\n27. 云州市中小企业融资租赁和贷款贴息补助政策说明\n《云州市关于促进中小企业高质量发展的若干措施(第二批)》\n"
        "云州市认定的中小企业、小巨人企业和示范企业\n服务内容\n1.贷款贴息。对符合条件的企业,按照不超过同期中国人民银行公布的贷款\n"
        "市场报价利率给予贴息,贴息期限不超过12个月,单个企业的贴息金额不超过\n1000万元。\n"
        "2.融资租赁。按照不超过五个百分点的费率,对企业给予补贴,单个企业年度\n补贴金额不超过500万元。\n条件要求\n"
        "(一)在本市注册,经营状况良好,依法纳税;\n(二)上年度营业收入2000万元以上的企业;\n(三)贷款年利率不高于6%,期限一年以上;\n(四)同一项目不得重复申报财政资金。\n"
    )
    joined = parse(wrapped).clean
    assert "公布的贷款市场报价利率" in joined and "不超过1000万元。\n2." in joined and "年度补贴金额" in joined
    assert "(一)在本市注册,经营状况良好,依法纳税;\n(二)" in joined


def test_one_cell_a_line_with_a_bar_behind_it():
    cells = ["序号", "重点工作", "责任单位", "完成时限", "1", "盘活企业。", "改革办", "全年"]
    assert "|" not in parse("云州市责任清单\n" + "".join(f"{cell} |\n" for cell in cells)).clean
    assert "|" in parse("云州市责任清单\n序号 | 工作 |\n1 | 甲 |\n").clean


def test_the_last_words_of_a_wrapped_paper_are_no_site_furniture():
    site = "分享到:\n上一篇:关于某事的通知\n版权所有 云州市人民政府\n"
    assert parse(
        "第一条 对研发机构给予补助。\n第二条 本办法自2022年1月1日起施行,有效期3\n年。\n" + site
    ).clean.endswith("有效期3年。")


SPACED = "一、高龄津贴标准\n年龄                标准（元/人·月）\n80—89周岁           100\n90—99周岁           200\n"


def test_columns_set_with_spaces_are_parted_by_tabs():
    lines = parse(SPACED).text.clean.split("\n")
    assert lines[1:] == ["年龄\t标准(元/人·月)", "80—89周岁\t100", "90—99周岁\t200"]


def test_cells_under_names_are_parted_by_tabs():
    wide = "序号  任务  责任单位  完成时限\n1  新建公园  市甲局、市乙局  10月底\n二、要求\n"
    assert parse(wide).text.clean.split("\n")[1] == "1\t新建公园\t市甲局、市乙局\t10月底"
    narrow = "序号 用户名称 负荷(千瓦)\n1 甲公司 120\n2 乙厂 80 备用\n"
    assert parse(narrow).text.clean.split("\n") == ["序号\t用户名称\t负荷(千瓦)", "1\t甲公司\t120", "2乙厂80备用"]
    fewer = "序号  任务  责任单位  完成时限\n1  新建公园  市甲局\n其中  市乙局\n3 修建步道 市丙局 年底\n以上任务\n"
    rows = ["1\t新建公园\t市甲局", "其中\t市乙局", "3\t修建步道\t市丙局\t年底", "以上任务"]
    assert parse(fewer).text.clean.split("\n")[1:] == rows


def test_a_column_of_figures_tells_the_rows_under_known_names_as_under_others():
    known = "地区 企业名称 备注\n甲县 甲公司 120\n乙县 乙厂 80\n按年通报。\n"
    assert parse(known).text.clean.split("\n") == [
        "地区\t企业名称\t备注",
        "甲县\t甲公司\t120",
        "乙县\t乙厂\t80",
        "按年通报。",
    ]
    mixed = "项目  对象   标准   上限\n就业补贴   小微企业  1500元/人 15万元\n创业补贴 毕业生  8000元   8000元\n"
    assert parse(mixed).text.clean.split("\n")[0] == "项目\t对象\t标准\t上限"
    assert parse(known.replace("80", "若干")).text.clean.count("\t") == 2


@pytest.mark.parametrize(
    "text",
    [
        "一、项目 任务\n二、企业 单位\n",  # headings
        "责任单位 市甲局 市乙局\n市丙局 市丁局 市戊局\n",  # a label and its units
        "云州市民政局    云州市财政局\n云州市甲局    云州市乙局\n云州市丙局    云州市丁局\n",  # those who sign
        "联系人    电话\n张三    0123\n",  # a single row
        "1    甲项目\n2    乙项目\n3    丙项目\n",  # no names above
        "甲局    10\n乙局    20    30\n丙局    40\n",  # other gaps in every line
    ],
)
def test_gaps_without_a_table_stay_blanks(text: str):
    assert "\t" not in parse(text).text.clean


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        # One sentence broken off where the longest line ends, and closed in the next.
        (["一、支持上市", "对在境内外证券交易所首次公开发行股票的企业,分阶段", "给予最高200万元奖励。"], True),
        # Two awards, a line each, without a stop between them.
        (["对首次认定的高新技术企业,给予20万元奖励", "对重新认定的企业,给予10万元奖励。"], False),
        # A line that breaks off far from the width of the others is an item of a list.
        (
            [
                "申请人应当在本市依法登记,信用良好",
                "申请材料齐全",
                "申请表由法定代表人签字并加盖单位公章,一式三份,装订成册报送",
            ],
            False,
        ),
    ],
)
def test_few_lines_tell_the_width_of_a_page_where_a_sentence_breaks_off(lines: list[str], joined: bool):
    assert (lines[-2] + lines[-1] in parse("\n".join(lines)).clean) == joined


def test_a_heading_on_a_nearly_full_line_keeps_it():
    first = "一、支持云州港区加快发展现代服务业"
    filled = (
        "为加快云州港区开发建设,增强发展活力,经市政府\n同意,制定本意见,请各部门各单位遵照执行,并结合\n"
        f"实际抓好落实。\n{first}\n对符合条件的企业,三年内按实际租金的30%给予补贴,\n每年最高50万元。\n"
        "二、附则。本意见自印发之日起施行,由市发展改革委\n负责解释。\n"
    )
    assert f"\n{first}\n对符合条件" in parse(filled).clean


def test_figures_of_a_table_set_with_blank_lines_are_no_page_numbers():
    table = ["类别", "等级", "一级", "120", "二级", "100", "三级", "80"]
    assert parse("\n\n".join(["补贴标准如下。", *table, "以上按月发放。"])).clean.count("\n100\n") == 1
    paged = ["对新认定的企业,给予不超过600万元、", "175", "400万元奖励。", "二、附则。本办法自印发之日起施行。"]
    assert "600万元、400万元" in parse("\n\n".join(paged)).clean


def test_a_paragraph_that_alone_is_hard_wrapped_is_joined():
    wrapped = "第二条 学位补贴。在民办学校就读且符合条件的义务教育\n阶段学生,小学每生每年补贴6000元,初中每生每年补\n贴8000元。\n"
    text = "第一条 为了促进民办教育发展,制定本办法,本办法由区教育行政部门会同区财政部门组织实施。\n" + wrapped
    assert "初中每生每年补贴8000元。" in parse(text).clean


def test_lines_of_one_width_that_are_items_stay_apart():
    items = "云州市甲业发展专项资金申报表及附件材料\n云州市乙业发展专项资金申报表及附件材料\n云州市丙业发展专项资金申报表及附件材料\n"
    assert parse("申报材料包括下列各项:\n" + items).clean.count("\n") == 3


# Long lines that are full, so that a text counts as hard-wrapped.
FULL = "".join(
    f"第{n}条 对通过第{n}次评价并在本市登记注册的各类创新企业和机构,按照实\n际投入的20%给予补贴。\n" for n in "一二三四"
)


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("本科、硕士、博士分别给予每月800元、1200元、200\n0元租房补贴。", "1200元、2000元租房补贴"),
        ("责任单位:市甲局、市乙局、市丙局、市丁局、市戊局、中国云州集团有限\n公司,各区人民政府\n", "集团有限公司,各区"),
        (
            "1.对新引进的法人金融机构,按照它的实收资本给予一次性落户奖励:\n实收资本10亿元以上的,奖励1500万元;实收资本5亿元以下的,奖\n励100万元。\n",
            "落户奖励:实收资本10亿元",
        ),
        (
            "对设备投资额五百万元以上的技术改造项目,按照设备投资额的8%给予补助。\n其中,列入计划的,补助比例提高至10%。\n",
            "补助。其中,列入",
        ),
        ("组织各乡镇开展清查,并且每季度通报。责任单位:县农业农村局、县卫生健\n康局\n", "县卫生健康局"),
        ("由各乡镇负责组织实施,具体工作分别由县教育局、县民政局、县农业农\n村局\n", "县农业农村局"),
        ("养殖池塘按照《淡水养殖尾水排放要求》这一行业标准(SC/T 91\n01)实施改造。\n", "9101)实施"),
    ],
)
def test_what_a_full_line_cuts_goes_on(wrapped: str, whole: str):
    assert whole in parse(FULL + wrapped).clean


@pytest.mark.parametrize(
    "lines",
    [
        "云州经济技术开发区管理委员会关于鼓励外贸稳定增长的若干措施\n\n为应对外部环境变化,制定本措施。\n",
        "申请本办法规定的各项奖励和补贴的单位和个人,应当符合以下条件:\n在本市登记注册,依法纳税,没有违法记录,并且经营满一年以上的企\n业。\n",
        "(二)做好宣传引导。(市委宣传部、市甲局、市乙局、云水供电公司)\n附件:1.分级调控指标表\n",
    ],
)
def test_a_full_line_that_ends_something_stays(lines: str):
    first = lines.partition("\n")[0]
    assert first in parse(FULL + lines).clean.split("\n")


@pytest.mark.parametrize(
    ("head", "first"),
    [
        (
            "云州市经济开发区关于加快发展电子商务和现代物流业的若干政策意见\n为了优化服务业结构,促进本区企业发展,制定本意见。\n",
            "云州市经济开发区关于加快发展电子商务和现代物流业的若干政策意见",
        ),
        (
            "政府工作报告\n——2025年1月8日在云州市第十六届人民代表大会第五次会议上\n云州市人民政府市长 李某某\n各位代表:\n现在,我代表市人民政府,向大会报告工作,请予审议,并请各位政协委\n员提出意见。\n",
            "各位代表:",
        ),
    ],
)
def test_a_line_of_the_head_that_fills_the_page_by_chance_stays(head: str, first: str):
    assert first in parse(head + FULL).clean.split("\n")


def test_a_sentence_that_begins_like_a_title_goes_on():
    head = "为深入贯彻落实省人民政府关于进一步促进民营经济高质量发展的意见\n精神,结合本市实际,制定本措施。\n"
    assert "的意见精神,结合" in parse(head + FULL).clean


def test_a_title_cut_before_its_last_character_stays_whole_on_a_page():
    page = "网站位置:首页 > 政策\n\n云州市人民政府办公厅关于加快军民融合产业发展的实施意\n见\n更新时间:2019-5-23\n\n各区人民政府:\n"
    assert "发展的实施意见\n" in parse(page + FULL).clean


def test_cells_stand_below_the_names_where_they_begin():
    names = "平台类型      级别      认定奖励（万元）"
    rows = "重点实验室    国家级    500\n              省级      100\n技术中心      国家级    200\n"
    assert parse(f"{names}\n{rows}").clean.split("\n")[1:] == [
        "重点实验室\t国家级\t500",
        "\t省级\t100",
        "技术中心\t国家级\t200",
    ]
    apart = "重点实验室    国家级    500\n         省级   100\n技术中心      国家级    200\n"
    assert "\t省级\t100" not in parse(f"{names}\n{apart}").clean


def test_figures_of_a_table_are_no_page_numbers_and_a_stroke_may_be_a_cell():
    cells = "类别\n\n国家级\n\n省级\n\n基地\n\n100\n\n/\n\n孵化器\n\n60\n\n20\n"
    assert "基地\n100\n/\n孵化器\n60\n20" in parse(f"一、奖励\n给予奖励，标准如下：\n{cells}二、附则\n略。\n").clean
    paged = "一、总体要求\n坚持创新驱动，加快转型升级\n\n12\n\n，推动高质量发展。\n二、附则\n略。\n"
    assert "12" not in parse(paged).clean
