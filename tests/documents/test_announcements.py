"""A zip of a notice and what it sends along: the paper that it issues is no attachment."""

import pytest

from luodi.document import read_bytes
from papers import as_docx, zipped

PAPER = "云岭市奖励办法\n第一条　对首次认定的企业，给予50万元奖励。\n第二条　本办法自2026年7月1日起施行。"


@pytest.mark.parametrize(
    ("notice", "issued"),
    [
        ("云岭市人民政府关于印发《云岭市奖励办法》的通知\n各区人民政府：\n现印发给你们，请认真执行。", True),
        ("云岭市人民政府关于印发云岭市奖励办法的通知\n各区人民政府：\n现印发给你们，请认真执行。", True),
        ("云岭市人民政府通知\n各区人民政府：\n《云岭市奖励办法》已经市政府同意，现印发给你们，请认真执行。", True),
        ("云岭市人民政府关于做好申报工作的通知\n各区人民政府：\n请依照《云岭市奖励办法》做好申报工作。", False),
    ],
)
def test_a_paper_that_the_notice_issues_by_name_is_the_paper(notice: str, issued: bool) -> None:
    document = read_bytes(zipped({"1.通知.docx": as_docx(notice), "2.办法.docx": as_docx(PAPER)}), "公告.zip")
    prefix = "" if issued else "附件1."
    assert [one.id for one in document.articles if "第" in one.id] == [f"{prefix}第一条", f"{prefix}第二条"]
