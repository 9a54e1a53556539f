"""Validity: the document's own time in force, as stated; nothing is computed."""

import pytest

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

FIELDS = ("effective_from", "effective_to", "years", "days_after_issue")


def validity(sentence: str) -> tuple:
    found = exchange(compile_document(parse(f"一、甲\n乙。\n二、附则\n{sentence}\n")))["validity"]
    return tuple(found[name] for name in FIELDS)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本意见自2019年1月14日起施行,有效期至2021年12月31日。", ("2019-01-14", "2021-12-31", None, None)),
        ("本办法印发之日起施行。", (None, None, None, 0)),
        ("本办法于发布之日起生效,有效期36个月。", (None, None, 3, 0)),
        ("本措施自公开发布之日起实施,实施期为两年。", (None, None, 2, 0)),
        ("《云州市甲办法》已经通过,现予公布,于2011年10月1日起正式施行。", ("2011-10-01", None, None, None)),
        ("本办法自2023年9月8日起施行,有效期共3年。", ("2023-09-08", None, 3, None)),
        ("本措施至2022年12月31日止。", (None, "2022-12-31", None, None)),
        ("补助资金使用期限36个月。", (None, None, None, None)),
        ("各县政府要在本意见印发之日起30日内,制定实施办法,有效防范风险。", (None, None, None, None)),
        ("企业于公告发布之日起享受补贴,执行情况按月报送。", (None, None, None, None)),
        ("本法自2023年9月8日起施行。《旧法》同时废止。", ("2023-09-08", None, None, None)),
        ("本条例自修订发布之日起施行。", (None, None, None, 0)),
        ("此标准自下文之日起执行。", (None, None, None, 0)),
        ("从2018年7月1日起,我市最低工资标准按四类标准执行。", ("2018-07-01", None, None, None)),
        ("本通知自2021年1月6日起实施,2021年1月1日至2021年1月6日期间按本通知执行。", ("2021-01-06", None, None, None)),
        ("本法自公布之日起施行。", (None, None, None, 0)),
        ("现制订《甲办法》,定于一九七八年四月一日起试行。", ("1978-04-01", None, None, None)),
        ("会议定于2021年1月1日起在云州举行。", (None, None, None, None)),
        ("本法典自2021年1月1日起施行。", ("2021-01-01", None, None, None)),
        ("本法施行前签发的护照在有效期内继续有效。", (None, None, None, None)),
        ("本办法自2023年9月8日起施行,有效期3年。", ("2023-09-08", None, 3, None)),
        (
            "本通知自2013年10月1日起施行,试行期两年,从2013年10月1日-2015年12月31日止。",
            ("2013-10-01", "2015-12-31", 2, None),
        ),
        ("本政策执行期限自2024年1月起至2026年12月止。", ("2024-01", "2026-12-31", None, None)),
        ("本附则自发布之日起实施,原附则自行废止。", (None, None, None, 0)),
        ("(一)本办法自印发之日起施行。\n(二)本办法由市甲局负责解释。\n(三)本办法有效期五年。", (None, None, 5, 0)),
        ("(一)上述政策执行期限至2023年12月31日。\n(二)甲。\n(三)本通知自印发之日起施行。", (None, None, None, 0)),
        ("本办法自2019年2月1日实施,有效期5年。", ("2019-02-01", None, 5, None)),
        ("本通知自印发之日起施行,有效期五年。", (None, None, 5, 0)),
        ("本政策自发布之日起施行,暂定三年有效期。", (None, None, 3, 0)),
        ("本办法自公布之日起30日后施行。", (None, None, None, 30)),
        ("本办法自印发之日起满30日后实施。", (None, None, None, 30)),
        ("本规定自公布之日起满30日施行。", (None, None, None, 30)),
        ("现将标准予以公布,自2020年7月1日起执行。", ("2020-07-01", None, None, None)),
        ("本意见自2021年1月1日起施行,有效期至2023年底。", ("2021-01-01", "2023-12-31", None, None)),
        ("本意见自印发之日起施行,有效期至2024年2月。", (None, "2024-02-29", None, 0)),
        ("本政策有效期自2021年起至2025年止。", ("2021-01-01", "2025-12-31", None, None)),
        ("(一)执行时间。2022年4月1日至2022年6月30日。", ("2022-04-01", "2022-06-30", None, None)),
        ("为促进就业,特制定以下措施,政策实施期限截至2023年12月31日。", (None, "2023-12-31", None, None)),
        ("以上措施有效期至2022年12月31日。", (None, "2022-12-31", None, None)),
        ("本办法自发布之日起一个月后施行,有效期2年。", (None, None, 2, None)),
        ("本基准自2024年5月1日起施行,有效期5年。", ("2024-05-01", None, 5, None)),
        ("本手册自2023年5月1日起执行。", ("2023-05-01", None, None, None)),
        ("现公布《云州市甲标准》,自公布之日起施行。", (None, None, None, 0)),
        ("经市政府批准,决定从2023年4月1日起,调整养老补贴标准。", ("2023-04-01", None, None, None)),
        ("上述标准均从2023年1月1日起执行。", ("2023-01-01", None, None, None)),
        ("本通知规定的低保、特困标准自2023年1月1日起执行。\n本通知有效期1年。", ("2023-01-01", None, 1, None)),
        (
            "(一)本通知规定的低保标准、特困标准自2023年1月1日起执行。\n(二)饮食标准自2023年6月1日起执行。\n本通知有效期1年。",
            (None, None, 1, None),
        ),
        ("(一)本办法自2023年1月1日起施行。\n(二)第三条自2023年6月1日起执行。", ("2023-01-01", None, None, None)),
        ("本规定自发布之日起施行,施行日期至2026年12月31日止。", (None, "2026-12-31", None, 0)),
        ("本政策实行年限为2016年至2018年。", ("2016-01-01", "2018-12-31", None, None)),
        ("本规定实行年限为2016至2020年。", ("2016-01-01", "2020-12-31", None, None)),
        ("本政策适用于2019年1月1日至2021年12月31日的奖补对象。", ("2019-01-01", "2021-12-31", None, None)),
        ("本条适用于2019年1月1日至2021年12月31日的奖补对象。", (None, None, None, None)),
        ("本通知自印发之日起执行,《云州市甲办法》停止执行。", (None, None, None, 0)),
        ("本规程自2020年9月1日起施行,有效期至2022年12月31日。", ("2020-09-01", "2022-12-31", None, None)),
        ("《云州市甲办法》已经通过,现予公布,自2011年10月1日起施行。", ("2011-10-01", None, None, None)),
        ("《云州市甲办法》已经通过,现予以公布,自2009年3月1日起施行。", ("2009-03-01", None, None, None)),
        ("本办法自2023年5月1日零时起施行。", ("2023-05-01", None, None, None)),
        ("本办法施行日期为2023年5月1日。", ("2023-05-01", None, None, None)),
        ("本办法自2023年5月1日起施行,5年内有效。", ("2023-05-01", None, 5, None)),
        ("本办法自2023年5月1日起实行,《云州市甲办法》同日起停止执行。", ("2023-05-01", None, None, None)),
        (
            "本办法自2023年5月1日起施行,《云州市甲实施办法》自本办法施行之日起废止。",
            ("2023-05-01", None, None, None),
        ),
        ("本决定自公布之日起生效。", (None, None, None, 0)),
        ("本制度自印发之日起施行。", (None, None, None, 0)),
        ("本政策执行期为2019年1月1日至2019年12月31日。", ("2019-01-01", "2019-12-31", None, None)),
        ("本办法自公布之日起施行,2027年12月31日废止。", (None, "2027-12-31", None, 0)),
        ("本办法有效期为自发布之日起3年。", (None, None, 3, 0)),
        ("本办法自二〇二三年四月一日起施行。", ("2023-04-01", None, None, None)),
        ("本办法自公布之日起施行。有效期5年。", (None, None, 5, 0)),
        ("本办法自印发后30日起施行,有效期5年。", (None, None, 5, 30)),
        ("本政策自2023年1月1日起施行,暂行一年。", ("2023-01-01", None, 1, None)),
        ("本政策执行期一年(2024年1月1日~12月31日)。", ("2024-01-01", "2024-12-31", 1, None)),
    ],
)
def test_the_forms_that_are_met(sentence: str, expected: tuple):
    assert validity(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "对取得有效期内居住证的人员给予补贴。",
        "招用毕业生的企业可申请一次性补贴,政策实施期限截至2023年12月31日。",
        "中小微企业按缴费的60%返还,大型企业按30%返还。政策实施期限截至2023年12月31日。",
        "许可证有效期3年,期满须重新申请。",
        "从2019年1月1日起,实施青年见习计划。",
        "自认定之日起3年内给予奖励。",
        "上级决定从2023年4月1日起开展检查。",
        "各区可制定标准,自2023年1月1日起申报的项目按标准执行。",
        "到2025年12月31日,建成一批示范项目。",
        "项目实施期限为2023年1月1日至2024年12月31日。",
        "课题执行期为2年,自立项之日起计算。",
        "到2025年底,建成一批示范项目,有效提升水平。",
        "(一)申报时间。2022年4月1日至2022年6月30日。",
        "自本通知印发之日起,《云州市甲办法》停止执行。",
        "自本通知印发之日起,原《云州市甲实施办法》予以废止,尚未兑现的按原规定执行。",
        "自本通知印发之日起废止《云州市甲实施办法》。",
        "《云州市甲实施办法》(云政发〔2015〕3号)自本通知印发之日起失效。",
    ],
)
def test_other_times_are_no_validity(sentence: str):
    assert validity(sentence) == (None, None, None, None)


def test_a_paper_may_name_the_month_alone():
    found = exchange(compile_document(parse("一、甲\n乙。\n二、附则\n本意见自2021年3月起施行,有效期两年。\n")))[
        "validity"
    ]
    assert (found["effective_from"], found["years"]) == ("2021-03", 2)


def test_a_card_names_the_month_alone():
    text = "5. 云州市政策卡片\n依据文件\n《云州市资金管理办法》\n服务内容\n1.甲\n时间/频度\n从2022 年6 月起\n联络方式\n市甲局\n"
    found = exchange(compile_document(parse(text)))["validity"]
    assert found["effective_from"] == "2022-06"


def test_a_card_names_its_first_and_last_year():
    text = "服务内容\n1.奖励10万元。\n时间/频度\n每年2次,分别于3月、9月申报,2021年至2023年执行。\n依据文件\n《云州市资金管理办法》\n"
    found = exchange(compile_document(parse(text)))["validity"]
    assert (found["effective_from"], found["effective_to"]) == ("2021-01-01", "2023-12-31")


@pytest.mark.parametrize(
    "field", ["时间频度\n政策执行至2023年12月31日", "执行期限：政策执行至2023年12月31日", "有效期：至2023年12月31日止"]
)
def test_a_card_names_its_last_day(field: str):
    text = f"政策名称：云州市甲奖励\n发文机构：云州市甲局\n发布日期：2022-06-20\n{field}\n服务内容：\n1.奖励10万元。\n"
    found = exchange(compile_document(parse(text)))["validity"]
    assert (found["effective_from"], found["effective_to"]) == (None, "2023-12-31")


def test_the_note_below_a_title_tells_since_when_a_law_holds():
    text = "云州市泉水规定\n2011年3月1日 云州市人民政府公布\n2011年4月8日 施行\n第一条 保护泉水。\n第二条 甲。\n"
    assert exchange(compile_document(parse(text)))["validity"]["effective_from"] == "2011-04-08"


@pytest.mark.parametrize(
    ("known", "since"),
    [
        ("《泉水规定》已经通过,现予发布。自二○○九年七月一日起施行。\n市长 某某\n", "2009-07-01"),
        ("(2022年6月10日以云府规〔2022〕5号印发,自2022年7月10日起施行)\n", "2022-07-10"),
        ("(1994年1月17日云州市第八届人民代表大会常务委员会第六次会议通过 1994年2月1日起施行)\n", "1994-02-01"),
    ],
)
def test_since_when_a_rule_holds_behind_what_made_it_known(known: str, since: str):
    text = f"云州市泉水规定\n{known}第一条 保护泉水。\n" + "第二条 有关单位应当保护泉水,不得污染。\n" * 12
    assert exchange(compile_document(parse(text)))["validity"]["effective_from"] == since


def test_the_note_tells_the_first_day_and_an_article_the_last():
    text = "云州市泉水规定\n(2022年6月10日云州市人民政府令第5号公布 自2022年7月10日起施行)\n第一条 甲。\n第二条 本规定有效期至2025年7月9日。\n"
    found = exchange(compile_document(parse(text)))["validity"]
    assert (found["effective_from"], found["effective_to"]) == ("2022-07-10", "2025-07-09")


@pytest.mark.parametrize(
    "measure",
    [
        "实施阶段性降低基本医疗保险缴费费率政策,实施期限至2021年12月31日。",
        "将阶段性降低失业保险费率政策实施期限延长至2022年4月30日。",
        "对小型企业免收资本金检测费,执行期限至2022年4月30日。",
        "下调用水成本费率,政策执行期限至2022年4月30日。",
    ],
)
def test_how_long_a_measure_holds_is_no_time_in_force(measure: str):
    text = f"云州市稳定就业的实施意见\n一、减负\n1.{measure}\n2.开展服务。\n" + "3.有关单位应当落实。\n" * 20
    found = exchange(compile_document(parse(text)))["validity"]
    assert (found["effective_from"], found["effective_to"]) == (None, None)


def test_the_last_day_of_a_paper_that_lowers_fees():
    text = "云州市降低收费的措施\n一、降低检测费。\n二、本措施执行期限至2022年4月30日。\n"
    assert exchange(compile_document(parse(text)))["validity"]["effective_to"] == "2022-04-30"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("本办法从2020年元月1日起执行。", {"effective_from": "2020-01-01"}),
        ("本办法自二〇二〇年元月一日起施行。", {"effective_from": "2020-01-01"}),
        ("本令自发布之日起施行。", {"days_after_issue": 0}),
        ("本方案自2022年3月1日起实施,为期三年。", {"effective_from": "2022-03-01", "years": 3}),
        ("本方案实施中,开展为期三年的整治行动。", {}),
        ("禁令自发布之日起三日内张贴。", {}),
    ],
)
def test_the_first_month_an_order_and_how_long_it_runs(clause: str, expected: dict[str, object]):
    text = f"云州市某某管理办法\n第一条 为加强管理,制定本办法。\n第二条 市甲局负责管理。\n第三条 {clause}\n"
    found = exchange(compile_document(parse(text)))["validity"]
    told = {name: found[name] for name in ("effective_from", "effective_to", "years", "days_after_issue")}
    assert {name: value for name, value in told.items() if value is not None} == expected
