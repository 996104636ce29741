"""Pages of listings: how many rows, and opaque tokens that say from behind which row the next page reads."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from google.protobuf.message import Message

from crossdock.common.v1 import refusal_pb2
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant, instant, iso

R = TypeVar("R")
K = TypeVar("K")

DEFAULT_SIZE: Final = 50
LARGEST_SIZE: Final = 500
_NO_FILTERS: Final = ("page", "request_id")
"""Fields of a request that may differ from page to page."""
_LARGEST_NUMBER: Final = 2**63 - 1


class Page:
    """The page that a listing's request asks for.

    `size` is its number of rows. A token is good for the rpc and the filters that it was made for, and for no others.
    """

    def __init__(self, request: Any, largest: int = LARGEST_SIZE, default: int = DEFAULT_SIZE) -> None:
        """Reads `request.page`: `default` rows unless said, `largest` at most. Raises InvalidField."""
        self.size = _size(request.page, largest, default)
        self._filters = _digest(request)
        self._key = self._read(request.page)

    def cut(self, rows: Sequence[R], key: Callable[[R], tuple[object, ...]]) -> tuple[Sequence[R], str]:
        """The rows of the page and the token of the next, given one row more than the page has if there is one."""
        if len(rows) <= self.size:
            return rows, ""
        return rows[: self.size], self.token(key(rows[self.size - 1]))

    def token(self, key: tuple[object, ...]) -> str:
        """The token of the page behind a row, given the row's key."""
        parts = [iso(part) if isinstance(part, Instant) else str(part) for part in key]
        return base64.urlsafe_b64encode(msgspec.json.encode([self._filters, *parts])).decode().rstrip("=")

    def by_instant(self) -> tuple[Instant, UUID] | None:
        """The (instant, id) of the row before the page; None on the first. All of these raise InvalidField."""
        return self._after(lambda at, identity: (instant(at), UUID(identity)))

    def by_ledger_row(self) -> tuple[Instant, int, Instant] | None:
        """The (instant, number) of the row before the page, and the instant as of which the ledger is read."""
        return self._after(lambda at, number, as_of: (instant(at), _number(number), instant(as_of)))

    def by_number(self) -> int | None:
        """The number of the row before the page."""
        return self._after(_number)

    def by_numbers(self) -> tuple[int, int] | None:
        """The two numbers of the row before the page."""
        return self._after(lambda first, second: (_number(first), _number(second)))

    def by_key(self, length: int) -> tuple[str, ...] | None:
        """The names of the row before the page, `length` of them."""

        def key(*names: str) -> tuple[str, ...]:
            if len(names) != length:
                raise ValueError(f"{len(names)} names where {length} belong")
            return names

        return self._after(key)

    def by_names(self) -> tuple[str, str] | None:
        """The two names of the row before the page."""
        return self._after(lambda first, second: (first, second))

    def by_name(self) -> str | None:
        """The name of the row before the page."""
        return self._after(str)

    def by_id(self) -> UUID | None:
        """The id of the row before the page."""
        return self._after(UUID)

    def _after(self, key: Callable[..., K]) -> K | None:
        if self._key is None:
            return None
        try:
            return key(*self._key)
        except (ValueError, TypeError, OverflowError) as error:
            raise _no_token() from error

    def _read(self, asked: refusal_pb2.PageRequest) -> list[str] | None:
        token = asked.page_token
        if not token:
            return None
        try:
            decoded = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            filters, *key = msgspec.json.decode(decoded, type=list[str])
        except ValueError as error:
            raise _no_token() from error
        if filters != self._filters:
            raise InvalidField(
                "page.page_token belongs to another rpc or other filters; send the request it came from.",
                **{"page.page_token": "of other filters"},
            )
        if any("\0" in part for part in key):
            raise _no_token()
        return key


def _size(asked: refusal_pb2.PageRequest, largest: int, default: int) -> int:
    if asked.page_size < 0:
        raise InvalidField(
            f"page.page_size is negative; ask for 1 to {largest} rows.", **{"page.page_size": "negative"}
        )
    return min(asked.page_size or default, largest)


def _digest(request: Message) -> str:
    """What a listing is asked for, apart from the page: its rpc and filters, as a short hash."""
    filters = type(request)()
    filters.CopyFrom(request)
    for name in _NO_FILTERS:
        if name in filters.DESCRIPTOR.fields_by_name:
            filters.ClearField(name)
    asked = filters.DESCRIPTOR.full_name.encode() + b"\0" + filters.SerializeToString(deterministic=True)
    return hashlib.sha256(asked).hexdigest()[:16]


def _number(text: str) -> int:
    number = int(text)
    if abs(number) > _LARGEST_NUMBER:
        raise ValueError("larger than any row's number")
    return number


def _no_token() -> InvalidField:
    return InvalidField(
        "page.page_token does not belong to this listing; start again without a token.",
        **{"page.page_token": "not a token"},
    )
