"""Fields of a request from the query of an address: `?order_id=...&page.size=10`, lists by repetition."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from hub.api.web.json_values import fields_of, invalid, is_map

MOST_PARAMETERS: Final = 2_000
_FLAGS: Final = {"true": True, "false": False}
_DECIMAL: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)


def values_of(descriptor: Descriptor, query: bytes) -> dict[str, Any]:
    """Return what a query says as the JSON object that says the same; raises InvalidField.

    Names that the message lacks are left in, to be refused with the rest.
    """
    try:
        pairs = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError:
        raise invalid("The query of the address cannot be read as UTF-8.", {"query": "is malformed"}) from None
    found: dict[str, Any] = {}
    for name, text in pairs:
        _put(descriptor, found, name.split("."), text, name)
    return found


def _put(descriptor: Descriptor, found: dict[str, Any], path: list[str], text: str, name: str) -> None:
    field = fields_of(descriptor).get(path[0])
    key = field.name if field else path[0]
    if field is None or is_map(field) or (len(path) > 1 and (field.message_type is None or field.is_repeated)):
        raise invalid(f"{name} is no parameter of {descriptor.name}.", {name: "is no parameter"})
    if len(path) > 1 and field.message_type is not None and isinstance(found.get(key, {}), dict):
        _put(field.message_type, found.setdefault(key, {}), path[1:], text, name)
    elif field.is_repeated:
        found.setdefault(key, []).append(_value(field, text))
    elif key in found:
        raise invalid(f"{name} is stated twice.", {name: "is stated twice"})
    else:
        found[key] = _value(field, text)


def _value(field: FieldDescriptor, text: str) -> Any:
    """Return a text as the JSON value it stands for; as it is where it stands for none."""
    if field.type == FieldDescriptor.TYPE_BOOL:
        return _FLAGS.get(text, text)
    if field.type in (FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT) and _DECIMAL.fullmatch(text):
        return float(text)
    return text
