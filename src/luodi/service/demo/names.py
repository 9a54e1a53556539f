"""Names of invented units: place, three characters of no meaning together, a word of the trade, a legal form."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

_FIRST = "澜砺樾沅弈珩曜霁琥岚汐翮垣蓁澍钧霆骁逴泓棣铎昶菡"
_SECOND = "启图衡域枢睿川拓弦界桥坤迅格朔畅励征鸣遥卓朗"
_THIRD = "辰科创联讯达微芯控源航宇信和恒立越捷准深"
_FORMS = {
    "enterprise": ("科技有限公司", "有限公司", "技术有限公司", "股份有限公司", "设备有限公司"),
    "institute": ("研究所", "研究院", "技术研究中心"),
    "university": ("大学", "学院", "职业技术学院"),
    "park": ("产业园", "产业基地", "科技园"),
}


class Names:
    """Makes names that do not repeat. Likeness to real bodies would be chance: the middle words are random."""

    def __init__(self, prefix: str, words: Mapping[str, Sequence[str]], source: random.Random) -> None:
        """``prefix`` opens every name, ``words`` gives the words of each sector."""
        self.prefix, self.words, self.random = prefix, words, source
        self.used: set[str] = set()

    def make(self, kind: str, sector: str) -> str:
        """A new name for a unit of a kind in a sector."""
        while True:
            word = "" if kind == "university" else self.random.choice(list(self.words[sector]))
            name = f"{self.prefix}{self._brand()}{word}{self.random.choice(_FORMS[kind])}"
            if name not in self.used:
                self.used.add(name)
                return name

    def rename(self, name: str) -> str:
        """A former name of the same unit: another middle, the same ends."""
        start = len(self.prefix)
        return name[:start] + self._brand() + name[start + 3 :]

    def _brand(self) -> str:
        parts: Sequence[Any] = (_FIRST, _SECOND, _THIRD)
        return "".join(self.random.choice(part) for part in parts)
