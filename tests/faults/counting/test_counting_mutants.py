"""The counts go red on naive variants of what they count: two hubs on one database, as in the real thing.

The hubs are in this process, so that both can be made naive. No worker runs: what expires, nobody takes back.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import grpc
import pytest

from hub.cases.intake.reserving import answer_of
from hub.database.pool import Database
from hub.flows.stock import reserve_stock
from hub.inventory.errors import InsufficientStock
from hub.inventory.model import StockShortage
from hub.inventory.operations import reservation_reclaim, reservations
from hub.inventory.policy import reserving
from hub.inventory.store import protections as protection_rows
from hub.inventory.store import reservations as reservation_rows
from hub.inventory.store import stock as stock_rows
from hub.orders import operations as orders
from tests.faults.counting.buyers import Asked, Buyer, crowd
from tests.faults.counting.counts import LACKING, Count, Ledger, Row, counted, oversold, phantoms, refused_while_free
from tests.faults.counting.hubs import NODE, Shop, brought, opened
from tests.support.doubles import served
from tests.support.world import TUESDAY, hub_on
from tests.unit.api.serving import serving

UNITS: Final = 40
OTHER_NODE: Final = "ST-AMS"
STORMS: Final = 5
"""A race may not happen in one storm; in so many it does."""

Patch = pytest.MonkeyPatch


def without_locks(patch: Patch) -> None:
    """Stock is read, decided on, and written, by all at once."""
    patch.setattr(stock_rows, "_LOCK", stock_rows._READ)


def by_timer_only(patch: Patch) -> None:
    """Units out of time are free once the timer took them back, not before."""

    async def none(*_: Any, **__: Any) -> dict[Any, Any]:
        return {}

    patch.setattr(reservation_rows, "lock_at", none)
    patch.setattr(reservations, "lapsed", none)
    never = protection_rows._CLAIMABLE.replace("claim.expires_at <= %(at)s", "claim.expires_at <= %(at)s AND false")
    patch.setattr(protection_rows, "_CLAIMABLE", never)


def without_once_guard(patch: Patch) -> None:
    """Who read a reservation takes its units, whoever did before."""
    consumptions = reservation_reclaim._consumptions

    async def naive(*given: Any) -> Any:
        taken, _ = await consumptions(*given)
        return taken, {}

    patch.setattr(reservation_reclaim, "_consumptions", naive)


def without_a_second_look(patch: Patch) -> None:
    """Where the node chosen has no units any more, the element is refused at once. Of a pair, both choose before either
    claims, so that one of them comes too late whatever the machine does.
    """
    claimable, both = protection_rows.claimable, asyncio.Barrier(2)

    async def met(*given: Any, **named: Any) -> Any:
        free = await claimable(*given, **named)
        async with asyncio.timeout(30):
            await both.wait()
        return free

    async def choose(_: Any, wanted: Sequence[Any], **__: Any) -> list[None]:
        return [None] * len(wanted)

    patch.setattr(protection_rows, "claimable", met)
    patch.setattr(reservations, "choose", choose)

    def naive(unit: Any, done: Any) -> Any:
        return answer_of(unit, done) if done is not None else InsufficientStock("Gone.")

    patch.setattr(reserve_stock, "answer_of", naive)


def refused_ones_keep_what_they_took(patch: Patch) -> None:
    """Behind an element that is refused, nothing is left for the others of its batch."""
    decided = reserving.decided

    def naive(wanted: Sequence[Any], *rest: Any, **named: Any) -> list[Any]:
        answers = decided(wanted, *rest, **named)
        first = next((n for n, one in enumerate(answers) if isinstance(one, StockShortage)), len(answers))
        return [one if n <= first else answers[first] for n, one in enumerate(answers)]

    patch.setattr(reservations, "decided", naive)


def refused_orders_stay(patch: Patch) -> None:
    """An order that gets no stock is refused, and stands."""

    async def kept(*_: Any) -> None:
        return None

    patch.setattr(orders, "remove", kept)


@dataclass
class Twins:
    """Two hubs in this process, all that buyers were answered, and the units there were for them."""

    shop: Shop
    channels: Sequence[grpc.aio.Channel]
    asked: list[Asked] = field(default_factory=list)
    units: int = 0

    async def storm(self, seed: int) -> Count:
        """Brings units, has a crowd buy, and counts. What earlier storms left stands."""
        self.units += UNITS
        await brought(self.shop.url, UNITS)
        self.asked += await crowd(self.shop, self.channels, seed=seed, buyers=32, rounds=6)
        return await counted(self.shop, self.asked, self.units)

    async def duels(self, seed: int) -> Count:
        """Some ask for more than there is and two for what there is, at once, again and again.

        One takes a unit and gives it back first: from its answer on the units are known to be there.
        """
        if not self.units:
            self.units = 2
            await brought(self.shop.url, self.units)
        buyers = [Buyer(self.shop, self.channels[:1], Random(seed), "D") for _ in range(8)]
        if (first := await buyers[0].reserve(1, 60)) is not None:
            await buyers[0].release(first, 1)
        for _ in range(20):
            made = await asyncio.gather(*(one.reserve(3 if n < 6 else 1, 60) for n, one in enumerate(buyers)))
            for buyer, identity in zip(buyers, made, strict=True):
                if identity is not None:
                    await buyer.release(identity, 1)
        self.asked += [one for buyer in buyers for one in buyer.log]
        return await counted(self.shop, self.asked, self.units)

    async def pairs(self, seed: int) -> Count:
        """Two ask for a unit each, at a hub each, where two nodes have one each: in any order, both can have it."""
        if not self.units:
            self.units = 2
            for node_id in (NODE, OTHER_NODE):
                await brought(self.shop.url, 1, node_id)
        buyers = [Buyer(self.shop, [channel], Random(seed), "P") for channel in self.channels]
        for _ in range(20):
            made = await asyncio.gather(*(buyer.reserve(1, 60) for buyer in buyers))
            for buyer, identity in zip(buyers, made, strict=True):
                if identity is not None:
                    await buyer.release(identity, 1)
        refused = [one for buyer in buyers for one in buyer.log if one.reason == LACKING]
        return Count(refused_while_free=list(map(str, refused)))


Load = Callable[[Twins, int], Awaitable[Count]]
MUTANTS: dict[str, tuple[Callable[[Patch], None], Load, Callable[[Count], list[str]]]] = {
    "check, then update without a lock": (without_locks, Twins.storm, lambda count: count.oversold),
    "expiry by timer only": (by_timer_only, Twins.storm, lambda count: count.refused_while_free),
    "consumption without a guard": (without_once_guard, Twins.storm, lambda count: count.oversold),
    "a stale choice is a refusal": (without_a_second_look, Twins.pairs, lambda count: count.refused_while_free),
    "a refused element takes": (refused_ones_keep_what_they_took, Twins.duels, lambda count: count.refused_while_free),
    "a refused order stands": (refused_orders_stay, Twins.storm, lambda count: count.phantoms),
}


@pytest.fixture
async def twins(database_url: str, tmp_path: Path) -> AsyncIterator[Twins]:
    async with two_hubs(database_url, tmp_path) as made:
        yield made


@asynccontextmanager
async def two_hubs(url: str, folder: Path) -> AsyncIterator[Twins]:
    await opened(url)
    async with AsyncExitStack() as stack:
        doubles = await stack.enter_async_context(served(folder))
        channels = []
        for number in (1, 2):
            database = await stack.enter_async_context(Database(url, max_connections=6))
            world = await stack.enter_async_context(
                hub_on(database, doubles, name=f"hub {number}", first_id=number << 40)
            )
            await world.surroundings.network.refresh()
            channels.append((await stack.enter_async_context(serving(world))).channel)
        yield Twins(Shop(url, []), channels)


@pytest.mark.parametrize("load", [Twins.storm, Twins.duels, Twins.pairs])
async def test_without_a_mutant_the_counts_are_clean(twins: Twins, load: Load) -> None:
    count = await load(twins, 1)

    assert (count.oversold, count.refused_while_free, count.phantoms) == ([], [], [])
    assert count.refused > 10 or load is Twins.pairs


@pytest.mark.parametrize("name", MUTANTS)
async def test_a_naive_variant_is_counted(
    name: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutate, load, wrong = MUTANTS[name]
    mutate(monkeypatch)

    async with two_hubs(database_url, tmp_path) as twins:
        for seed in range(STORMS):
            if wrong(await load(twins, seed)):
                return
    raise AssertionError(f"{name} was not counted in {STORMS} storms")


A, B, C = (UUID(int=number) for number in (1, 2, 3))
MADE, GIVEN_BACK = "reservation_made", "reservation_released"
LEDGER = Ledger(
    [
        Row(2, 0, 0, "RECEIPT", C),
        Row(0, 2, 0, MADE, A),
        Row(0, -2, 0, GIVEN_BACK, A),
        Row(0, 1, 0, MADE, B),
    ],
    {A: TUESDAY + timedelta(minutes=1), B: TUESDAY + timedelta(minutes=1)},
)


def call(kind: str, sent: float, answered: float, identity: UUID | None, units: int = 1, **changes: Any) -> Asked:
    made = Asked(kind, units, sent, answered, TUESDAY, identity, "" if identity else "INSUFFICIENT_STOCK")
    return dataclasses.replace(made, **changes)


DONE = [call("reserve", 0, 1, A, 2), call("release", 4, 5, A, 2), call("reserve", 8, 9, B)]


@pytest.mark.parametrize(
    ("refused", "wrong"),
    [
        (call("reserve", 2, 3, None), False),
        (call("reserve", 2, 5.5, None), False),
        (call("reserve", 3.5, 4.5, None), False),
        (call("reserve", 6, 7, None), True),
        (call("reserve", 6, 8.5, None), True),
        (call("reserve", 6, 8.5, None, 2), False),
        (call("reserve", 10, 11, None), True),
        (call("reserve", 10, 11, None, 2), False),
        (call("reserve", 10, 11, None, 2, clock=TUESDAY + timedelta(minutes=1)), True),
        (call("reserve", 2, 3, None, clock=TUESDAY + timedelta(minutes=1)), True),
    ],
)
def test_a_refusal_is_wrong_when_no_place_in_the_ledger_explains_it(refused: Asked, wrong: bool) -> None:  # noqa: FBT001
    assert bool(refused_while_free(LEDGER, [*DONE, refused])) is wrong


def test_what_a_reservation_holds_that_an_order_took_in_the_end_is_never_free() -> None:
    late = call("reserve", 10, 11, None, 2, clock=TUESDAY + timedelta(minutes=1))
    taken = dataclasses.replace(LEDGER, ends={A: TUESDAY})

    assert refused_while_free(taken, [*DONE, late]) == []


def test_more_claimed_than_there_was_is_oversold_wherever_it_stands() -> None:
    twice = dataclasses.replace(LEDGER, rows=[*LEDGER.rows[:2], Row(0, 1, 0, MADE, B), Row(0, -1, 0, GIVEN_BACK, B)])

    assert oversold(twice, 2, 2, 0) == ["1 units too many claimed after row 3"]
    assert oversold(LEDGER, 2, 2, 0) == ["orders and reservations hold 2 units, and 1 are claimed for them"]
    assert oversold(LEDGER, 2, 1, 3) == ["buyers were told of 3 of 2 units"]
    assert oversold(LEDGER, 2, 1, 1) == []


def test_orders_that_buyers_were_told_of_and_those_that_stand_are_the_same() -> None:
    assert phantoms({A: 1, B: 2}, {A: 1, B: 2}) == []
    assert len(phantoms({A: 1, B: 2}, {A: 1})) == 1
    assert len(phantoms({A: 1}, {A: 2, B: 1})) == 2
