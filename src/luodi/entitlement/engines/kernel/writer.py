"""Nodes as expressions over columns, the statements of one loop.

Each verdict is a pair of two-valued expressions (is yes, is no), so that unknown is neither; what cannot be unknown
folds away. Constants are parameters: rules that differ only in sums, thresholds or days share their code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.stored import MASKED, NEVER, Stored, number_of, scaled_threshold
from luodi.entitlement.query.node import (
    Arithmetic,
    Bound,
    Choice,
    Column,
    Comparison,
    Constant,
    Every,
    FirstKnown,
    Is,
    Negation,
    Node,
    OneOf,
    Some,
)
from luodi.entitlement.vocabulary import Value

Verdict = tuple[str, str]
Known = tuple[str, str]


@dataclass
class Shared:
    """What both loops have in common: columns and parameters, in the order of their first use."""

    columns: Mapping[str, Stored]
    fixed: Mapping[str, int]
    places: dict[tuple[str, bool], str] = field(default_factory=dict)
    parameters: list[int] = field(default_factory=list)

    def place(self, name: str, *, valid: bool) -> str:
        """The name of a column's array, of its values or of which are known."""
        letter = "k" if valid else "c"
        return self.places.setdefault((name, valid), f"{letter}{len(self.places)}")

    def parameter(self, value: int) -> str:
        """The name of a constant.

        Raises:
            Unfit: it does not fit 64 bits.
        """
        if abs(value) > 2**63 - 1 and value != NEVER:
            raise Unfit("a constant beyond 64 bits")
        self.parameters.append(value)
        return f"p{len(self.parameters) - 1}"


class Writer:
    """Writes the statements of one loop; equal nodes are written once."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.lines: list[str] = []
        self._verdicts: dict[Node, Verdict] = {}
        self._values: dict[Node, Known] = {}

    def let(self, text: str) -> str:
        """A name for an expression, unless it is one already."""
        if text.isidentifier() or text.lstrip("-").isdigit():
            return text
        name = f"v{len(self.lines)}"
        self.lines.append(f"        {name} = {text}")
        return name

    def yes(self, node: Node) -> str:
        """Whether a verdict is yes."""
        return self.verdict(node)[0]

    def verdict(self, node: Node) -> Verdict:
        """Whether a node is yes, and whether it is no."""
        if isinstance(node, Constant):
            return str(node.value is True), str(node.value is False)
        if node not in self._verdicts:
            yes, no = self._verdict(node)
            yes = self.let(yes)
            self._verdicts[node] = yes, self.let(no)
        return self._verdicts[node]

    def _verdict(self, node: Node) -> Verdict:
        match node:
            case Every(parts):
                found = [self.verdict(part) for part in parts]
                return all_of(yes for yes, _ in found), any_of(no for _, no in found)
            case Some(parts):
                found = [self.verdict(part) for part in parts]
                return any_of(yes for yes, _ in found), all_of(no for _, no in found)
            case Negation(part):
                yes, no = self.verdict(part)
                return no, yes
            case Is(part, verdict):
                holds = negated(self._known(part)) if verdict is None else self.verdict(part)[0 if verdict else 1]
                return holds, negated(holds)
            case Comparison():
                return self._comparison(node)
            case OneOf(Column(name), values, many):
                return self._member(name, values, many=many)
            case Choice(cases, otherwise):
                yes, no = self.verdict(otherwise)
                for test, value in reversed(cases):
                    then, (then_yes, then_no) = self.yes(test), self.verdict(value)
                    yes, no = self.let(chosen(then, then_yes, yes)), self.let(chosen(then, then_no, no))
                return yes, no
            case FirstKnown(parts):
                yes, no = "False", "False"
                for part in reversed(parts):
                    (part_yes, part_no), known = self.verdict(part), self._known(part)
                    yes, no = chosen(known, part_yes, yes), chosen(known, part_no, no)
                return yes, no
            case Column():
                text, known = self.value(node)
                return all_of((text, known)), all_of((negated(text), known))
        raise Unfit(f"no verdict: {type(node).__name__}")

    def _known(self, node: Node) -> str:
        if self._is_verdict(node):
            return any_of(self.verdict(node)) if not isinstance(node, Is) else "True"
        return self.value(node)[1]

    def _is_verdict(self, node: Node) -> bool:
        match node:
            case Comparison() | Every() | Some() | Negation() | Is() | OneOf():
                return True
            case Column(name):
                return name in self.shared.columns and self.shared.columns[name].kind == "boolean"
            case Constant(value):
                return isinstance(value, bool)
            case Choice(cases, otherwise):
                return self._is_verdict(otherwise) or any(self._is_verdict(value) for _, value in cases)
            case FirstKnown(parts):
                return any(self._is_verdict(part) for part in parts)
        return False

    def _comparison(self, node: Comparison) -> Verdict:
        left, right = node.left, node.right
        op = "==" if node.op == "=" else node.op
        if self._is_verdict(left) or self._is_verdict(right):
            return self._equal_verdicts(op, left, right)
        if isinstance(right, Constant) and isinstance(right.value, str):
            return self._equal_code(op, left, right.value)
        if isinstance(left, Column) and isinstance(right, Constant) and right.value is not None:
            text, known = self._stored(left.name)
            scale = self.shared.columns[left.name].scale if left.name in self.shared.columns else 1
            test = f"({text} {op} {self.shared.parameter(scaled_threshold(op, number_of(right.value), scale))})"
        else:
            (text, known), (other, other_known) = self._apart(left), self._apart(right)
            if self._scale(left) != self._scale(right):
                (text, known), (other, other_known) = self.value(left), self.value(right)
            test, known = f"({text} {op} {other})", all_of((known, other_known))
        test = self.let(test)
        return all_of((test, known)), all_of((negated(test), known))

    def _apart(self, node: Node) -> Known:
        """A column, or a column times a constant, in stored units."""
        match node:
            case Column(name):
                return self._stored(name)
            case Arithmetic("*", Column(name), Constant(int() as times)):
                text, known = self._stored(name)
                return f"({text} * {self.shared.parameter(times)})", known
        return self.value(node)

    def _scale(self, node: Node) -> int | None:
        match node:
            case Column(name) | Arithmetic("*", Column(name), Constant(int())):
                stored = self.shared.columns.get(name)
                if stored and stored.kind == "code":
                    raise Unfit("two columns of codes compared")
                return stored.scale if stored else 1
        return None

    def _equal_verdicts(self, op: str, left: Node, right: Node) -> Verdict:
        (yes, no), (other_yes, other_no) = self.verdict(left), self.verdict(right)
        same = any_of((all_of((yes, other_yes)), all_of((no, other_no))))
        differ = any_of((all_of((yes, other_no)), all_of((no, other_yes))))
        return (same, differ) if op == "==" else (differ, same)

    def _equal_code(self, op: str, left: Node, value: str) -> Verdict:
        assert isinstance(left, Column)
        text, known = self._stored(left.name)
        if known == "False":
            return "False", "False"
        same = self.let(f"({text} == {self.shared.columns[left.name].codes[value]})")
        verdict = all_of((same, known)), all_of((negated(same), known))
        return verdict if op == "==" else (verdict[1], verdict[0])

    def _member(self, name: str, values: tuple[Value, ...], *, many: bool) -> Verdict:
        text, known = self._stored(name)
        if known == "False":
            return "False", "False"
        codes = self.shared.columns[name].codes
        if many or self.shared.columns[name].kind == "set":
            bits = sum(1 << codes[str(value)] for value in dict.fromkeys(values))
            test = f"(({text} & {bits}) != 0)"
        elif self.shared.columns[name].kind == "code" and len(codes) <= MASKED:
            bits = sum(1 << codes[str(value)] for value in dict.fromkeys(values))
            test = f"((({bits} >> ({text} if {text} < 63 else 63)) & 1) != 0)"
        elif self.shared.columns[name].kind == "code":
            test = any_of(f"({text} == {codes[str(value)]})" for value in dict.fromkeys(values))
        else:
            return self.verdict(Some(tuple(Comparison("=", Column(name), Constant(value)) for value in values)))
        test = self.let(test)
        return all_of((test, known)), all_of((negated(test), known))

    def _stored(self, name: str) -> Known:
        """A column's value as it is stored, and whether it is known."""
        if name in self.shared.fixed:
            return self.shared.parameter(self.shared.fixed[name]), "True"
        stored = self.shared.columns.get(name)
        if stored is None:
            return "0", "False"
        known = f"({self.shared.place(name, valid=True)}[i] != 0)" if stored.nulls else "True"
        text = f"{self.shared.place(name, valid=False)}[i]"
        text = f"({text} != 0)" if stored.kind == "boolean" else f"int64({text})"
        return self.let(text), self.let(known) if stored.nulls else known

    def value(self, node: Node) -> Known:
        """A number in canonical units, and whether it is known."""
        if isinstance(node, Constant):
            if node.value is None:
                return "0", "False"
            return self.shared.parameter(number_of(node.value)), "True"
        if node not in self._values:
            text, known = self._value(node)
            self._values[node] = self.let(text), self.let(known)
        return self._values[node]

    def _value(self, node: Node) -> Known:
        match node:
            case Column(name):
                text, known = self._stored(name)
                stored = self.shared.columns.get(name)
                return (f"({text} * {stored.scale})" if stored and stored.scale != 1 else text), known
            case Arithmetic(op, left, right):
                (first, known), (second, other_known) = self.value(left), self.value(right)
                return self._calculated(op, first, second), all_of((known, other_known))
            case Bound(which, left, right):
                (first, known), (second, other_known) = self.value(left), self.value(right)
                sign = "<" if which == "least" else ">"
                return f"({first} if {first} {sign} {second} else {second})", all_of((known, other_known))
            case Choice(cases, otherwise):
                text, known = self.value(otherwise)
                for test, value in reversed(cases):
                    then, (then_text, then_known) = self.yes(test), self.value(value)
                    text = self.let(chosen(then, then_text, text))
                    known = self.let(chosen(then, then_known, known))
                return text, known
            case FirstKnown(parts):
                text, known = "0", "False"
                for part in reversed(parts):
                    part_text, part_known = self.value(part)
                    text, known = chosen(part_known, part_text, text), any_of((part_known, known))
                return text, known
        raise Unfit(f"no number: {type(node).__name__}")

    def _calculated(self, op: str, left: str, right: str) -> str:
        if op != "//":
            return f"({left} {op} {right})"
        quotient = self.let(f"int64(uint64(abs({left})) // uint64({right}))")
        return f"({quotient} if {left} >= 0 else -{quotient})"


def all_of(texts: Iterable[str]) -> str:
    """And, folded."""
    kept = list(dict.fromkeys(text for text in texts if text != "True"))
    if "False" in kept:
        return "False"
    return "(" + " & ".join(kept) + ")" if len(kept) > 1 else (kept or ["True"])[0]


def any_of(texts: Iterable[str]) -> str:
    """Or, folded."""
    kept = list(dict.fromkeys(text for text in texts if text != "False"))
    if "True" in kept:
        return "True"
    return "(" + " | ".join(kept) + ")" if len(kept) > 1 else (kept or ["False"])[0]


def negated(text: str) -> str:
    """Not, folded."""
    return {"True": "False", "False": "True"}.get(text) or f"(not {text})"


def chosen(test: str, then: str, otherwise: str) -> str:
    """One of two, folded."""
    if test in ("True", "False"):
        return then if test == "True" else otherwise
    if then == otherwise:
        return then
    if (then, otherwise) == ("True", "False"):
        return test
    return f"({then} if {test} else {otherwise})"
