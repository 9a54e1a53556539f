"""A quick yes to "does this data conform to this JSON Schema?" (draft 2020-12), without loading a validator.

Only a yes is final. A no may also mean that a keyword is not known here; the validator then decides and words the
faults. So a keyword that is missing below costs time and never lets a fault pass. A schema is made into one function
first (``checked``), because a pack holds hundreds of thousands of values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]
Check = Callable[[Any], bool]


def conforms(value: Any, schema: Schema, root: Schema) -> bool:
    """Whether plain JSON data surely conforms; ``root`` is the schema in which references lead."""
    return checked(schema, root)(value)


def checked(schema: Schema, root: Schema) -> Check:
    """The check of a schema, to be used on many values."""
    return _Maker(root).made(schema)


class _Maker:
    """Makes the checks of one schema; each that has a name is made once."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._named: dict[str, Check] = {}

    def made(self, schema: Schema) -> Check:
        """The check of one part of the schema."""
        words = ((_KEYWORDS.get(word, _unknown), wanted) for word, wanted in schema.items() if word not in _SILENT)
        checks = [make(self, wanted, schema) for make, wanted in words]
        if len(checks) == 1:
            return checks[0]

        def every(value: Any) -> bool:
            for check in checks:  # noqa: SIM110 - a generator costs more than the checks
                if not check(value):
                    return False
            return True

        return every

    def named(self, name: str) -> Check:
        """The check of a part that references lead to, perhaps from inside itself."""
        if name not in self._named:
            self._named[name] = lambda value: self._named[name](value)
            self._named[name] = self.made(self._root["$defs"][name])
        return self._named[name]


def _never(_value: Any) -> bool:
    return False


def _unknown(_maker: _Maker, _wanted: Any, _schema: Schema) -> Check:
    return _never


def _reference(maker: _Maker, wanted: str, _schema: Schema) -> Check:
    start, _, name = wanted.rpartition("/")
    return maker.named(name) if start == "#/$defs" else _never


def _type(_maker: _Maker, wanted: str | Sequence[str], _schema: Schema) -> Check:
    asked = {wanted} if isinstance(wanted, str) else set(wanted)
    fitting = frozenset(kind for kind, names in _TYPES.items() if asked & set(names))
    return lambda value: type(value) in fitting


def _same(_maker: _Maker, wanted: Any, _schema: Schema) -> Check:
    return lambda value: type(value) is type(wanted) and value == wanted


def _one_of_values(_maker: _Maker, wanted: Sequence[Any], _schema: Schema) -> Check:
    return lambda value: any(type(value) is type(each) and value == each for each in wanted)


def _any_of(maker: _Maker, wanted: Sequence[Schema], _schema: Schema) -> Check:
    ways = [maker.made(each) for each in wanted]
    return lambda value: any(way(value) for way in ways)


def _required(_maker: _Maker, wanted: Sequence[str], _schema: Schema) -> Check:
    names = frozenset(wanted)
    return lambda value: not isinstance(value, dict) or names <= value.keys()


def _properties(maker: _Maker, wanted: Mapping[str, Schema], _schema: Schema) -> Check:
    known = {name: maker.made(each) for name, each in wanted.items()}

    def check(value: Any) -> bool:
        if isinstance(value, dict):
            for name, item in value.items():
                if name in known and not known[name](item):
                    return False
        return True

    return check


def _other_properties(maker: _Maker, wanted: Any, schema: Schema) -> Check:
    names = frozenset(schema.get("properties", {}))
    inner = maker.made(wanted) if isinstance(wanted, Mapping) else _never
    return lambda value: (
        not isinstance(value, dict)
        or names >= value.keys()
        or all(inner(item) for name, item in value.items() if name not in names)
    )


def _first_items(maker: _Maker, wanted: Sequence[Schema], _schema: Schema) -> Check:
    inner = [maker.made(each) for each in wanted]
    return lambda value: (
        not isinstance(value, list) or all(check(item) for check, item in zip(inner, value, strict=False))
    )


def _items(maker: _Maker, wanted: Any, schema: Schema) -> Check:
    first = len(schema.get("prefixItems", ()))
    inner = maker.made(wanted) if isinstance(wanted, Mapping) else _never
    return lambda value: not isinstance(value, list) or all(map(inner, value[first:]))


def _size(
    kind: type[dict[str, Any]] | type[list[Any]] | type[str], fits: Callable[[int, int], bool]
) -> Callable[[_Maker, Any, Schema], Check]:
    return lambda _maker, wanted, _schema: lambda value: not isinstance(value, kind) or fits(len(value), wanted)


def _bound(fits: Callable[[Any, Any], bool]) -> Callable[[_Maker, Any, Schema], Check]:
    return lambda _maker, wanted, _schema: lambda value: type(value) not in (int, float) or fits(value, wanted)


def _pattern(_maker: _Maker, wanted: str, _schema: Schema) -> Check:
    form = re.compile(wanted)
    return lambda value: not isinstance(value, str) or form.search(value) is not None


_TYPES: Mapping[type, Sequence[str]] = {
    **{dict: ("object",), list: ("array",), str: ("string",), bool: ("boolean",), type(None): ("null",)},
    **{int: ("integer", "number"), float: ("number",)},
}
_SILENT = frozenset(("$schema", "$id", "$defs", "title", "description"))
_KEYWORDS: Mapping[str, Callable[[_Maker, Any, Schema], Check]] = {
    "$ref": _reference,
    "type": _type,
    "const": _same,
    "enum": _one_of_values,
    "anyOf": _any_of,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _other_properties,
    "prefixItems": _first_items,
    "items": _items,
    "minItems": _size(list, int.__ge__),
    "maxItems": _size(list, int.__le__),
    "minLength": _size(str, int.__ge__),
    "minProperties": _size(dict, int.__ge__),
    "minimum": _bound(lambda value, least: value >= least),
    "maximum": _bound(lambda value, most: value <= most),
    "pattern": _pattern,
}
