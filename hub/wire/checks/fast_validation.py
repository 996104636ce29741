"""Whether a message is certainly valid, found without the validator where its rules are plain: bounds of numbers, texts
and lists, patterns, known values of enums, fields that must be there. Everything else is left to the
validator, and so is the explanation.

Only fields that are set are looked at, and those that a message must have: of a contract's many fields a request sets
few.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from msgspec import Struct

from buf.validate import validate_pb2

Check = Callable[[Any], bool]
"""Whether the value of a field certainly keeps its rules."""

_MESSAGE: Final[Any] = validate_pb2.message
_FIELD: Final[Any] = validate_pb2.field
_ONEOF: Final[Any] = validate_pb2.oneof
_UUID: Final = re.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_PLAIN_PATTERN: Final = re.compile(r"\^[0-9A-Za-z\[\](){},?+*|:\\.-]*\$")
"""Patterns that mean the same to Python, tried on the whole text in ASCII, as to the validator."""
_PLAIN_KINDS: Final = frozenset({"string", "enum", "int32", "int64"})
_LARGEST: Final = 1 << 64
"""No number or length of a contract is larger."""


class _Rules(Struct, frozen=True):
    """The checks of a message's fields: of those it must have set, and of others with rules, their own or below."""

    needed: dict[FieldDescriptor, Check]
    optional: dict[FieldDescriptor, Check]


def certainly_valid(message: Message) -> bool:
    """Whether a message keeps all rules of its contract; False also where the rules are not plain."""
    rules = _rules(message.DESCRIPTOR)
    if rules is None:
        return False
    needed, optional = rules.needed, rules.optional
    found = 0
    for field, value in message.ListFields():
        if field in needed:
            found += 1
            if not needed[field](value):
                return False
        elif field in optional and not optional[field](value):
            return False
    return found == len(needed)


@cache
def _rules(descriptor: Descriptor) -> _Rules | None:
    """The rules of a message, or None where it is ruled as a whole."""
    if _ruled_as_a_whole(descriptor):
        return None
    checks = {field: check for field in descriptor.fields if (check := _check(field)) is not None}
    needed = {field: check for field, check in checks.items() if _must_be_set(field, check)}
    return _Rules(needed, {field: check for field, check in checks.items() if field not in needed})


def _must_be_set(field: FieldDescriptor, check: Check) -> bool:
    """Whether a field's absence breaks its rules; one without presence counts as empty then."""
    if _rules_of(field).required or field.has_presence:
        return bool(_rules_of(field).required)
    return not check([] if field.is_repeated else field.default_value)


def _check(field: FieldDescriptor) -> Check | None:
    """The check of a field where it is set; None where it may have any value."""
    stated = {one.name for one, _ in _rules_of(field).ListFields()}
    if not stated and _free(field, frozenset()):
        return None
    if _is_map(field):
        return _map_check(field, stated)
    return _list_check(field, stated) if field.is_repeated else _value_check(field, stated)


def _map_check(field: FieldDescriptor, stated: set[str]) -> Check:
    bounds = {one.name: value for one, value in _rules_of(field).map.ListFields()}
    if not stated <= {"map"} or not bounds.keys() <= {"min_pairs", "max_pairs"} or not _free_below(field, frozenset()):
        return _never
    return _counted(bounds.get("min_pairs"), bounds.get("max_pairs"))


def _list_check(field: FieldDescriptor, stated: set[str]) -> Check:
    bounds = {one.name: value for one, value in _rules_of(field).repeated.ListFields()}
    if not stated <= {"repeated"} or not bounds.keys() <= {"min_items", "max_items", "unique", "items"}:
        return _never
    counted = _counted(bounds.get("min_items"), bounds.get("max_items"))
    if bounds.keys() & {"unique", "items"}:
        return lambda values: not values and counted(values)
    if _free_below(field, frozenset()):
        return counted
    return lambda values: counted(values) and all(map(certainly_valid, values))


def _value_check(field: FieldDescriptor, stated: set[str]) -> Check:
    kinds = stated - {"required"}
    if not kinds:
        return _any_value if _free_below(field, frozenset()) else certainly_valid
    if len(kinds) > 1 or not kinds <= _PLAIN_KINDS:
        return _never
    (kind,) = kinds
    bounds = {one.name: value for one, value in getattr(_rules_of(field), kind).ListFields()}
    if kind == "string":
        return _text_check(bounds)
    return _enum_check(field, bounds) if kind == "enum" else _number_check(bounds)


def _text_check(bounds: dict[str, Any]) -> Check:
    match bounds:
        case {"uuid": True, **rest} if not rest:
            return lambda text: _UUID.fullmatch(text) is not None
        case {"pattern": str(pattern), **rest} if not rest and _PLAIN_PATTERN.fullmatch(pattern):
            whole = re.compile(pattern[1:-1], re.ASCII)
            return lambda text: whole.fullmatch(text) is not None
    if not bounds.keys() <= {"min_len", "max_len"}:
        return _never
    return _counted(bounds.get("min_len"), bounds.get("max_len"))


def _enum_check(field: Any, bounds: dict[str, Any]) -> Check:
    """Values that the contract has, less those named."""
    if not bounds.keys() <= {"defined_only", "not_in"} or not bounds.get("defined_only"):
        return _never
    return (frozenset(field.enum_type.values_by_number) - set(bounds.get("not_in", ()))).__contains__


def _number_check(bounds: dict[str, int]) -> Check:
    """Between bounds; where they are turned around, which means outside of them, the validator knows."""
    least = max([bounds[name] + more for name, more in (("gte", 0), ("gt", 1)) if name in bounds], default=None)
    most = min([bounds[name] - less for name, less in (("lte", 0), ("lt", 1)) if name in bounds], default=None)
    if not bounds.keys() <= {"gte", "gt", "lte", "lt"} or (least is not None and most is not None and least > most):
        return _never
    low, high = -_LARGEST if least is None else least, _LARGEST if most is None else most
    return lambda value: low <= value <= high


def _counted(least: int | None, most: int | None) -> Check:
    low, high = least or 0, _LARGEST if most is None else most
    return lambda value: low <= len(value) <= high


def _any_value(_: object) -> bool:
    return True


def _never(_: object) -> bool:
    """Of rules that are not plain: whatever is set is the validator's to judge."""
    return False


def _rules_of(field: FieldDescriptor) -> Any:
    return field.GetOptions().Extensions[_FIELD]


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and bool(field.message_type.GetOptions().map_entry)


def _ruled_as_a_whole(descriptor: Descriptor) -> bool:
    return _states(descriptor, _MESSAGE) or any(_states(oneof, _ONEOF) for oneof in descriptor.oneofs)


def _states(declared: Any, rules: Any) -> bool:
    return bool(declared.GetOptions().HasExtension(rules))


def _free(field: FieldDescriptor, above: frozenset[str]) -> bool:
    """Whether a field and all in it have no rules; what refers to itself is taken to have some."""
    return not _states(field, _FIELD) and _free_below(field, above)


def _free_below(field: FieldDescriptor, above: frozenset[str]) -> bool:
    inner = field.message_type
    if inner is None:
        return True
    if inner.full_name in above or _ruled_as_a_whole(inner):
        return False
    return all(_free(one, above | {inner.full_name}) for one in inner.fields)
