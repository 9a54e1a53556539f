"""Each kind of damage is mended, recorded, and every character still points at its place in the source."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def found_at(source: str, phrase: str, clean_phrase: str | None = None) -> str:
    text = parse(source).text
    start = text.clean.index(clean_phrase or phrase)
    span = text.span(start, start + len(clean_phrase or phrase))
    return text.source[span.start : span.end]


def test_width_is_folded_and_the_span_gives_the_source():
    assert found_at("给予５０万元（含）奖励，共３％。", "", "50万元(含)") == "５０万元（含）"


def test_one_sign_that_folds_to_several_keeps_its_one_place():
    assert found_at("面积不小于30㎡的", "", "30m2") == "30㎡"


def test_a_number_of_which_nothing_is_left_is_the_one_between_its_neighbours():
    text = "。ㄎ澹⿲甲类给予补助。\n。⿲乙类给予奖励。\n。ㄆ撸⿲丙类给予资助。\n"
    assert parse(text).clean.count("(六)乙类") == 1


def test_slices_of_a_preview_are_joined_and_their_numbers_are_none():
    first = "1、附件:云州市若干措施为促进机构集聚发展,提高服务实体经济的效能,推动产业和资本深度融合,优化机构发展的环境,结合云州实际,制定本措施。第一条支持机构落户。对新落户的机构给予奖励。第二条支持投资机构发展。"
    text = (
        first
        + "(一)对投资于市内企业的机构给予奖励。(二)对营业收入达到规定数额的机构,按照上年度项目退\n\n2、出时的收益给予奖励。\n"
    )
    assert "(二)对营业收入达到规定数额的机构,按照上年度项目退出时的收益" in parse(text).clean
    assert [one.id for one in parse(text).articles] == ["第一条", "第二条", "第二条.(一)", "第二条.(二)"]
    more = text.replace(
        "给予奖励。\n",
        "。"
        + "对符合规定条件的机构给予支持。" * 8
        + "年度贡献达到30万元(含)\n3、以上的给予奖励。三、保障1 .加强统筹。2 .做好宣传。\n",
    )
    assert "达到30万元(含)以上的" in parse(more).clean.replace("\n", "")
    shared = "《云州市若干措施.docx》由会员分享,可在线阅读,更多相关《云州市若干措施.docx》请在甲文档上搜索,下载原文请先登录本站,本站不对内容负责,请以正式发布的文本为准,如有侵权请联系我们删除该文档,谢谢您的理解和支持。"
    assert [one.id for one in parse(f"云州市若干措施.docx\n{shared}\n{text}").articles][:2] == ["第一条", "第二条"]
    listed = "1、" + "对符合规定条件的企业" * 12 + "\n2、对机构给予奖励。\n3、对个人给予奖励。\n"
    assert [one.id for one in parse(listed).articles] == ["1", "2", "3"]


def test_numbers_and_strokes_on_lines_of_their_own_are_joined():
    text = "一是茶园建设补助。标准化茶园建设按不高于\n450\n元\n/\n亩进行补助。\n二是奖励。对通过认证的企业给予一次性\n4\n万元奖励。\n"
    clean = parse(text).clean
    assert "按不高于450元/亩进行补助" in clean
    assert "一次性4万元奖励" in clean


def test_radicals_in_place_of_characters_are_those_characters():
    assert parse("⻓期⽀持⻋联⽹⼯程,⻛险⼀次性补偿").clean == "长期支持车联网工程,风险一次性补偿"


def test_two_upright_dots_are_a_colon():
    assert parse("按国家拨付资金给予1︰1配套补贴").clean == "按国家拨付资金给予1:1配套补贴"


def test_a_break_round_the_number_of_a_sum_is_mended():
    document = parse("一、支持。对首次入选的示范企业，给予一次性奖励\n20\n万元。\n二、其他。做好服务。\n")
    assert "给予一次性奖励20万元。" in document.clean


def test_a_bracket_of_a_number_at_the_head_of_a_line_is_told_by_its_neighbours():
    assert parse("一、内容\n一)甲补助。乙。\n(二丙补助。丁。\n(三)戊补助。\n").clean.split("\n")[1:] == [
        "(一)甲补助。乙。",
        "(二)丙补助。丁。",
        "(三)戊补助。",
    ]
    whole = "一、内容\n(一般公共预算)安排资金。\n二手车交易。\n"
    assert parse(whole).clean == whole.strip()


def test_a_sum_broken_in_mid_number_is_joined():
    assert "100万元、50万元" in parse("对国家级、省级平台,分别给予10\n0万元、50万元奖励。\n").clean
    rows = "名称2022\n50万元\n"
    assert parse(rows).clean == rows.strip()


def test_pinyin_is_removed_before_brackets_are_matched():
    document = parse("促进产(chǎn)业(yè)发展。(责任单位:市发(fā)改委)")
    assert document.clean == "促进产业发展。(责任单位:市发改委)"
    assert {repair.code for repair in document.text.repairs} == {"pinyin"}


def test_syllables_without_tones_are_pinyin_where_there_are_several():
    document = parse("对新认(ren)定(ding)的企业(ye)(ye)给(gei)予(yu)奖励(li)10万元。\n")
    assert document.clean == "对新认定的企业给予奖励10万元。"
    assert "(ai)" in parse("采用人工智能(ai)与应用(app)技术。\n").clean


def test_latin_words_in_brackets_stay():
    assert "(gps)" in parse("卫星导航(gps)终端。").clean


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


def test_digits_set_apart_become_one_number():
    assert parse("最高10 0万元奖励").clean == "最高100万元奖励"
    assert parse("每家最高1 000万元,每人10 000元,增长12 %").clean == "每家最高1000万元,每人10000元,增长12%"
    assert parse("每家最高 1 500 万元").clean == "每家最高1500万元"
    assert parse("分别给予50 100万元").clean == "分别给予50 100万元"
    assert parse("甲类 1 500元").clean == "甲类1 500元"
    assert [article.id for article in parse("第 1 0 条 支持企业。\n第 1 1 条 其他。").articles] == ["第10条", "第11条"]


def test_spaces_between_characters_of_prose_go_but_part_names_in_a_title():
    assert "战略新兴、医药健康" in parse("为全力支持战略新 兴、医药健康、现代服务业、特色农业四个重点产业发展。").clean
    assert parse("云州市民政局 云州市财政局关于补贴的通知").clean.startswith("云州市民政局 云州市财政局")


def test_a_character_eaten_with_its_pinyin():
    assert parse("《雲省通信管理?xiàng)l例》已經(jīng)通過。企業(yè)年?duì)I業(yè)收入\n").clean.startswith(
        "《云省通信管理条例》已经通过。企业年营业收入"
    )


def test_words_and_figures_that_a_conversion_changed():
    text = "為推動產業發展,制定三年行動計畫。壹、工作目標\n對壹定規模的企業按規畫給予獎勵壹佰萬元。\n"
    clean = parse(text).clean
    assert "行动计划" in clean and "一、工作目标" in clean and "一定规模" in clean and "按规划" in clean
    assert "壹佰万元" in clean
    assert "壹级" in parse("對壹级資質的企業給予獎勵,發展產業。\n").clean


def test_one_cell_a_line_with_a_bar_behind_it():
    cells = ["序号", "重点工作", "责任单位", "完成时限", "1", "盘活企业。", "改革办", "全年"]
    assert "|" not in parse("云州市责任清单\n" + "".join(f"{cell} |\n" for cell in cells)).clean
    assert "|" in parse("云州市责任清单\n序号 | 工作 |\n1 | 甲 |\n").clean


def test_traditional_characters_become_simplified_one_by_one():
    document = parse("雲州市關於支持產業發展的意見\n一、對獲得稱號的企業給予獎勵。")
    assert document.clean == "云州市关于支持产业发展的意见\n一、对获得称号的企业给予奖励。"
    assert [repair.code for repair in document.text.repairs] == ["traditional"]


DAMAGED = {
    "both brackets of the year lost": ("云政办202410号\n关于支持创新的通知", "云政办〔2024〕10号\n", "lost-bracket", "202410"),
    "one bracket lost": ("云政办〔202410号\n关于支持创新的通知", "云政办〔2024〕10号\n", "lost-bracket", "〔202410"),
    "one bracket lost behind any office": ("云高管〔202410号\n关于支持创新的通知", "云高管〔2024〕10号\n", "lost-bracket", "〔202410"),
    "the first bracket lost": ("云政规2024〕7号\n关于支持创新的通知", "云政规〔2024〕7号\n", "lost-bracket", "2024〕7"),
    "a unit and the full stop": ("一、给予50万兀O其他。", "给予50万元。其他。", "recognition", "万兀O"),
    "a unit behind a number in words": ("一、给予二百万兀奖励。", "给予二百万元奖励。", "recognition", "万兀"),
    "a zero": ("一、给予5O万元奖励。", "给予50万元奖励。", "recognition", "O"),
    "a one": ("一、给予l00万元奖励。", "给予100万元奖励。", "recognition", "l"),
    "a one as a bar": ("一、给予|00万元奖励。", "给予100万元奖励。", "recognition", "|"),
    "a one and its zeros": ("一、给予IOO万元奖励。", "给予100万元奖励。", "recognition", "IOO"),
    "the first of bracketed numbers": ("一、甲\n(-)支持乙。", "(一)支持乙。", "recognition", "-"),
    "the bracket of a heading": ("第一条〈适用范围)甲。", "第一条(适用范围)甲。", "recognition", "〈"),
    "the bracket of a heading read as that of a title": ("第二条《附则)乙。", "第二条(附则)乙。", "recognition", "《"),
    "support of anything": ("第三条 文持场景应用。", "第三条 支持场景应用。", "recognition", "文持"),
    "who is in charge": ("一、由市经信局负贵。", "由市经信局负责。", "recognition", "负贵"),
    "(一) one byte out of step": ("一、总则。ㄒ唬┨踅。", "一、总则。(一)", "enumerator", "ㄒ唬"),
    "(二) one byte out of step": ("一、总则。ǘ\ue46a┨踅。", "一、总则。(二)", "enumerator", "ǘ\ue46a"),
    "(四) behind a question mark": ("一、总则?ㄋ模条件。", "(四)条件。", "enumerator", "ㄋ模"),
    "digits": ("一、最高10 0万元。", "最高100万元。", "split-digits", " "),
    "thousands": ("一、最高1 000万元。", "最高1000万元。", "split-digits", " "),
    "a year": ("一、到2 025年建成。", "到2025年建成。", "split-digits", " "),
    "words of Taiwan beside one of the mainland": (
        "關於產業發展網際網路、資訊軟體的行政許可權，使用者的許可權。", "互联网、信息软件的行政许可权,用户的权限。", "converted-words", "網際網路"),
    "a word that nobody says on the mainland": (
        "雲州市規範性檔案管理規定，依照法定程式制定，對發展實務。", "规范性文件管理规定,依照法定程序制定", "converted-words", "檔案"),
    "words of Taiwan": ("關於網際網路產業發展，支援資訊軟體專案。", "互联网产业发展,支持信息软件项目。", "converted-words", "網際網路"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "clean", "code", "was"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_mended_and_recorded_where_it_stood(source: str, clean: str, code: str, was: str):
    text = parse(source).text
    assert clean in text.clean
    repair = next(repair for repair in text.repairs if repair.code == code)
    assert source[slice(*repair.span)].startswith(was)


@pytest.mark.parametrize(
    "source",
    ["云政办〔2024〕10号", "邮编202410号", "20241号楼", "给予50万元。", "净资产和负资产", "Oil 10 products", "ㄒ是注音符号", "支援企業發展，提高品質", "202527印发", "给予100万500万美元奖励", "《关于修改〈甲办法〉的决定》(修订)", "根据《甲办法)规定", "公文持续减少", "论文持有人",
     "一、补助\n第一档|8%|80万元", "一、奖励\n国家级|100万元\n省级|50万元"],
)  # fmt: skip
def test_what_is_whole_or_cannot_be_told_is_left_alone(source: str):
    assert not [
        r
        for r in parse(source).text.repairs
        if r.code in ("lost-bracket", "recognition", "enumerator", "converted-words")
    ]


def test_the_last_words_of_a_wrapped_paper_are_no_site_furniture():
    site = "分享到:\n上一篇:关于某事的通知\n版权所有 云州市人民政府\n"
    assert parse(
        "第一条 对研发机构给予补助。\n第二条 本办法自2022年1月1日起施行,有效期3\n年。\n" + site
    ).clean.endswith("有效期3年。")


def test_cells_below_one_another_stay_where_a_site_stands_round_them():
    cells = "\n\n".join(["指标", "2020年", "2025年", "农机化水平", "60", "74", "覆盖率", "80", "96"])
    page = f"首页\n政策文件\n字号:大 中 小\n云州市农业发展规划\n\n{cells}\n\n版权所有 云州市人民政府\n"
    assert [cell in parse(page).clean.split("\n") for cell in ("60", "74", "80", "96")] == [True] * 4


def test_site_furniture_stands_outside_the_document():
    body = "云州市人民政府关于支持创新的若干意见\n各区人民政府：\n一、对企业给予奖励，促进全市经济社会的持续发展。"
    page = f"首页 > 政务公开 > 政策文件\n打印 分享\n{body}\n\n网站地图 | 联系我们\n版权所有：云州市人民政府\n云ICP备1号"
    document = parse(page)
    assert document.clean == parse(body).clean
    assert document.clean[document.articles[-1].start : document.articles[-1].end].endswith("发展。")


@pytest.mark.parametrize("compact_first", [True, False])
def test_a_body_that_stands_twice_is_read_once(compact_first: bool):
    lines = [
        f"第{n}条 本办法第{n}款规定的事项由市级主管部门会同有关单位按第{n}号标准组织实施并监督。" for n in range(1, 31)
    ]
    formatted, compact = "\n".join(lines), "".join(lines)
    page = f"{compact}\n{formatted}" if compact_first else f"{formatted}\n{compact}"
    assert parse(page).clean == parse(formatted).clean


def test_a_second_copy_goes_with_its_title():
    title = "云州市创新券管理办法"
    items = [f"第{n}条 本办法第{n}款规定的事项由市级主管部门会同有关单位按第{n}号标准组织实施。" for n in range(1, 9)]
    body = "\n".join([title, *items])
    assert parse(f"{body}\n{body}").clean == parse(body).clean


def test_a_sites_name_behind_every_paragraph_is_none_of_it():
    body = [
        "各区甲局:",
        "为发展建筑业,提出如下意见。",
        "一、指导思想",
        "坚持创新驱动。",
        "二、工作目标",
        "到2025年建成园区。",
    ]
    marked = "".join(f"{line}tHC甲乙网-建筑人都在这里!专业网站\n" for line in body)
    assert parse(marked).clean == "\n".join(body)
    same = "".join(f"{n}、支持{n}类企业,由市科技局负责落实。\n" for n in "一二三四五六")
    assert parse(same).clean == same.strip()


def test_tags_copied_into_plain_text_part_its_paragraphs():
    text = '文号 :云政发〔2018〕13号\n<p>各市甲局:</p><p style="text-align: right;"> 云省政府</p><p><strong> 一、目标</strong></p><p>坚持。</p>'
    assert parse(text).clean == "文号 :云政发〔2018〕13号\n各市甲局:\n云省政府\n一、目标\n坚持。"
    assert "<甲>" in parse("一、增速<甲>和<乙>。").clean


def test_a_short_compact_copy_with_full_stops_for_line_ends_is_a_copy_too():
    lines = [
        f"{n}、支持{name}\n企业到{name}局申报，初审后报市级主管部门会同财政部门审定。"
        for n, name in zip("一二三四", "甲乙丙丁", strict=True)
    ]
    formatted = "\n".join(["云州市关于支持服务业的通知", *lines])
    compact = "".join(line.replace("\n", "。") for line in lines)
    assert parse(f"{compact}\n{formatted}").clean == parse(formatted).clean


def test_a_long_text_on_one_line_is_no_copy_of_itself():
    text = "一、总体要求。" + "坚持创新驱动，加快产业发展。" * 120
    assert parse(text).clean.startswith("一、总体要求。坚持创新")


HTML = """<!DOCTYPE html><html><head><meta name="ArticleTitle" content="云州市关于扶持的意见"><title>网站</title>
<script>var a = "<p>一、不是条款</p>";</script></head><body><nav>首页</nav><h1>云州市关于扶持的意见</h1>
<p>一、奖励&#xff08;含补助&#65289;。对<b>企业</b>给予
50万元&nbsp;奖励。</p><table><tr><td>序号</td><td>任务</td></tr></table><!-- 二、注释 --></body></html>"""


def test_a_web_page_is_read_by_its_content_and_keeps_its_places():
    document = parse(HTML)
    assert document.format == "html"
    assert [article.id for article in document.articles] == ["一"]
    assert "注释" not in document.clean
    assert "不是条款" not in document.clean
    start = document.clean.index("(含补助)")
    span = document.text.span(start, start + 5)
    assert HTML[span.start : span.end] == "&#xff08;含补助&#65289;"
    assert "序号\t任务" in document.clean


TABLE = """<html><table><tr><td><p>任务</p></td><td>牵头<br>单位</td><td>配合单位</td></tr>
<tr><td rowspan="2">甲</td><td> 市经信局 </td><td></td></tr><tr><td></td><td>市财政局</td></tr>
<tr><td>丙</td><td colspan=2>市科技局</td></tr></table><p>一、其他。</p></html>"""


def test_the_rows_of_a_table_keep_their_columns():
    assert parse(TABLE).clean.split("\n") == [
        "任务\t牵头单位\t配合单位",
        "甲\t市经信局\t",
        "〃\t\t市财政局",
        "丙\t市科技局\t",
        "一、其他。",
    ]


def test_what_a_page_lays_out_with_tables_is_text():
    page = "<html><table><tr><td></td><td><table><tr><td>\t<p>一、甲。</p><p>二、乙。</p></td></tr></table></td></tr></table></html>"
    assert parse(page).clean == "一、甲。\n二、乙。"


@pytest.mark.parametrize(
    "broken",
    ["<p>一、甲<!-- 没有结尾", '<div><a href="没有结尾', "<html><script>", "<p>a<b", "<html><p>&#xffffffff;&nosuch;"],
)
def test_a_broken_page_is_still_read(broken: str):
    assert parse(broken).text.source == broken


OFFICIAL = st.text(
    st.sampled_from(
        "一二三四五、（）()1.①第条章附件《》〔2020〕号50万元%分别给予，。；:\n \t　责任单位市局关于通知\x00\r<p>/&;产chǎn㎡𠮷"
    )
)


@given(st.one_of(st.text(), OFFICIAL))
def test_any_text_gives_a_tree_inside_its_source(source: str):
    document = parse(source)
    text = document.text
    assert len(text.starts) == len(text.ends) == len(text.clean)
    assert all(0 <= start < end <= len(source) for start, end in zip(text.starts, text.ends, strict=True))
    assert list(text.starts) == sorted(text.starts)
    for article in document.articles:
        assert article.start <= article.body <= article.own_end <= article.end <= len(text.clean)
    assert parse(source) == document


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


def test_noise_of_a_forum_round_its_lines_is_dropped():
    noisy = "/ B9 F% F9 p% f (一)失业率控制在4.2%以内; : J8 F' X+ b/ T\" t) g: L\n; k$ ]% Z3 J a 二、各级政府∶\n"
    assert parse(noisy).text.clean.split("\n")[:2] == ["(一)失业率控制在4.2%以内;", "二、各级政府:"]
    kept = "A B C D E F 合计\n| | | | | | 云州 |\n"
    assert "ABCDEF合计" in parse(kept).text.clean


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


def test_a_short_paper_that_stands_twice_whole_is_read_once():
    paper = "云州市人民政府办公室关于更正有关内容的通知\n云政办函〔2026〕15号\n各县(市、区)人民政府:\n"
    paper += "经核查，《云州市健身实施计划》印发后部分内容有误，现将有关内容更正如下，请各地以本通知为准：\n"
    paper += "一、将“到2030年人均体育场地面积达到2.6平方米”更正为“达到3.2平方米”，其他指标不变。\n云州市人民政府办公室\n2026年2月13日"
    assert parse(f"{paper}\n{paper}").clean == parse(paper).clean
    other = paper.replace("15号", "16号").replace("3.2", "3.4")
    assert parse(f"{paper}\n{other}").clean.count("更正如下") == 2


PLAIN = """云岭市关于促进家政服务业发展的实施方案
一、总体要求
到2027年,培育家政企业30家,其中县级20家。持证率达到80%以上,家政服务供给更加充足。
二、主要任务
(一)培育主体。支持家政企业连锁发展,依据《云岭省家政服务条例》完善标准。
(二)强化保障。市商务局要会同有关部门加强督查,按季度通报。
"""


@pytest.mark.parametrize(
    "damaged",
    [
        re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", PLAIN),
        "\n".join(" ".join(line) for line in PLAIN.split("\n")),
        PLAIN.replace("。", "."),
        PLAIN.replace("《", "<<").replace("》", ">>"),
        PLAIN.replace("30家", "3O家").replace("20家", "2O家"),
        "\n".join(line[at : at + 20] for line in PLAIN.split("\n") for at in range(0, len(line), 20)),
    ],
    ids=[
        "characters apart",
        "signs apart",
        "dots for stops",
        "marks of titles",
        "letters for zeros",
        "20 signs a line",
    ],
)
def test_a_whole_text_set_in_another_way_is_the_same(damaged: str) -> None:
    assert parse(damaged).text.clean == parse(PLAIN).text.clean


@pytest.mark.parametrize(
    "line",
    [
        "联系人:甲局 乙局",  # a few blanks between names
        "附 件:一 览 表",
        "依据GB 5749.和ISO 9001.执行。",
        "当x<<1时,y>>2。",
        "装置型号为O2O家居平台。",
    ],
)
def test_what_only_looks_like_such_a_text_stays(line: str) -> None:
    text = PLAIN + f"(三)其他。{line}\n"
    assert parse(text).text.clean.startswith(parse(PLAIN).text.clean)
    assert parse(text).text.clean.endswith(line) or line.startswith("附")
