r"""What a stand-in says instead of the truth: an answer whose fields are set otherwise, or bytes that hold none.

A lie is a text of assignments, `PATH=VALUE` joined by `;`, for example `amount.units=10;amount.currency_code=USD`:

- a PATH names fields of the response, from the outside in; a list is gone through, and what an update does not tell
  stays untold: `updates.shipment.tracking_number=T` changes all shipments that are told, and nothing else;
- a VALUE is a number, `true`, the name of an enum's value, or text, in which `\0` stands for U+0000;
- without a VALUE the field says nothing: `answer=` answers no outcome, `taxes=` no taxes.

The text `garbage` stands for bytes that hold no message at all.
"""

from __future__ import annotations

from typing import Any, Final

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

GARBAGE: Final = "garbage"
_GARBLED: Final = b"\xff\xff\xff\xff"
_TEXTS: Final = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES)


def told(response: Message, lie: str) -> Message | bytes:
    """Answers a response as the lie has it. Raises KeyError for a field or value that the contract lacks."""
    if lie == GARBAGE:
        return _GARBLED
    for assignment in lie.split(";"):
        path, _, value = assignment.partition("=")
        _assign(response, path.strip().split("."), value.strip())
    return response


def _assign(message: Any, path: list[str], value: str) -> None:
    name, below = path[0], path[1:]
    field = message.DESCRIPTOR.fields_by_name[name]
    if not below:
        message.ClearField(name)
        if value:
            setattr(message, name, _read(field, value))
        return
    held = getattr(message, name)
    if field.is_repeated:
        for element in held:
            _assign(element, below, value)
    elif field.containing_oneof is None or message.HasField(name):
        _assign(held, below, value)


def _read(field: FieldDescriptor, value: str) -> Any:
    if field.enum_type is not None:
        return field.enum_type.values_by_name[value].number
    if field.type == FieldDescriptor.TYPE_BOOL:
        return value == "true"
    return value.replace("\\0", "\0") if field.type in _TEXTS else int(value)
