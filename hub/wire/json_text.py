"""Messages as JSON, written the one way in which the hub writes it."""

from __future__ import annotations

import msgspec
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message


def as_json(message: Message) -> bytes:
    """Return a message as a JSON object: camelCase names, fields without a value among them."""
    return msgspec.json.encode(MessageToDict(message, always_print_fields_with_no_presence=True))
