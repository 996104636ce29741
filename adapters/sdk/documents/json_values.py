"""JSON of partners: read whole or not at all, and looked into without surprise."""

from __future__ import annotations

import json
from typing import Any


class NotKept(ValueError):
    """A content is no JSON that can be kept; the message says why, as the reason of a problem."""


def json_of(content: bytes) -> Any:
    """Return the JSON value of a content. Raises NotKept."""
    try:
        value = json.loads(content)
        json.dumps(value, ensure_ascii=False).encode()  # a half of a character can neither be kept nor sent
    except (ValueError, RecursionError) as error:
        raise NotKept(f"is no JSON that can be kept: {type(error).__name__}") from error
    return value


def at(value: Any, *path: str) -> Any:
    """Return what stands at a path in a JSON value; None where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text_at(value: object, *path: str) -> str:
    """Return the text at a path in a JSON value; empty where there is none."""
    text = at(value, *path)
    return text if isinstance(text, str) else ""
