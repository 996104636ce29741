"""Customers as tests play them: they ask for codes, read their mail, and open sessions."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

import grpc

from crossdock.customers.v1 import customers_pb2 as pb
from hub.network.model import ChangeTerms
from tests.unit.api.serving import Served, refusal

ALL_ALLOWED: Final = ChangeTerms(customer_rule="change.minutes_since_placed < 30")
"""Customers may change and cancel within half an hour."""


def asking(number: str = "1001", email: str = "ada@example.com", **changes: Any) -> pb.AskForCodeRequest:
    """A request for a code."""
    stated = {"request_id": str(uuid4()), "channel_id": "WEB-NL", **changes}
    return pb.AskForCodeRequest(order_number=number, email=email, **stated)


def opening(code: str, number: str = "1001", email: str = "ada@example.com", **changes: Any) -> pb.OpenSessionRequest:
    """A request to open a session."""
    stated = {"request_id": str(uuid4()), "channel_id": "WEB-NL", **changes}
    return pb.OpenSessionRequest(order_number=number, email=email, code=code, **stated)


async def mailed(hub: Served) -> list[str]:
    """The codes that were sent, in order."""
    await hub.world.settle()
    sent = hub.world.effects("double_notice", "notice.send")
    return [str(one.detail["code"]) for one in sent if one.detail["template"] == "CUSTOMER_CODE"]


async def ask(hub: Served, number: str = "1001", email: str = "ada@example.com", **changes: Any) -> bytes:
    """Ask for a code; return the response."""
    answer: Any = await hub.rpc("CustomerService.AskForCode", "shop-page")(asking(number, email, **changes))
    content: bytes = answer.SerializeToString()
    return content


async def session_of(hub: Served, number: str = "1001", email: str = "ada@example.com") -> pb.CustomerSession:
    """Open a session as a guest does."""
    await ask(hub, number, email)
    opened: Any = await hub.rpc("CustomerService.OpenSession", "shop-page")(
        opening((await mailed(hub))[-1], number, email)
    )
    session: pb.CustomerSession = opened.session
    return session


async def refused(call: Any, *requests: Any) -> tuple[grpc.StatusCode, str, str]:
    """How a call is refused: status, reason, sentence."""
    try:
        await call(*requests)
    except grpc.aio.AioRpcError as error:
        status, reason, _ = refusal(error)
        return status, reason, error.details() or ""
    raise AssertionError("it was not refused")


def new_id() -> str:
    """A request id."""
    return str(uuid4())
