"""Whether a message keeps the rules that the contract states at its fields."""

from __future__ import annotations

from typing import Any, Final

import protovalidate
from google.protobuf.message import Message

from buf.validate import validate_pb2
from hub.kernel.errors import InvalidField
from hub.wire.checks.fast_validation import certainly_valid

_VALIDATOR: Final = protovalidate.Validator()
_FIELD: Final[Any] = validate_pb2.field


def refuse_invalid(message: Message, within: str = "") -> None:
    """Raises InvalidField naming each field that breaks a rule; `within` is the path of the message in its request."""
    if certainly_valid(message):
        return
    _refuse_long_lists(message, within)
    if violations := _VALIDATOR.collect_violations(message):
        named = (_named(message, violation.proto) for violation in violations)
        found = {within + name: text for name, text in named}
        first = next(iter(found))
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        refusal = InvalidField(f"{first or 'The request'} {found[first]}{more}.")
        refusal.metadata = dict(found)
        raise refusal


def _named(message: Message, violation: protovalidate.ViolationPb) -> tuple[str, str]:
    """The field that a violation is told of, and what is told: of a choice that was not made, its first field."""
    path = _path(violation.field)
    choice = message.DESCRIPTOR.oneofs_by_name.get(path)
    if choice is None:
        return path, violation.message or violation.rule_id
    first, *others = (field.name for field in choice.fields)
    return first, f"or {' or '.join(others)} is required: exactly one of them"


def _refuse_long_lists(message: Message, within: str) -> None:
    """Raises InvalidField for a list above its limit: the validator would look at each of its elements first."""
    for field, value in message.ListFields():
        if not field.is_repeated:
            if field.message_type is not None:
                _refuse_long_lists(value, f"{within}{field.name}.")
            continue
        most = field.GetOptions().Extensions[_FIELD].repeated.max_items
        if most and len(value) > most:
            name = f"{within}{field.name}"
            raise InvalidField(f"{name} has {len(value)} elements; at most {most} are taken.", **{name: "too many"})
        if field.message_type is not None and not field.message_type.GetOptions().map_entry:
            for index, element in enumerate(value):
                _refuse_long_lists(element, f"{within}{field.name}[{index}].")


def _path(field: protovalidate.FieldPathPb | None) -> str:
    if field is None:
        return ""
    text = ""
    for element in field.elements:
        name, key = element.field_name, element.subscript
        text += f"{'.' if text else ''}{name}"
        if key is not None:
            text += f"[{key.value}]"
    return text
