"""A quick yes to "does this data conform to this JSON Schema?" (draft 2020-12), without loading a validator.

Only a yes is final. A no may also mean that a keyword is not known here; the validator then decides and words the
faults. So a keyword that is missing below costs time and never lets a fault pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]


def conforms(value: Any, schema: Schema, root: Schema) -> bool:
    """Whether plain JSON data surely conforms; ``root`` is the schema in which references lead."""
    return all(_KEYWORDS.get(word, _unknown)(value, wanted, schema, root) for word, wanted in schema.items())


def _unknown(_value: Any, _wanted: Any, _schema: Schema, _root: Schema) -> bool:
    return False


def _says_nothing(_value: Any, _wanted: Any, _schema: Schema, _root: Schema) -> bool:
    return True


def _reference(value: Any, wanted: str, _schema: Schema, root: Schema) -> bool:
    start, _, name = wanted.rpartition("/")
    return start == "#/$defs" and conforms(value, root["$defs"][name], root)


def _type(value: Any, wanted: str | Sequence[str], _schema: Schema, _root: Schema) -> bool:
    found = _TYPES.get(type(value), ())
    return any(kind in found for kind in ([wanted] if isinstance(wanted, str) else wanted))


def _same(value: Any, wanted: Any, _schema: Schema, _root: Schema) -> bool:
    return type(value) is type(wanted) and value == wanted


def _one_of_values(value: Any, wanted: Sequence[Any], schema: Schema, root: Schema) -> bool:
    return any(_same(value, each, schema, root) for each in wanted)


def _properties(value: Any, wanted: Mapping[str, Schema], _schema: Schema, root: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    return all(conforms(item, wanted[name], root) for name, item in value.items() if name in wanted)


def _other_properties(value: Any, wanted: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    others = [item for name, item in value.items() if name not in schema.get("properties", {})]
    return not others or (isinstance(wanted, Mapping) and all(conforms(item, wanted, root) for item in others))


def _first_items(value: Any, wanted: Sequence[Schema], _schema: Schema, root: Schema) -> bool:
    if not isinstance(value, list):
        return True
    return all(conforms(item, each, root) for item, each in zip(value, wanted, strict=False))


def _items(value: Any, wanted: Any, schema: Schema, root: Schema) -> bool:
    rest = value[len(schema.get("prefixItems", ())) :] if isinstance(value, list) else ()
    return not rest or (isinstance(wanted, Mapping) and all(conforms(item, wanted, root) for item in rest))


def _size(
    kind: type[dict[str, Any]] | type[list[Any]] | type[str], fits: Callable[[int, int], bool]
) -> Callable[[Any, Any, Schema, Schema], bool]:
    return lambda value, wanted, _schema, _root: not isinstance(value, kind) or fits(len(value), wanted)


def _bound(fits: Callable[[Any, Any], bool]) -> Callable[[Any, Any, Schema, Schema], bool]:
    return lambda value, wanted, _schema, _root: "number" not in _TYPES.get(type(value), ()) or fits(value, wanted)


_TYPES: Mapping[type, Sequence[str]] = {
    **{dict: ("object",), list: ("array",), str: ("string",), bool: ("boolean",), type(None): ("null",)},
    **{int: ("integer", "number"), float: ("number",)},
}
_KEYWORDS: Mapping[str, Callable[[Any, Any, Schema, Schema], bool]] = {
    **dict.fromkeys(("$schema", "$id", "$defs", "title", "description"), _says_nothing),
    "$ref": _reference,
    "type": _type,
    "const": _same,
    "enum": _one_of_values,
    "anyOf": lambda value, wanted, _schema, root: any(conforms(value, each, root) for each in wanted),
    "required": lambda value, wanted, *_: not isinstance(value, dict) or all(name in value for name in wanted),
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
    "pattern": lambda value, wanted, *_: not isinstance(value, str) or re.search(wanted, value) is not None,
}
