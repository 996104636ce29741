"""Whether a message is surely sound, told without the validator where all its rules are plain: bounds of numbers, texts
and lists, and known values of enums. What is not surely sound is the validator's to judge, and to explain.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from buf.validate import validate_pb2

Check = Callable[[Any], bool]
"""Whether the value of a field keeps its rules."""

_MESSAGE: Final[Any] = validate_pb2.message
_FIELD: Final[Any] = validate_pb2.field
_ONEOF: Final[Any] = validate_pb2.oneof
_BOUNDS: Final = frozenset({"gte", "lte", "gt", "lt"})
_PLAIN: Final = {
    "repeated": frozenset({"min_items", "max_items"}),
    "string": frozenset({"min_len", "max_len"}),
    "enum": frozenset({"defined_only", "not_in"}),
    "int32": _BOUNDS,
    "int64": _BOUNDS,
}
"""Kind of rules -> those of it that are plain."""


def surely_sound(message: Message) -> bool:
    """Whether a message keeps all rules of its contract; False also where the rules are not plain."""
    checks = _checks(message.DESCRIPTOR)
    return checks is not None and all(check(getattr(message, name)) for name, check in checks)


@cache
def _checks(descriptor: Descriptor) -> tuple[tuple[str, Check], ...] | None:
    """The checks of a message's fields, or None where a rule is not plain."""
    if _ruled_as_a_whole(descriptor):
        return None
    found: list[tuple[str, Check]] = []
    for field in descriptor.fields:
        if field.message_type is not None and not _free(field.message_type, frozenset({descriptor.full_name})):
            return None
        if _ruled(field):
            check = _check(field)
            if check is None:
                return None
            found.append((field.name, check))
    return tuple(found)


def _ruled(field: FieldDescriptor) -> bool:
    return _states(field, _FIELD)


def _ruled_as_a_whole(descriptor: Descriptor) -> bool:
    return _states(descriptor, _MESSAGE) or any(_states(one, _ONEOF) for one in descriptor.oneofs)


def _states(declared: Any, rules: Any) -> bool:
    return bool(declared.GetOptions().HasExtension(rules))


def _free(descriptor: Descriptor, above: frozenset[str]) -> bool:
    """Whether a message and all in it have no rules; what refers to itself is taken to have some."""
    if descriptor.full_name in above or _ruled_as_a_whole(descriptor):
        return False
    return not any(_ruled(field) for field in descriptor.fields) and all(
        _free(field.message_type, above | {descriptor.full_name})
        for field in descriptor.fields
        if field.message_type is not None
    )


def _check(field: FieldDescriptor) -> Check | None:
    """The check of a field's rules, where they are plain."""
    rules: Any = field.GetOptions().Extensions[_FIELD]
    stated = [(one.name, value) for one, value in rules.ListFields()]
    if len(stated) != 1 or field.has_presence:
        return None
    kind, rule = stated[0]
    bounds = {one.name: value for one, value in rule.ListFields()}
    plain = _PLAIN.get("" if field.is_repeated and kind != "repeated" else kind)
    if plain is None or not bounds.keys() <= plain:
        return None
    if kind in {"repeated", "string"}:
        least, most = bounds.get("min_items", bounds.get("min_len", 0)), bounds.get("max_items", bounds.get("max_len"))
        return _counted(least, most)
    return _known(field, bounds) if kind == "enum" else _bounded(bounds)


def _known(field: Any, bounds: dict[str, Any]) -> Check | None:
    """Values that the contract has, less those named; None where others may come too."""
    allowed = frozenset(field.enum_type.values_by_number) - set(bounds.get("not_in", ()))
    return allowed.__contains__ if bounds.get("defined_only") else None


def _counted(least: int, most: int | None) -> Check:
    if most is None:
        return lambda value: len(value) >= least
    return lambda value: least <= len(value) <= most


def _bounded(bounds: dict[str, int]) -> Check | None:
    """Between bounds; None where they are turned around, which means outside of them."""
    least = max([bounds[name] + more for name, more in (("gte", 0), ("gt", 1)) if name in bounds], default=None)
    most = min([bounds[name] - less for name, less in (("lte", 0), ("lt", 1)) if name in bounds], default=None)
    if least is not None and most is not None:
        low, high = least, most
        return (lambda value: low <= value <= high) if low <= high else None
    if least is not None:
        low = least
        return lambda value: value >= low
    high = most if most is not None else 0
    return lambda value: value <= high
