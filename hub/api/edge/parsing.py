"""Turns the bytes of a message into a request once its caller is known: parsing is what a large one costs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

from google.protobuf.message import DecodeError, Message

from hub.api.edge.rpcs import RPCS
from hub.kernel.errors import InvalidField, RequestTooLarge

Q = TypeVar("Q", bound=Message)


class Parser(Generic[Q]):
    """Parses the messages of `Service.Rpc`. Raises KeyError for an rpc that the table lacks."""

    def __init__(self, rpc: str, parse: Callable[[bytes], Q]) -> None:
        self.rpc, self._parse, self._largest_bytes = rpc, parse, RPCS[rpc].largest_bytes

    def request(self, content: bytes) -> Q:
        """Return the request that the bytes hold; raises RequestTooLarge, or InvalidField where they hold none."""
        if len(content) > self._largest_bytes:
            raise too_large(self.rpc, len(content), self._largest_bytes)
        try:
            return self._parse(content)
        except DecodeError as error:
            raise InvalidField(
                f"The request does not hold what {self.rpc} takes; its bytes are cut off, or a text is not UTF-8.",
                request="cannot be decoded",
            ) from error

    async def requests(self, contents: AsyncIterator[bytes]) -> AsyncIterator[Q]:
        """Return the messages of a stream; raises as `request` does, at the first one that is refused."""
        async for content in contents:
            yield self.request(content)


def too_large(rpc: str, size_bytes: int, largest_bytes: int) -> RequestTooLarge:
    """Return the refusal of a message of `Service.Rpc` that is larger than may be."""
    return RequestTooLarge(
        f"A message of {size_bytes} bytes came; {rpc} takes at most {largest_bytes}. Split it, or leave out what the"
        " hub need not know.",
        rpc=rpc,
        size_bytes=size_bytes,
        largest_bytes=largest_bytes,
    )
