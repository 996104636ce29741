"""Requests from JSON texts, and answers as JSON texts. A large one is worked on in a thread and holds up nobody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from hub.api.web.json_values import fields_of, fill, invalid
from hub.kernel.errors import InvalidField
from hub.wire.json_text import as_json

_LARGE: Final = 65_536
"""Bytes from which a text is worked on in a thread."""
T = TypeVar("T")


async def request_of(rpc: MethodDescriptor, body: bytes, stated: Mapping[str, Any]) -> bytes:
    """Return the request that a JSON text says, serialized; an empty text says nothing. Raises InvalidField.

    `stated` are fields that the path of the call says; the text may not say them again.
    """
    return await _in_turn(lambda: serialized(rpc, parsed(body) if body else {}, stated), len(body))


def serialized(rpc: MethodDescriptor, value: object, stated: Mapping[str, Any]) -> bytes:
    """Return the request that a JSON object and the path say, serialized; raises InvalidField."""
    message = GetMessageClass(rpc.input_type)()
    fill(message, _joined(rpc, value, stated))
    return message.SerializeToString()


async def text_of(rpc: MethodDescriptor, answer: Message | bytes) -> bytes:
    """Return an answer as a JSON object: camelCase names, fields without a value among them."""

    def write() -> bytes:
        message = GetMessageClass(rpc.output_type).FromString(answer) if isinstance(answer, bytes) else answer
        return as_json(message)

    return await _in_turn(write, len(answer) if isinstance(answer, bytes) else answer.ByteSize())


def parsed(body: bytes) -> object:
    """Return the value of a JSON text in UTF-8; raises InvalidField for what is none, and for names stated twice."""
    try:
        return json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise InvalidField("The body is not UTF-8.", request="is not UTF-8") from None
    except RecursionError:
        raise InvalidField("The body is nested too deeply.", request="is nested too deeply") from None
    except ValueError as error:
        raise InvalidField(f"The body is no JSON: {error}.", request="is no JSON") from None


def _once(members: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(members)
    if len(found) < len(members):
        twice = next((name for (name, _), kept in zip(members, found, strict=False) if name != kept), members[-1][0])
        raise invalid(f"The body states {twice!r} twice in one object.", {twice: "is stated twice"})
    return found


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no number of JSON")


def _joined(rpc: MethodDescriptor, value: object, stated: Mapping[str, Any]) -> object:
    """Return the object of the body with the fields that the path states."""
    if not isinstance(value, dict) or not stated:
        return value
    names = fields_of(rpc.input_type)
    if again := [name for name in value if name in names and names[name].name in stated]:
        raise invalid(f"{again[0]} is stated by the path; leave it out of the body.", {again[0]: "is stated twice"})
    return {**value, **stated}


async def _in_turn(work: Callable[[], T], size_bytes: int) -> T:
    return await asyncio.to_thread(work) if size_bytes > _LARGE else work()
