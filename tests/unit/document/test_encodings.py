import pytest

from luodi.document.decode import decode

PROSE = "云州市人民政府关于支持企业发展的若干意见\r\n一、对获得国家级称号的企业，一次性给予50万元奖励。\n"
TRADITIONAL = "雲州市政府關於支持產業發展的意見\n一、對獲得國家級稱號的企業，給予獎勵五十萬元。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_chinese_prose_comes_back_in_every_encoding_with_its_line_ends(encoding: str):
    assert decode(PROSE.encode(encoding), "x.txt") == PROSE


def test_big5_is_told_from_gb18030():
    assert decode(TRADITIONAL.encode("big5"), "x.txt") == TRADITIONAL


def test_a_short_line_is_enough():
    assert decode("关于奖励的通知".encode("gb18030"), "x.txt") == "关于奖励的通知"


def test_a_character_cut_off_at_the_end_does_not_spoil_the_file():
    assert decode(PROSE.encode()[:-3], "x.txt") == PROSE[:-2]


def test_a_few_broken_bytes_are_marked_and_the_rest_is_read():
    data = (PROSE * 20).encode()
    text = decode(data[:100] + b"\xff" + data[100:], "x.txt")
    assert text.count("\ufffd") <= 3
    assert text.endswith(PROSE)


def test_text_without_chinese_is_text_too():
    assert decode(b"An English text.\n", "x.txt") == "An English text.\n"
