"""Titles: over several lines, below other lines, round other titles."""

import pytest
from test_head import head

from luodi.document.reading import parse
from luodi.policy.compile import compile_document


def test_a_title_whose_lines_are_set_with_blanks_between_their_signs():
    text = "云州市人民政府关于棉粮、糖粮挂钩奖售粮\n 几 个 问 题 的 通 知\n云政发〔1981〕88号\n各县人民政府:\n一、甲\n"
    assert head(text)[0] == "云州市人民政府关于棉粮、糖粮挂钩奖售粮几个问题的通知"
    text = "云 州 市 人 民 政 府 关 于 支 持 园 区\n高水平发展的若干意见\n云政发〔2019〕8号\n各县人民政府:\n一、甲\n"
    assert head(text)[0] == "云州市人民政府关于支持园区高水平发展的若干意见"


def test_a_title_whose_first_line_ends_in_a_kind_of_paper_by_chance():
    text = "云州市人民政府办公厅关于优化调整稳就业政策措施\n全力促发展惠民生的通知\n云政办发〔2023〕11号\n各县人民政府:\n一、甲\n"
    assert head(text)[0] == "云州市人民政府办公厅关于优化调整稳就业政策措施全力促发展惠民生的通知"
    text = "云州市人民政府办公厅关于促进就业的若干措施\n云政办发〔2023〕11号\n贯彻落实好上级有关精神的通知\n一、甲\n"
    assert head(text)[0] == "云州市人民政府办公厅关于促进就业的若干措施"


def test_issuers_on_lines_of_their_own_belong_to_the_title():
    text = "中共云州市委\n云州市人民政府\n关于支持重点产业的实施意见\n(2023年2月8日)\n一、甲\n"
    title, number, issuer, date = head(text)
    assert title == "中共云州市委 云州市人民政府关于支持重点产业的实施意见"
    assert (number, issuer, date) == (None, "中共云州市委 云州市人民政府", "2023-02-08")


def test_a_title_that_names_the_paper_it_carries_out():
    text = "云州市人民政府关于落实《市政府工作报告》重点工作分工的意见\n云政发〔2020〕6号\n各区人民政府:\n一、甲\n"
    assert head(text)[:3] == (
        "云州市人民政府关于落实《市政府工作报告》重点工作分工的意见",
        "云政发〔2020〕6号",
        "云州市人民政府",
    )
    assert head("为落实《市政府工作报告》精神制定以下措施\n一、甲\n")[0] is None


def test_a_notice_of_many_issuers_and_a_status_below_the_title():
    many = " ".join(
        f"云州市云台区{name}局"
        for name in ("工业", "教育", "财政", "商务", "水务", "科技", "交通", "民政", "司法", "审计")
    )
    assert head(f"{many}关于印发云台区十条实施细则的通知\n云台规〔2021〕2号\n区各有关单位:\n甲。\n")[::2] == (
        f"{many}关于印发云台区十条实施细则的通知",
        many,
    )
    assert head("云州市人民政府关于优化奖补投入的实施意见\n(试行)\n为落实工作,制定本意见。\n一、甲\n")[0] == (
        "云州市人民政府关于优化奖补投入的实施意见(试行)"
    )


def test_a_title_whose_last_words_went_to_the_next_line():
    assert head("云州市促进工业发展十条\n措施实施细则\n为落实工作,制定本细则。\n一、甲\n")[0] == (
        "云州市促进工业发展十条措施实施细则"
    )


def test_a_leading_group_signs_and_an_annex_alone_has_its_title():
    text = "关于印发云州市甲整治方案的通知\n各区人民政府:\n现印发给你们。\n云州市“散乱污”企业整治工作领导小组\n2018年3月12日\n"
    assert head(text)[2:] == ("云州市“散乱污”企业整治工作领导小组", "2018-03-12")
    assert head("附件\n云州市2025年民生实事任务分工表\n甲。\n")[0] == "云州市2025年民生实事任务分工表"


def test_a_paper_that_tells_people_of_a_policy_is_titled_by_it():
    assert head("《云州市促进工业发展若干政策》政策明白卡\n一、奖励\n")[0] == "《云州市促进工业发展若干政策》政策明白卡"
    assert head("云州市稳就业政策问答(2023年)\n一、补贴\n")[0] == "云州市稳就业政策问答(2023年)"
    assert head("《云州市促进工业发展若干政策》问答平台已经开通。\n一、奖励\n")[0] is None


def test_the_years_of_a_plan_and_two_remarks_below_a_title():
    assert head("云州市数字经济发展规划\n（2021—2025年）\n云州市甲局\n2021年12月\n第一章 总则\n")[::2] == (
        "云州市数字经济发展规划(2021—2025年)",
        "云州市甲局",
    )
    text = "云州市养老服务补贴实施细则\n（试行）\n（征求意见稿）\n为规范补贴,制定本细则。\n一、甲\n"
    assert head(text)[0] == "云州市养老服务补贴实施细则(试行)(征求意见稿)"


def test_a_paper_of_party_and_government_has_both_numbers():
    text = "特急\n中共云州市委\n云州市人民政府\n文件\n云委发〔2024〕5号　云政发〔2024〕9号\n中共云州市委 云州市人民政府\n关于加快发展的若干意见\n各区党委和人民政府:\n一、甲\n"
    assert head(text)[:2] == (
        "中共云州市委 云州市人民政府关于加快发展的若干意见",
        "云委发〔2024〕5号 云政发〔2024〕9号",
    )


@pytest.mark.parametrize("status", ["公开征求意见稿", "草案", "送审稿"])
def test_the_state_of_a_draft_is_part_of_its_title(status: str):
    text = f"云州市清洁能源汽车发展规划\n({status})\n云州市甲局\n2018年8月22日\n序言\n甲。\n"
    assert head(text)[0] == f"云州市清洁能源汽车发展规划({status})"


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("云州市清洁能源汽车发展规划（公开征求意见稿）", "公开征求意见稿"),
        ("云州市自治条例(修正草案·二审稿)", "修正草案·二审稿"),
        ("关于公开征求《云州市人才住房管理办法》意见的公告", "征求意见"),
        ("云州市人才住房管理办法(试行)", None),
        ("云州市规范性文件征求意见办法", None),
        ("关于印发《云州市重大行政决策公开征求意见办法》的通知", None),
    ],
)
def test_a_title_that_calls_its_paper_a_draft(title: str, stage: str | None):
    notes = compile_document(parse(f"{title}\n云州市甲局\n2018年8月22日\n第一条 甲。\n")).diagnostics
    told = [one.message for one in notes if one.code == "draft-paper"]
    assert told == ([f"标题写明是“{stage}”，还不是正式印发的文件，读出的内容都不生效。"] if stage else [])


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("有效性:失效", "失效"), ("【时效性】已失效•【主题分类】工业", "已失效"), ("文件状态：\t废止", "废止"), ("是否有效: 否", "否"),
        ("有效性: 有效", None), ("失效日期：2026-01-01", None), ("【时效性】现行有效", None), ("文件状态:\n实施日期:2020年1月1日", None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_the_standing_of_its_paper(field: str, words: str | None):
    page = f"发文机关:云州市甲局\n{field}\n云州市甲局关于印发乙办法的通知\n云甲〔2018〕3号\n各区甲局:\n第一条 【废止】的证书无效。\n"
    notes = compile_document(parse(page)).diagnostics
    told = [one.message for one in notes if one.code == "ended-paper"]
    assert told == ([f"网页的登记栏写明这份文件“{words}”。"] if words else [])


def test_a_year_that_a_database_added_to_a_title_is_not_its_own():
    noted = "云州市墙体材料管理规定(2002年)\n\n时间:2024-06-25 14:15:56\n\n云州市墙体材料管理规定(2002年)\n\n"
    noted += "云州市人民政府\n\n"
    assert head(f"{noted}云州市墙体材料管理规定\n第一条 甲。\n")[::2] == ("云州市墙体材料管理规定", "云州市人民政府")
    assert (
        head("云州市产业结构指导目录(2002年)\n为规范管理,制定本目录。\n一、甲\n")[0] == "云州市产业结构指导目录(2002年)"
    )


@pytest.mark.parametrize(
    ("named", "below", "title"),
    [
        ("《2020年主要工作责任分解》和《民生项目责任分解》", "2020年主要工作责任分解", "2020年主要工作责任分解"),
        ("《云州市充电设施“十四五”规划和行动计划》", "云州市充电设施\n“十四五”规划", "云州市充电设施“十四五”规划"),
        ("《2020年主要工作责任分解》", "一、主要工作", None),
    ],
)
def test_a_letter_that_lost_its_title_is_titled_by_what_it_brings(named: str, below: str, title: str | None):
    letter = f"各区人民政府:\n{named}已经市政府同意,现印发给你们。\n云州市人民政府办公室\n2020年5月22日\n"
    assert head(f"{letter}{below}\n一、工作\n甲。\n")[0] == title


def test_bodies_above_a_title_that_begins_with_what_they_do():
    text = (
        "云州市人民政府办公厅\n印发关于推进第三产业发展的\n实施意见的通知\n云政办〔2015〕7号\n各区人民政府:\n一、甲\n"
    )
    assert head(text)[::2] == ("云州市人民政府办公厅印发关于推进第三产业发展的实施意见的通知", "云州市人民政府办公厅")


def test_a_text_without_a_title_line_has_none():
    assert head("各区人民政府:\n为加快发展,提出如下意见。\n一、甲\n") == (None, None, None, None)


def test_a_notice_that_forwards_a_paper_keeps_its_own_title_and_date():
    text = (
        "云州市人民政府办公室转发市甲局等部门《支持农村物流实施办法》的通知\n云政办字〔2019〕12号\n各县区人民政府:\n"
        "市甲局《支持农村物流实施办法》已经市政府同意,现转发给你们。\n二〇一九年八月三日\n云州市甲局\n云州市乙局\n"
        "支持农村物流实施办法\n第一条 为支持农村物流,制定本办法。\n"
    )
    title = "云州市人民政府办公室转发市甲局等部门《支持农村物流实施办法》的通知"
    assert head(text) == (title, "云政办字〔2019〕12号", "云州市人民政府办公室", "2019-08-03")


@pytest.mark.parametrize(
    ("below", "issuer", "date"),
    [
        ("云州市甲局\n\n云州市专项资金管理办法\n", "云州市甲局", None),
        ("1996年5月7日,云州市甲局\n", "云州市甲局", "1996-05-07"),
        ("第一条至第三条\n", None, None),
    ],
)
def test_the_body_named_below_the_title_issued_it(below: str, issuer: str | None, date: str | None):
    assert head(f"云州市专项资金管理办法\n{below}第一条 为规范管理,制定本办法。\n")[2:] == (issuer, date)


@pytest.mark.parametrize(
    "title",
    [
        "云省《企业保险暂行规定》实施办法",
        "2023年区《政府工作报告》确定的重点工作任务责任分解方案",
        "云州市甲局转发乙部《关于颁发〈补助费管理办法〉的通知》",
        "云州市甲局对市政协十四届三次会议第14030126号提案的答复",
        "关于市十七届人大三次会议第62号建议办理情况的答复意见",
        "关于2023年度云州市中小企业拟认定名单的公示",
    ],
)
def test_titles_that_hold_another_title(title: str):
    assert head(f"{title}\n第一条 为规范管理,制定本办法。\n")[0] == title


def test_a_title_over_four_short_lines():
    text = "云州市人民政府办公厅关于印发云州市\n\n进一步加力支持民间\n\n投资发展\n\n实施方案的通知\n\n云府办〔2023〕5号\n\n各区人民政府:\n甲。\n一、乙\n"
    assert head(text)[0] == "云州市人民政府办公厅关于印发云州市进一步加力支持民间投资发展实施方案的通知"


def test_a_call_for_comments_is_titled_by_its_draft():
    text = "《云州市住房保障办法(征求意见稿)》公开征求意见\n为听取意见,现予公布。\n云州市甲局\n2020年10月28日\n一、必要性\n"
    assert head(text)[0] == "《云州市住房保障办法(征求意见稿)》公开征求意见"


def test_a_row_of_a_table_is_no_line_of_a_wrapped_title():
    title = "云州市人民政府办公室关于调整甲工作领导小组的通知"
    table = f"标 题\t{title}\t\t\n发文字号\t云政办〔2026〕7号\t发布日期\t2026年7月16日\n"
    assert head(f"{table}{title}\n各区:\n一、甲。\n")[0] == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("原标题:云州市人民政府关于支持实体经济的意见", "云州市人民政府关于支持实体经济的意见"),
        ("云州企业奖励政策:关于加快云州工业发展的若干意见", "关于加快云州工业发展的若干意见"),
        ("云州市甲局关于印发《甲办法》的通知[失效]", "云州市甲局关于印发《甲办法》的通知"),
        ("《云州市引荐人奖励办法》\n来源: 2021-01-08 09:05:00", "云州市引荐人奖励办法"),
        ("云州市科学技术奖励办法修正案", "云州市科学技术奖励办法修正案"),
        ("云州市中小企业资金管理暂行办法第一章总则第一条为规范管理,制定本办法。", "云州市中小企业资金管理暂行办法"),
    ],
)
def test_what_is_set_round_a_title_on_its_own_line(line: str, title: str):
    assert head(f"{line}\n为加快发展,制定本政策。\n一、甲\n乙。\n")[0] == title


def test_a_title_whose_last_word_went_to_the_next_line_behind_的():
    text = "云州市人民政府办公室关于印发\n云州市支持创新若干措施\n的通知\n云政办发〔2023〕8号\n一、甲\n"
    assert head(text)[0] == "云州市人民政府办公室关于印发云州市支持创新若干措施的通知"


def test_a_report_of_a_government_is_a_title():
    text = "政府工作报告\n——2025年1月8日在云州市第十届人民代表大会第五次会议上\n各位代表:\n一、甲\n"
    assert head(text)[0] == "政府工作报告"
    assert head("根据政府工作报告\n一、甲\n")[0] != "政府工作报告"


def test_a_title_may_end_in_the_division_of_its_tasks():
    assert (
        head("云州市优化营商环境2024年重点任务责任分工\n云营发〔2024〕2号\n一、甲\n")[0]
        == "云州市优化营商环境2024年重点任务责任分工"
    )
    assert head("各部门要明确责任分工\n一、甲\n")[0] is None


def test_a_title_may_end_in_the_work_of_a_year():
    title = "云州市甲产业发展2022年工作总结和2023年工作安排"
    assert head(f"{title}\n一、2022年工作情况\n完成改造。\n二、2023年工作安排\n抓好落实。\n")[0] == title
    assert head("一、2022年工作情况\n完成改造。\n二、2023年工作安排\n抓好落实。\n")[0] is None


@pytest.mark.parametrize(
    "title", ["云州市航空产业黄金十五条", "云州高新区支持商业航天发展“黄金十条”", "云州市人才新政30条(试行)"]
)
def test_a_paper_is_called_by_how_many_items_it_has(title: str):
    assert head(f"{title}\n云政发〔2024〕3号\n一、对引进的项目给予支持。\n")[0] == title


def test_an_article_that_is_cited_is_no_title():
    text = (
        "云州市科技创新办法\n第一条 为促进创新，制定本办法。\n按照本市支持政策第十条\n第二条 本办法自印发之日起施行。\n"
    )
    assert head(text)[0] == "云州市科技创新办法"


def test_a_database_that_marks_a_title_as_ended():
    page = "关于现金管理的通知(废止)\n\n时间:2024-05-10 11:05:04\n\n关于现金管理的通知(废止)\n\n云州银行\n\n关于现金管理的通知\n\n云银发〔1997〕9号\n\n各分行:\n一、甲。\n"
    assert head(page)[0] == "关于现金管理的通知"
    notes = compile_document(parse(page)).diagnostics
    assert [one.message for one in notes if one.code == "ended-paper"] == ["网页的登记栏写明这份文件“废止”。"]
