"""What leaves the hub for its partners, read by nobody but them: each request by its rpc, and the values in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

from google.protobuf.message import Message

from crossdock.partner.notice.v1 import notice_pb2
from hub.connect.line import Line

_IDENTITY: Final = re.compile(r"(^|_)(id|call|number|url|reference)$")
"""Names of fields that differ between two orders that are alike."""


class Outside:
    """Keeps the requests that partners are sent, as pairs of rpc and message."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, Message]] = []

    def readers(self, value: object) -> set[str]:
        """Return the rpcs of requests that hold a value in some field."""
        return {rpc for rpc, request in self.requests if value in set(leaves(request))}

    def told_of(self, order_id: str) -> list[str]:
        """Return what partners were told of an order, without what only says which order it is, sorted."""
        return sorted(
            f"{rpc} {_without_identities(request)}"
            for rpc, request in self.requests
            if getattr(request, "order_id", "") == order_id
        )


@contextmanager
def listening() -> Iterator[Outside]:
    """Yield the partners of a hub, whose requests are kept as they leave."""
    outside, reply = Outside(), Line.reply

    async def kept(self: Line, account: str, trace: str | None, stub: Any, rpc: str, request: Any, **rest: Any) -> Any:
        for operation in getattr(request, "requests", (request,)):
            name = operation.DESCRIPTOR.name.removesuffix("Request")
            outside.requests.append((f"{request.DESCRIPTOR.file.package.split('.')[-2]}.{name}", operation))
        return await reply(self, account, trace, stub, rpc, request, **rest)

    with patch.object(Line, "reply", kept):
        yield outside


def leaves(message: Message) -> Iterator[object]:
    """Yield each value in a message, however deep."""
    for field, value in message.ListFields():
        for one in value.values() if isinstance(value, Mapping) else value if field.is_repeated else (value,):
            if isinstance(one, Message):
                yield from leaves(one)
            else:
                yield one


def _without_identities(request: Message) -> str:
    told = type(request)()
    told.CopyFrom(request)
    for field in request.DESCRIPTOR.fields:
        if _IDENTITY.search(field.name):
            told.ClearField(field.name)
    if isinstance(told, notice_pb2.SendNoticeRequest):
        told.values.clear()
    return str(told)
