import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.codes.credit_code import ALPHABET, check_credit_code, is_credit_code, make_credit_code
from luodi.errors import ContentError

EXAMPLE = "91350100M000100Y43"
"""The worked example of GB 32100-2015."""


def test_worked_example_of_the_standard():
    assert check_credit_code(EXAMPLE) == EXAMPLE


def test_written_with_spaces_full_width_and_small_letters():
    assert check_credit_code(" 9135 0100 m000 100y 43 ") == EXAMPLE
    assert check_credit_code("９１３５０１００Ｍ０００１００Ｙ４３") == EXAMPLE


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "应为18位，读到0位"),
        ("91350100M000100Y4", "应为18位，读到17位"),
        ("91350100M0OO100Y43", "第11位“O”不在代码字符集内，是否为“0”"),
        ("9135A100M000100Y43", "第3至8位"),
        ("91350100M000100Y44", "第18位校验码应为“3”"),
    ],
)
def test_a_wrong_code_is_refused_with_place_and_next_step(code, says):
    with pytest.raises(ContentError) as refusal:
        check_credit_code(code)
    assert says in str(refusal.value)
    assert "营业执照" in str(refusal.value)


@given(st.text(ALPHABET.replace("U", ""), min_size=8, max_size=8), st.integers(100000, 699999))
def test_made_codes_are_valid_and_one_changed_character_is_seen(serial, region):
    code = make_credit_code("91", str(region), serial)
    assert is_credit_code(code)
    changed = code[:10] + ("1" if code[10] != "1" else "2") + code[11:]
    assert not is_credit_code(changed)
