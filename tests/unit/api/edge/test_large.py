"""Requests of megabytes are read a few at a time; small ones wait for nobody."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from hub.api.edge.large import MOST_AT_ONCE, SMALL_BYTES, LargeCalls, Turn

RECEIVE = "InboxService.Receive"


async def waits(calls: LargeCalls, rpc: str) -> bool:
    try:
        async with asyncio.timeout(0.05), calls.turn(rpc):
            return False
    except TimeoutError:
        return True


async def held(calls: LargeCalls, stack: AsyncExitStack, size_bytes: int) -> list[Turn]:
    turns = [await stack.enter_async_context(calls.turn(RECEIVE)) for _ in range(MOST_AT_ONCE)]
    for turn in turns:
        turn.read(size_bytes)
    return turns


async def test_a_large_request_waits_until_one_of_those_before_it_is_over() -> None:
    calls = LargeCalls()

    async with AsyncExitStack() as stack:
        await held(calls, stack, SMALL_BYTES + 1)
        assert await waits(calls, RECEIVE)
        assert not await waits(calls, "OrderService.PlaceOrder")

    assert not await waits(calls, RECEIVE)


async def test_a_request_that_turns_out_to_be_small_gives_its_turn_away_once() -> None:
    calls = LargeCalls()

    async with AsyncExitStack() as stack:
        turns = await held(calls, stack, SMALL_BYTES)
        assert not await waits(calls, RECEIVE)
        assert [turn.end() for turn in turns] == [False] * MOST_AT_ONCE

    async with AsyncExitStack() as stack:
        await held(calls, stack, SMALL_BYTES + 1)
        assert await waits(calls, RECEIVE)
