"""PDF files whose fonts are not in the file, or do not say what their signs mean."""

import pytest

from luodi.document import read_bytes
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

_CID = "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering({})/Supplement 0>>/DW 1000>>"
_GB = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>"
_NUMBERS_ONLY = "<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[7 0 R]>>"


def pdf(*texts: tuple[float, float, str], signs: tuple[float, float, str] | None = None) -> bytes:
    """One page with texts in a font that the file does not carry; ``signs`` in one that only has numbers for them."""
    told = [f"BT /F1 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, text in texts]
    if signs:
        told.append(f"BT /F2 12 Tf {signs[0]} {signs[1]} Td <{signs[2].encode('utf-16-be').hex()}> Tj ET")
    content = "\n".join(told)
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 8 0 R/Resources<</Font<</F1 4 0 R/F2 6 0 R>>>>>>",
        _GB, _CID.format("GB1"), _NUMBERS_ONLY, _CID.format("Identity"),
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
    )  # fmt: skip
    body = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    return (
        body
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF".encode()
    )


def test_what_stands_alone_in_a_font_that_the_file_does_not_carry_is_read() -> None:
    line = "对新引进的高层次人才，给予20万元安家补贴；县级配套5万元。"
    apart = [(85.0 + 12 * at, 700.0, char) for at, char in enumerate(line)]
    assert read_bytes(pdf(*reversed(apart)), "办法.pdf").text.source.splitlines() == [line]
    assert read_bytes(pdf((85, 700, "单位"), (85, 670, "个")), "表.pdf").text.source.splitlines() == ["单位", "个"]


@pytest.mark.parametrize("sign", ["1", "A", "\x04", "µ"])
def test_a_sign_without_a_meaning_is_neither_dropped_nor_taken_for_a_character(sign: str) -> None:
    told = (
        (85.0, 700.0, "一、对首次认定的企业，给予"),
        (253.0, 700.0, "50万元奖励；对复评通过的企业，给予30万元奖励。"),
    )
    document = read_bytes(pdf(*told, signs=(241.0, 700.0, sign)), "办法.pdf")
    assert document.text.source == "一、对首次认定的企业，给予���万元奖励；对复评通过的企业，给予30万元奖励。\n"
    facts = exchange(compile_document(document))
    assert [row["amount"] for row in facts["benefits"]] == [300_000]
    assert "unmapped" in [one["code"] for one in facts["diagnostics"]]


def test_a_paper_of_signs_without_a_meaning_is_refused() -> None:
    with pytest.raises(Exception, match="文字层对不上汉字"):
        read_bytes(pdf((85, 700, "附"), signs=(85.0, 600.0, "ABCDEFGH")), "办法.pdf")
