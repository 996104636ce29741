"""The adapter's memory at the hub: concurrent writers, lost answers, leases and numbers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import grpc
import pytest

from adapters.sdk.state.client import Entry, LeaseHeld, StateChanged
from tests.adapters.sdk.hub_memory import hub_memory


async def test_an_entry_is_read_as_it_was_written_under_the_credential(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):
        assert await state.get("A", "cursor") == Entry(b"", 0)

        assert await state.compare_and_set("A", "cursor", b"7", 0) == 1

        assert await state.get("A", "cursor") == Entry(b"7", 1)
        assert memory.credentials == {"Bearer token"}


async def test_a_writer_that_comes_second_learns_it(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (_, state):
        await state.compare_and_set("A", "cursor", b"7", 0)

        with pytest.raises(StateChanged):
            await state.compare_and_set("A", "cursor", b"8", 0)


async def test_concurrent_updates_lose_nothing(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):

        def one_more(value: bytes) -> bytes:
            return str(int(value or b"0") + 1).encode()

        await asyncio.gather(*(state.update("A", "count", one_more, attempts=100) for _ in range(20)))

        assert memory.entries["A", "count"] == Entry(b"20", 20)


async def test_a_write_whose_answer_was_lost_is_sent_again_and_written_once(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):
        memory.fail_after = 1

        assert await state.compare_and_set("A", "cursor", b"7", 0) == 1
        assert memory.entries["A", "cursor"] == Entry(b"7", 1)


async def test_a_write_that_never_arrived_is_not_taken_for_the_same_value_of_another_writer(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):
        memory.fail_before = 1
        memory.entries["A", "cursor"] = Entry(b"7", 1)

        with pytest.raises(StateChanged):
            await state.compare_and_set("A", "cursor", b"7", 0)


async def test_a_write_that_never_arrived_is_sent_again(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):
        memory.fail_before = 1

        assert await state.compare_and_set("A", "cursor", b"7", 0) == 1


async def test_a_read_survives_a_hub_that_restarts_and_gives_up_in_the_end(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):
        memory.fail_before = 4
        assert await state.get("A", "cursor") == Entry(b"", 0)

        memory.fail_before = 5
        with pytest.raises(grpc.aio.AioRpcError):
            await state.get("A", "cursor")


async def test_a_lease_belongs_to_one_holder_who_may_renew_it(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (_, state):
        fences: list[Any] = [await state.acquire_lease("A", "poll", "me", span_seconds=30) for _ in range(2)]

        assert fences == [30, 30]
        with pytest.raises(LeaseHeld):
            await state.acquire_lease("A", "poll", "you", span_seconds=30)


async def test_a_number_whose_answer_was_lost_is_not_skipped(tmp_path: Path) -> None:
    async with hub_memory(tmp_path) as (memory, state):
        memory.fail_after = 1

        numbers = [await state.next_number("A", "isa-control", request_id) for request_id in ("r1", "r2", "r1")]

        assert numbers == [1, 2, 1]
