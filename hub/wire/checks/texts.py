"""The texts of a message, keys of maps among them, each with the path of its field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from google.protobuf.message import Message

from hub.kernel.errors import InvalidField


def texts(
    message: Message, path: str = "", *, leave_out: Callable[[str], bool] | None = None
) -> Iterator[tuple[str, str]]:
    """Return path and text of each text that is set, without those of fields and keys of maps that are left out."""
    for field, value in message.ListFields():
        if leave_out is None or not leave_out(field.name):
            yield from _texts_in(value, f"{path}.{field.name}" if path else field.name, leave_out)


def _texts_in(value: Any, path: str, leave_out: Callable[[str], bool] | None) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Message):
        yield from texts(value, path, leave_out=leave_out)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts_in(key, path, leave_out)
            if leave_out is None or not any(map(leave_out, str(key).split("."))):
                yield from _texts_in(item, f"{path}[{key}]", leave_out)
    elif not isinstance(value, bytes | int | float):
        for index, item in enumerate(value):
            yield from _texts_in(item, f"{path}[{index}]", leave_out)


def without_nul(text: str) -> str:
    """Return a text that the database can keep: U+FFFD stands for each U+0000."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def refuse_nul(message: Message, content: bytes, within: str = "") -> None:
    """Raises InvalidField naming the first text of a message with U+0000, which the database cannot keep.

    `content` is the message serialized; `within` is the path of the message in its request.
    """
    if 0 not in content:
        return
    for path, text in texts(message):
        if "\0" in text:
            field = f"{within}{path}"
            raise InvalidField(f"{field} holds the character U+0000; leave it out.", **{field: "holds U+0000"})
