"""Refuses requests above the size limit of their rpc before they are parsed: parsing is what a large one costs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeVar

from google.protobuf.message import Message
from msgspec import Struct

from hub.api.edge.rpcs import RPCS
from hub.kernel.errors import RequestTooLarge

Q = TypeVar("Q", bound=Message)


class Oversized(Struct, frozen=True):
    """Stands for a message of `size_bytes` that was not parsed, because its rpc takes less."""

    size_bytes: int


def reader_of(rpc: str, parse: Callable[[bytes], Q]) -> Callable[[bytes], Q | Oversized]:
    """Return what turns the bytes of a message into the request of `Service.Rpc`, or into Oversized.

    Raises KeyError for an rpc that the table lacks.
    """
    largest = RPCS[rpc].largest_bytes

    def read(content: bytes) -> Q | Oversized:
        return parse(content) if len(content) <= largest else Oversized(len(content))

    return read


def sized(rpc: str, request: Q | Oversized) -> Q:
    """Return the request of `Service.Rpc`; raises RequestTooLarge for one that is Oversized."""
    if isinstance(request, Oversized):
        largest = RPCS[rpc].largest_bytes
        raise RequestTooLarge(
            f"A message of {request.size_bytes} bytes came; {rpc} takes at most {largest}. Split it, or leave out what"
            " the hub need not know.",
            rpc=rpc,
            size_bytes=request.size_bytes,
            largest_bytes=largest,
        )
    return request


class SizedStream(Generic[Q]):
    """The messages of a stream to `Service.Rpc`; raises RequestTooLarge at one that is Oversized."""

    def __init__(self, rpc: str, messages: AsyncIterator[Q | Oversized]) -> None:
        self._rpc, self._messages = rpc, messages

    def __aiter__(self) -> SizedStream[Q]:
        return self

    async def __anext__(self) -> Q:
        return sized(self._rpc, await anext(self._messages))
