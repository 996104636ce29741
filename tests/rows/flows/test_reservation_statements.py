"""What 64 reservations cost at the driver against one, and in which order their rows are locked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub.api.orders.changes import PLACE_ORDER
from hub.api.stock.reservations import EXTEND_RESERVATION, RELEASE_RESERVATION, RESERVE_STOCK
from hub.cases.intake.reserving import ReservationDraft
from hub.flows.stock.keep_reservations import Extension, Release, expire_reservations
from hub.gate.change import Asked
from hub.inventory.model.reservation import Reservation
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network.model import ReservationLimits
from tests.support.drafts import draft, line
from tests.support.watching import Watch, watched
from tests.support.world import World, opened

MORE = 3
"""Statements that many reservations may take more than one."""
SKUS = [f"SKU-{number}" for number in range(4)]
LIMITS = ReservationLimits(units_per_buyer=1000, units_per_client=100_000)


@dataclass
class Seen:
    """A world that is watched."""

    world: World
    watch: Watch

    async def asked(self, change: Any, commands: Sequence[Any]) -> list[Any]:
        """Has a change done for many; nothing is refused."""
        answers = await self.world.gate.run_many(change, Asked(HUB, self.world.identity(), b"many"), commands)
        assert not [one for one in answers if isinstance(one, Refusal)]
        return list(answers)


@pytest.fixture
async def seen(database_url: str, tmp_path: Path) -> AsyncIterator[Seen]:
    watch = Watch()
    network = {"channel": {"reservation_limits": LIMITS}}
    async with opened(database_url, tmp_path, database_class=watched(watch), network=network) as world:
        for sku in SKUS:
            await world.stock(sku, "DC-NL", 1000)
        yield Seen(world, watch)
        assert await world.audit() == []
        assert watch.broken == []


async def reserved(seen: Seen, count: int) -> list[Reservation]:
    drafts = [
        ReservationDraft("WEB-NL", ((SKUS[n % 4], 1), (SKUS[(n + 1) % 4], 2)), buyer_reference=f"buyer-{n % 8}")
        for n in range(count)
    ]
    return await seen.asked(RESERVE_STOCK, drafts)


async def extended(seen: Seen, made: Sequence[Reservation]) -> None:
    await seen.asked(EXTEND_RESERVATION, [Extension(one.reservation_id, timedelta(minutes=20)) for one in made])


async def released(seen: Seen, made: Sequence[Reservation]) -> None:
    await seen.asked(RELEASE_RESERVATION, [Release(one.reservation_id) for one in made])


async def ordered(seen: Seen, made: Sequence[Reservation]) -> None:
    drafts = [
        draft(str(one.reservation_id), [line(sku, 1) for sku, _ in sorted(one.claims)], reservation_ids=(ids(one),))
        for one in made
    ]
    await seen.asked(PLACE_ORDER, drafts)


async def expired(seen: Seen, made: Sequence[Reservation]) -> None:
    async with seen.world.database.transaction() as tx:
        await tx.execute("UPDATE business_clock SET at = at + interval '15 minutes'")
    async with seen.world.database.transaction() as tx:
        flow = await seen.world.surroundings.flow_context(tx, HUB)
        assert await expire_reservations(flow) == len(made)


async def taken_late(seen: Seen, made: Sequence[Reservation]) -> None:
    """All of a SKU is held beyond its time, and asked for again."""
    drafts = [ReservationDraft("WEB-NL", ((SKUS[0], 1000),))]
    async with seen.world.database.transaction() as tx:
        await tx.execute("UPDATE business_clock SET at = at + interval '15 minutes'")
    (one,) = await seen.asked(RESERVE_STOCK, drafts)
    await seen.asked(RELEASE_RESERVATION, [Release(one.reservation_id)])


def ids(one: Reservation) -> UUID:
    return one.reservation_id


@pytest.mark.parametrize("then", [extended, released, ordered, expired, taken_late])
async def test_64_reservations_take_no_more_statements_than_one_and_three(
    seen: Seen, then: Callable[[Seen, Sequence[Reservation]], Any]
) -> None:
    counts: list[tuple[int, int]] = []
    for count in (1, 1, 64):
        with seen.watch.counting() as reserving:
            made = await reserved(seen, count)
        with seen.watch.counting() as following:
            await then(seen, made)
        counts.append((len(reserving), len(following)))

    _, (one, one_then), (many, many_then) = counts
    assert many <= one + MORE, counts
    assert many_then <= one_then + MORE, counts


async def test_an_order_that_names_no_reservation_asks_for_none(seen: Seen) -> None:
    await reserved(seen, 4)

    with seen.watch.counting() as statements:
        await seen.asked(PLACE_ORDER, [draft("plain", [line(SKUS[0], 1)])])

    assert not [sql for sql in statements if "reservation" in sql]
