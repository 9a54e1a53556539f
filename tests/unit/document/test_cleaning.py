"""Each kind of damage is mended, recorded, and every character still points at its place in the source."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.document import parse


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


def test_a_table_of_blanks_goes_on_behind_the_number_of_a_page():
    head, rows = (
        "类别      级别      奖励标准",
        ("智能工厂  国家级    300万元", "智能工厂  省级      120万元", "绿色工厂  国家级    100万元"),
    )
    cells = [
        "类别\t级别\t奖励标准",
        "智能工厂\t国家级\t300万元",
        "智能工厂\t省级\t120万元",
        "绿色工厂\t国家级\t100万元",
    ]
    for number in ("— 2 —", "- 2 -", "第 2 页"):
        text = f"附件1\n奖励标准表\n{head}\n{rows[0]}\n\n          {number}\n\n{rows[1]}\n{rows[2]}\n附件2"
        assert parse(text).clean.split("\n")[2:6] == cells


def test_the_radical_of_a_household_is_its_character():
    assert "改造6000户" in parse("云岭市改造方案\n一、到2028年底，完成改造6000⼾，惠及居⺠。").clean
