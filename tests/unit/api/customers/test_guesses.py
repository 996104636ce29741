"""Ten thousand guesses at what is not one's own: each kind is refused in the same bytes, whether it exists or not."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

import grpc
import pytest

from crossdock.customers.v1 import customers_pb2 as pb
from hub.api.edge import rpcs
from hub.api.servicers import SERVICES
from hub.changes.model import Requester
from hub.kernel.scope import Role
from tests.support.changes import propose
from tests.support.returns import authorize, request
from tests.support.world import opened
from tests.unit.api.customers.doors import ALL_ALLOWED, ask, asking, mailed, opening, session_of
from tests.unit.api.edge.test_scope_matrix import RPCS, answer, state, streamed
from tests.unit.api.serving import Served, placing, serving
from tests.walks.requests import facts

SEED: Final = 20_261_201
GUESSES: Final = 10_000
AT_ONCE: Final = 20
REFUSED_SECONDS: Final = 20
"""Longer than any refusal takes; a call that is let in waits for it to end."""
EVE: Final = "eve@example.com"
DRAFT: Final = {"lines": [{"line_number": 1, "quantity": 1}]}
Guess = tuple[str, str, Any]
"""A kind of guess, the principal who makes it, and its request."""


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    """A hub whose machine's clock moves a minute at each look, so that nobody has to wait."""
    minutes = count()
    begin = datetime(2026, 3, 3, tzinfo=UTC)
    async with (
        opened(database_url, tmp_path, network={"channel": {"change_terms": ALL_ALLOWED}}) as world,
        serving(world, machine_now=lambda: begin + timedelta(minutes=2 * next(minutes))) as served,
    ):
        await world.stock("SHIRT", "DC-NL", 40)
        yield served
        await world.settle()
        assert await world.audit() == []


async def test_ten_thousand_guesses_tell_nothing(hub: Served) -> None:
    mine, theirs, lines = await orders(hub)
    session = await session_of(hub)
    await ask(hub, "1002", EVE)
    code = (await mailed(hub))[-1]
    secrets = [theirs, *lines, "1002", EVE, code, "Utrecht", "Eve"]
    before, codes = await state(hub), len(await mailed(hub))
    told: dict[str, Counter[bytes]] = {}
    leaks: list[str] = []

    for chunk in chunks(guesses(Random(SEED), session.token, mine, theirs, lines, code)):
        for (rpc, _, _), content in zip(chunk, await asyncio.gather(*(said(hub, *one) for one in chunk)), strict=True):
            told.setdefault(rpc, Counter())[content] += 1
            leaks += [f"{rpc} told {one}" for one in secrets if one.encode() in content]

    assert leaks == []
    assert {rpc: dict(contents) for rpc, contents in told.items() if len(contents) > 1} == {}
    assert sum(sum(contents.values()) for contents in told.values()) == GUESSES
    not_found = {next(iter(told[rpc])) for rpc in told if rpc not in {"AskForCode", "OpenSession"}}
    assert len(not_found) == 1
    assert b"CUSTOMER_NOT_FOUND" in not_found.pop()
    assert await state(hub) == before
    assert len(await mailed(hub)) == codes
    shown = await hub.rpc("CustomerService.TrackOrder", session.token)(pb.TrackOrderRequest(order_id=mine))
    assert shown.order.order_id == mine


async def test_tokens_that_nobody_made_are_refused_alike(hub: Served) -> None:
    mine, theirs, _ = await orders(hub)
    session, other = await session_of(hub), await session_of(hub, "1002", EVE)
    random = Random(SEED)
    guessed = [bent(random, token) for token in (session.token, other.token) for _ in range(100)]

    told = {await said(hub, "TrackOrder", token, pb.TrackOrderRequest(order_id=theirs)) for token in guessed}

    assert len(told) == 1
    assert b"The token is not known" in told.pop()
    assert mine


@pytest.mark.parametrize("rpc", [rpc for rpc in RPCS if not rpc.startswith("CustomerService.")])
async def test_customers_call_no_other_service(hub: Served, rpc: str) -> None:
    known = await facts(hub)
    session = await session_of(hub, "W-1")
    before = await state(hub)

    for principal in (session.token, "shop-page", "customer"):
        code, text = await refused_or_streamed(hub, rpc, principal, known)
        assert code is grpc.StatusCode.PERMISSION_DENIED, text
    assert await state(hub) == before


async def test_the_role_stands_alone_in_the_rows_of_its_service() -> None:
    of_customers = {rpc for rpc, row in rpcs.RPCS.items() if Role.CUSTOMER in row.roles}

    assert of_customers == {
        f"CustomerService.{one.name}" for one in SERVICES["CustomerService"].methods if one.name != "IssueSession"
    }


async def refused_or_streamed(
    hub: Served, rpc: str, principal: str, known: dict[str, str]
) -> tuple[grpc.StatusCode, str]:
    """What a call is answered; one that streams requests sends none, as gRPC's client calls it an error of its own to
    write to a call that was just refused.
    """
    service, name = rpc.split(".")
    method = SERVICES[service].methods_by_name[name]
    if not method.client_streaming:
        return await answer(hub, rpc, principal, known)
    call = hub.rpc(rpc, principal)(silent(), timeout=REFUSED_SECONDS)
    try:
        return await streamed(call) if method.server_streaming else (grpc.StatusCode.OK, str(await call))
    except grpc.aio.AioRpcError as error:
        return error.code(), error.details() or ""


async def silent() -> AsyncIterator[Any]:
    """Requests of which none ever comes."""
    await asyncio.Event().wait()
    yield None


async def orders(hub: Served) -> tuple[str, str, list[str]]:
    """An order of Ada's and one of Eve's that was delivered: their ids, and those of Eve's change and return."""
    request_ = placing("1002")
    request_.order.customer.email, request_.order.customer.name = EVE, "Eve Moor"
    request_.order.customer.address.city = "Utrecht"
    theirs = (await hub.rpc("OrderService.PlaceOrder", "channel")(request_)).order
    change = await propose(hub.world, UUID(theirs.order_id), gift_message="For Bob", requested_by=Requester.CUSTOMER)
    await hub.world.advance(timedelta(days=3))
    back = await authorize(hub.world, request(UUID(theirs.order_id)))
    mine = await hub.place()
    await hub.world.settle()
    return mine.order_id, theirs.order_id, [str(change.change_id), str(back.rma.return_id)]


def guesses(random: Random, token: str, mine: str, theirs: str, lines: list[str], code: str) -> Iterator[Guess]:
    """Guesses of all kinds, half of them at what exists."""
    change_id, return_id = lines
    kinds: list[Callable[[], Guess]] = [
        lambda: ("TrackOrder", token, pb.TrackOrderRequest(order_id=one_of(random, theirs, mine))),
        lambda: (
            "ProposeOwnChange",
            token,
            pb.ProposeOwnChangeRequest(**about(random, theirs, mine), gift_message="x"),
        ),
        lambda: (
            "ConfirmOwnChange",
            token,
            pb.ConfirmOwnChangeRequest(
                request_id=str(uuid4()),
                order_id=random.choice([mine, one_of(random, theirs, mine)]),
                change_id=one_of(random, change_id, mine),
            ),
        ),
        lambda: ("CancelOwnLines", token, pb.CancelOwnLinesRequest(**about(random, theirs, mine))),
        lambda: (
            "PreviewOwnReturn",
            token,
            pb.PreviewOwnReturnRequest(order_id=one_of(random, theirs, mine), draft=DRAFT),
        ),
        lambda: ("RequestOwnReturn", token, pb.RequestOwnReturnRequest(**about(random, theirs, mine), draft=DRAFT)),
        lambda: (
            "CancelOwnReturn",
            token,
            pb.CancelOwnReturnRequest(
                request_id=str(uuid4()),
                order_id=random.choice([mine, one_of(random, theirs, mine)]),
                return_id=one_of(random, return_id, mine),
            ),
        ),
        lambda: (
            "GetOwnWithdrawalRight",
            token,
            pb.GetOwnWithdrawalRightRequest(order_id=one_of(random, theirs, mine)),
        ),
        lambda: ("ConfirmOwnWithdrawal", token, pb.ConfirmOwnWithdrawalRequest(**about(random, theirs, mine))),
        lambda: ("EndSessions", token, pb.EndSessionsRequest(**about(random, theirs, mine))),
        lambda: ("AskForCode", "shop-page", asking(number_of(random), f"ev{random.randrange(99)}@example.com")),
        lambda: ("OpenSession", "shop-page", trying(random, code)),
    ]
    return islice((make() for make in cycle(kinds)), GUESSES)


def trying(random: Random, code: str) -> pb.OpenSessionRequest:
    """A code of another order for this one, or a wrong code, for orders that are there and that are not."""
    wrong = f"{(int(code) + random.randrange(1, 99)) % 10**8:08}"
    return random.choice(
        [
            opening(code, "1001", "ada@example.com"),
            opening(code, "1002", "ada@example.com"),
            opening(wrong, "1002", EVE),
            opening(code, number_of(random), f"ev{random.randrange(99)}@example.com"),
        ]
    )


def number_of(random: Random) -> str:
    return str(random.randrange(995, 1010))


def about(random: Random, order_id: str, mine: str) -> dict[str, Any]:
    return {"request_id": str(uuid4()), "order_id": one_of(random, order_id, mine)}


def one_of(random: Random, known: str, mine: str) -> str:
    """An id of another's that exists, or one near it."""
    near = str(UUID(int=(UUID(known).int + random.randrange(1, 1000)) % 2**128))
    return known if random.random() < 0.5 or near == mine else near


def bent(random: Random, token: str) -> str:
    """A token with another character, of those that carry what it is for and its seal."""
    place = random.randrange(4, len(token) - 1)
    other = next(one for one in "ABCDEFGH" if one != token[place])
    return token[:place] + other + token[place + 1 :]


def chunks(made: Iterator[Guess]) -> Iterator[list[Guess]]:
    while chunk := list(islice(made, AT_ONCE)):
        yield chunk


async def said(hub: Served, rpc: str, principal: str, guess: Any) -> bytes:
    """All that a guess is answered with: the message, or status, sentence and details."""
    try:
        message = await hub.rpc(f"CustomerService.{rpc}", principal)(guess)
    except grpc.aio.AioRpcError as error:
        trailers: Any = error.trailing_metadata()
        kept = sorted((str(key), value if isinstance(value, bytes) else str(value).encode()) for key, value in trailers)
        return repr((error.code(), error.details(), kept)).encode()
    content: bytes = message.SerializeToString()
    return content
