"""The name of an award can stand by itself: no half words, numbers, quotations or brackets, nothing that leads on to words left out."""

import pytest

from luodi.policy.awards.rows.naming import shortened, whole


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("科技企业获得科技贷款并", "科技企业获得科技贷款"),
        ("新设分支机构的", "新设分支机构"),
        ("对供应方给予", "对供应方"),
        ("军民融合服务机构年服务企业不少于", "军民融合服务机构年服务企业"),
        ("其高管(", "其高管"),
        ("“地理标志证明商标”与“地理标志", "“地理标志证明商标”"),
        ("纳入《云川省军民两用技术产品推广", "云川省军民两用技术产品推广"),
        ("补贴办法》", "补贴办法"),
        ("或者一年内实际募集资金达2亿元", "一年内实际募集资金达2亿元"),
        ("其中设备补助", "设备补助"),
        ("”奖励", ""),
        ("分别按照", ""),
        # nothing to mend
        ("首台(套)装备", "首台(套)装备"),
        ("“专精特新”企业", "“专精特新”企业"),
        ("兼并", "兼并"),
        ("参与", "参与"),
        ("给予", "给予"),
        ("以工引工", "以工引工"),
    ],
)
def test_a_name_stands_by_itself(told: str, name: str) -> None:
    assert whole(told) == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("新开通市内载货航线年飞行满1000架次", "新开通市内载货航线年飞行"),
        ("战略性新兴产业企业每新增1000万元产值的", "战略性新兴产业企业"),
        ("市外旅行社一年组织5架(趟)次以上包机的", "市外旅行社一年组织5架(趟)次"),
        ("通过IT服务管理体系ISO20000、27001的", "通过IT服务管理体系ISO20000"),
    ],
)
def test_a_long_name_is_not_cut_amid_a_number_or_a_word(told: str, name: str) -> None:
    assert shortened(told) == name
