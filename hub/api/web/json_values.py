"""Puts JSON values into a message, strictly: what the contract does not have is refused, each fault by its field.

Names are those of the contract in either spelling (`order_id`, `orderId`). Whole numbers may be written as texts, as
JSON has no 64 bits. Fields that have no value are left out, not null.
"""

from __future__ import annotations

import binascii
import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from hub.api.edge.refusals import MOST_FACTS
from hub.kernel.errors import InvalidField

DEEPEST: Final = 100
"""Messages in messages, as many as protobuf reads."""
_AS_TEXT: Final = frozenset({"google.protobuf.Timestamp", "google.protobuf.Duration"})
_WHOLE: Final = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_EXACT: Final = 1 << 53
_URL_SAFE: Final = str.maketrans("-_", "+/")
_RANGES: Final = {
    FieldDescriptor.CPPTYPE_INT32: (-(1 << 31), (1 << 31) - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(1 << 63), (1 << 63) - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, (1 << 32) - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, (1 << 64) - 1),
}


def fill(message: Message, value: object) -> None:
    """Put a JSON object into an empty message; raises InvalidField with every fault found, by the path of its field."""
    filling = _Filling()
    filling.message(message, value, "", 0)
    if filling.problems:
        path, problem = next(iter(filling.problems.items()))
        more = f" (and {len(filling.problems) - 1} more)" if len(filling.problems) > 1 else ""
        raise invalid(f"{path} {problem}{more}.", filling.problems)


def invalid(sentence: str, problems: Mapping[str, str]) -> InvalidField:
    """Return the refusal for fields by path, whatever they are called."""
    refusal = InvalidField(sentence)
    refusal.metadata = dict(problems)
    return refusal


@cache
def fields_of(descriptor: Descriptor) -> Mapping[str, FieldDescriptor]:
    """Return the fields of a message by each of their names."""
    return {name: field for field in descriptor.fields for name in (field.name, field.json_name)}


def is_map(field: FieldDescriptor) -> bool:
    """Whether a field is a map."""
    return field.message_type is not None and bool(field.message_type.GetOptions().map_entry)


class _Fault(Exception):
    """A value that a field cannot have; the message is the problem."""


class _Filling:
    """Fills messages and notes what is wrong: path of the field -> problem, the first ones of many."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    def message(self, message: Message, value: object, path: str, depth: int) -> None:
        if message.DESCRIPTOR.full_name in _AS_TEXT:
            self._text(message, value, path)
        elif not isinstance(value, dict):
            self._note(path, "must be an object")
        elif depth >= DEEPEST:
            self._note(path, "is nested too deeply")
        else:
            self._members(message, value, path, depth)

    def _members(self, message: Message, members: Mapping[str, object], path: str, depth: int) -> None:
        fields, filled = fields_of(message.DESCRIPTOR), set()
        for name, value in members.items():
            field = fields.get(name)
            place = f"{path}.{field.name if field else name}" if path else (field.name if field else name)
            if field is None:
                self._note(place, f"is no field of {message.DESCRIPTOR.name}")
            elif field.name in filled:
                self._note(place, "is stated twice")
            elif value is None:
                self._note(place, "is null: leave it out")
            elif other := _other_member(message, field):
                self._note(place, f"cannot stand beside {other}")
            else:
                filled.add(field.name)
                self._field(message, field, value, place, depth)

    def _field(self, message: Message, field: FieldDescriptor, value: object, path: str, depth: int) -> None:
        if is_map(field):
            self._map(message, field, value, path, depth)
        elif field.is_repeated:
            self._list(message, field, value, path, depth)
        elif field.message_type is not None:
            inner = getattr(message, field.name)
            inner.SetInParent()
            self.message(inner, value, path, depth + 1)
        elif (scalar := self._scalar(field, value, path)) is not None:
            setattr(message, field.name, scalar)

    def _list(self, message: Message, field: FieldDescriptor, value: object, path: str, depth: int) -> None:
        if not isinstance(value, list):
            self._note(path, "must be a list")
            return
        elements = getattr(message, field.name)
        for index, element in enumerate(value):
            if field.message_type is not None:
                self.message(elements.add(), element, f"{path}[{index}]", depth + 1)
            elif (scalar := self._scalar(field, element, f"{path}[{index}]")) is not None:
                elements.append(scalar)

    def _map(self, message: Message, field: FieldDescriptor, value: object, path: str, depth: int) -> None:
        if not isinstance(value, dict) or field.message_type is None:
            self._note(path, "must be an object")
            return
        keys, values = (field.message_type.fields_by_name[name] for name in ("key", "value"))
        entries = getattr(message, field.name)
        for text, element in value.items():
            place = f"{path}[{text}]"
            key = self._scalar(keys, text, place)
            if key is None:
                continue
            if values.message_type is not None:
                self.message(entries[key], element, place, depth + 1)
            elif (scalar := self._scalar(values, element, place)) is not None:
                entries[key] = scalar

    def _text(self, message: Any, value: object, path: str) -> None:
        """A time or a span, which JSON writes as a text."""
        try:
            message.FromJsonString(_text(value))
        except (_Fault, ValueError, OverflowError):
            name = message.DESCRIPTOR.name
            self._note(path, "must be like 2026-01-31T12:00:00Z" if name == "Timestamp" else "must be like 1.5s")

    def _scalar(self, field: FieldDescriptor, value: object, path: str) -> Any:
        """Return the value of a field, or None where it is none, which is noted."""
        try:
            return _READERS[field.cpp_type](field, value)
        except _Fault as fault:
            self._note(path, str(fault))
            return None

    def _note(self, path: str, problem: str) -> None:
        if len(self.problems) < MOST_FACTS:
            self.problems.setdefault(path or "request", problem)


def _other_member(message: Message, field: FieldDescriptor) -> str | None:
    """Return the field that is set where only one of several may be."""
    group = field.containing_oneof
    return message.WhichOneof(group.name) if group is not None else None


def _whole(field: FieldDescriptor, value: object) -> int:
    least, most = _RANGES[field.cpp_type]
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Fault("must be a whole number")
    if not least <= value <= most:
        raise _Fault(f"must be from {least} to {most}")
    return value


def _number(_: FieldDescriptor, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _Fault("must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _Fault("must be a number of at most 64 bits")
    return number


def _flag(_: FieldDescriptor, value: object) -> bool:
    if not isinstance(value, bool):
        raise _Fault("must be true or false")
    return value


def _name(field: Any, value: object) -> int:
    values = field.enum_type.values_by_name
    if not isinstance(value, str) or value not in values:
        raise _Fault(f"must be the name of a {field.enum_type.name}")
    number: int = values[value].number
    return number


def _characters(field: FieldDescriptor, value: object) -> str | bytes:
    text = _text(value)
    if field.type != FieldDescriptor.TYPE_BYTES:
        return text
    padding = "" if text.endswith("=") else "=" * (-len(text) % 4)
    try:
        return binascii.a2b_base64(text.translate(_URL_SAFE) + padding, strict_mode=True)
    except ValueError:
        raise _Fault("must be base64") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Fault("must be a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Fault("holds half of a surrogate pair") from None
    return value


_READERS: Final[Mapping[int, Callable[[FieldDescriptor, object], Any]]] = {
    FieldDescriptor.CPPTYPE_INT32: _whole,
    FieldDescriptor.CPPTYPE_INT64: _whole,
    FieldDescriptor.CPPTYPE_UINT32: _whole,
    FieldDescriptor.CPPTYPE_UINT64: _whole,
    FieldDescriptor.CPPTYPE_DOUBLE: _number,
    FieldDescriptor.CPPTYPE_FLOAT: _number,
    FieldDescriptor.CPPTYPE_BOOL: _flag,
    FieldDescriptor.CPPTYPE_ENUM: _name,
    FieldDescriptor.CPPTYPE_STRING: _characters,
}
