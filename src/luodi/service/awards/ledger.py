"""The ledger of figures that may stand beside each other (差分保护).

Each figure is a sum over recipients. A reader who holds several of them subtracts: two scenarios that differ in one
recipient tell what that one is owed, and so do sums of three and more where no two give it away. So a new figure is
shown only where no combination of all that was shown before, with any factors, rests on fewer than ``minimum``
recipients. That is certain where as many groups of recipients, no one in two of them, each tell all figures apart: a
combination that leaves out all but fewer recipients leaves out one group whole, and then it is nothing at all.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from luodi.service.awards.suppression import MINIMUM

Recipient = Hashable
Figure = Mapping[Recipient, int]
"""What each recipient adds to a figure: a sum in fen, or one for a count."""

_PRIME = (1 << 61) - 1
"""Numbers are taken modulo this prime: figures told apart by it are told apart."""


class Ledger:
    """All figures of one list and one measure that were shown so far; it keeps who is behind them, not what they say."""

    def __init__(self, minimum: int = MINIMUM) -> None:
        self._groups: list[list[tuple[Recipient, dict[Recipient, int]]]] = [[] for _ in range(minimum)]
        self._taken: set[Recipient] = set()
        self._shown: set[frozenset[tuple[Recipient, int]]] = set()

    def admit(self, figures: Iterable[Figure]) -> bool:
        """Enter figures that are shown together; false, and nothing entered, where they may not be."""
        named = {frozenset(figure.items()): figure for figure in figures}
        new = {name: figure for name, figure in named.items() if name not in self._shown}
        length, taken = len(self._groups[0]), set(self._taken)
        if all(self._enter(figure) for figure in new.values()):
            self._shown |= new.keys()
            return True
        for group in self._groups:
            del group[length:]
        self._taken = taken
        return False

    def _enter(self, figure: Figure) -> bool:
        rests = [_rest(figure, group) for group in self._groups]
        if not any(rests):
            return True  # it follows from those that are shown
        for group, rest in zip(self._groups, rests, strict=True):
            chosen = next((each for each in rest if each not in self._taken), None)
            if chosen is None:
                for other in self._groups:
                    del other[len(self._groups[-1]) :]
                return False
            factor = pow(rest[chosen], -1, _PRIME)
            group.append((chosen, {each: value * factor % _PRIME for each, value in rest.items()}))
            self._taken.add(chosen)
        return True


def _rest(figure: Figure, group: Iterable[tuple[Recipient, Mapping[Recipient, int]]]) -> dict[Recipient, int]:
    """What is left of a figure once the entered ones are taken off, so that none of the group's recipients is in it."""
    rest = {each: value % _PRIME for each, value in figure.items() if value}
    for chosen, entered in group:
        if factor := rest.get(chosen):
            for each, value in entered.items():
                left = (rest.get(each, 0) - factor * value) % _PRIME
                if left:
                    rest[each] = left
                else:
                    rest.pop(each, None)
    return rest
