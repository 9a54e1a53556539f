"""Unified social credit codes (统一社会信用代码) after GB 32100-2015.

18 characters: registering authority (1), kind of body (1), administrative region of registration (6 digits), body
code after GB 11714 (9), check character (1). The region tells the registering authority, not where the unit sits.
"""

from __future__ import annotations

import unicodedata

from luodi.errors import ContentError

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKALIKE = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}


def normalised(code: str) -> str:
    """The code as it is stored: half width, capitals, no white space or hyphens."""
    return "".join(unicodedata.normalize("NFKC", code).upper().replace("-", "").split())


def check_credit_code(code: str) -> str:
    """The normalised code.

    Raises:
        ContentError: not a credit code; the message says which place is wrong and what is expected there.
    """
    plain = normalised(code)
    if reason := _problem(plain):
        raise ContentError(f"“{code}”不是有效的统一社会信用代码：{reason}请对照营业执照或登记证书核对后重新输入。")
    return plain


def is_credit_code(code: str) -> bool:
    """Whether the text is a valid code once normalised."""
    return _problem(normalised(code)) is None


def _problem(code: str) -> str | None:
    if len(code) != LENGTH:
        return f"应为{LENGTH}位，读到{len(code)}位。"
    for place, character in enumerate(code, 1):
        if character not in ALPHABET:
            hint = f"，是否为“{_LOOKALIKE[character]}”" if character in _LOOKALIKE else ""
            return f"第{place}位“{character}”不在代码字符集内{hint}。"
    if not code[2:8].isdigit():
        return f"第3至8位应为登记机关行政区划的6位数字，读到“{code[2:8]}”。"
    if code[-1] != (expected := check_character(code[:-1])):
        return f"第18位校验码应为“{expected}”，读到“{code[-1]}”。"
    return None


def check_character(first17: str) -> str:
    """The 18th character for the first 17."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def make_credit_code(authority: str, region: str, serial: str) -> str:
    """A valid code for invented units.

    Args:
        authority: first two characters: registering authority and kind of body (``91`` company, ``12`` institution).
        region: six digits of the registering authority.
        serial: eight characters of the body code; its own check character (GB 11714) is added.
    """
    first17 = f"{authority}{region}{serial}{_body_check(serial)}"
    return check_credit_code(first17 + check_character(first17))


def _body_check(serial: str) -> str:
    """The ninth character of the body code (GB 11714)."""
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(values.index(character) * weight for character, weight in zip(serial, _BODY_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return "X" if rest == 10 else str(rest % 11)
