"""Pages of listings: how many rows, and opaque tokens that say from behind which row the next page reads."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Final, TypeVar
from uuid import UUID

from crossdock.common.v1 import refusal_pb2
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant, instant, iso

R = TypeVar("R")
K = TypeVar("K")

DEFAULT_SIZE: Final = 50
LARGEST_SIZE: Final = 500


def size_of(page: refusal_pb2.PageRequest) -> int:
    """Rows of a page: 50 unless said, 500 at most. Raises InvalidField below zero."""
    if page.page_size < 0:
        raise InvalidField("page.page_size is negative; ask for 1 to 500 rows.", **{"page.page_size": "negative"})
    return min(page.page_size or DEFAULT_SIZE, LARGEST_SIZE)


def cut(rows: Sequence[R], size: int, key: Callable[[R], tuple[object, ...]]) -> tuple[Sequence[R], str]:
    """The rows of a page and the token of the next, given one row more than the page has if there is one."""
    if len(rows) <= size:
        return rows, ""
    return rows[:size], token(key(rows[size - 1]))


def by_instant(page: refusal_pb2.PageRequest) -> tuple[Instant, UUID] | None:
    """The (instant, id) of the row before the page; None on the first. Raises InvalidField."""
    return _read(page, lambda at, identity: (instant(at), UUID(identity)))


def by_names(page: refusal_pb2.PageRequest) -> tuple[str, str] | None:
    """The two names of the row before the page."""
    return _read(page, lambda first, second: (first, second))


def by_key(page: refusal_pb2.PageRequest, length: int) -> tuple[str, ...] | None:
    """The names of the row before the page, `length` of them."""

    def key(*names: str) -> tuple[str, ...]:
        if len(names) != length:
            raise ValueError(f"{len(names)} names where {length} belong")
        return names

    return _read(page, key)


def by_number(page: refusal_pb2.PageRequest) -> tuple[Instant, int] | None:
    """The (instant, number) of the row before the page."""
    return _read(page, lambda at, number: (instant(at), int(number)))


def by_name(page: refusal_pb2.PageRequest) -> str | None:
    """The name of the row before the page."""
    return _read(page, str)


def by_id(page: refusal_pb2.PageRequest) -> UUID | None:
    """The id of the row before the page."""
    return _read(page, UUID)


def token(key: tuple[object, ...]) -> str:
    """The token of the page behind a row, given its key."""
    parts = [iso(part) if isinstance(part, Instant) else str(part) for part in key]
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def _read(page: refusal_pb2.PageRequest, key: Callable[..., K]) -> K | None:
    token = page.page_token
    if not token:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return key(*(str(part) for part in parts))
    except (ValueError, TypeError) as error:
        raise InvalidField(
            "page.page_token does not belong to this listing; start again without a token.",
            **{"page.page_token": "not a token"},
        ) from error
