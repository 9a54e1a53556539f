"""Every broken, hostile or odd file has the outcome it is named for; none takes the reader's process with it."""

import pytest

from luodi.document import read_bytes
from luodi.document.refusals import MESSAGES
from luodi.errors import ContentError
from malformed import CASES, FORMATS, noisy
from papers import font

NAME = "政策文件.bin"


def outcome(data: bytes) -> str:
    try:
        assert read_bytes(data, NAME).clean
    except ContentError as error:
        assert NAME in str(error) and str(error).endswith("。")
        return error.code or "unnamed"
    return "read"


@pytest.fixture(autouse=True)
def chinese_font() -> None:
    if font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")


def test_there_are_enough() -> None:
    assert len(CASES) >= 200
    assert {code for _, code in CASES.values()} <= MESSAGES.keys() | {"read"}


@pytest.mark.parametrize("name", CASES)
def test_the_outcome(name: str) -> None:
    make, expected = CASES[name]
    assert outcome(make()) == expected


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("seed", range(6))
def test_random_damage_has_a_named_outcome(format_: str, seed: int) -> None:
    assert outcome(noisy(format_, seed)) in MESSAGES.keys() - {"reader-crash"} | {"read"}
