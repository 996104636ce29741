"""Whatever is asked of the hub, in whatever order: the audit is clean after every step, and nothing stalls silently."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.api.fulfillment.changes import RECORD_SHIPMENTS, RECORD_SHORTS, REJECT
from hub.api.orders.changes import CANCEL_LINES, RESOLVE_HOLD
from hub.flows.orders.resolve_holds import HoldDecision
from hub.fulfillment.lifecycle import LIVE
from hub.fulfillment.model import FulfillmentLine, Rejection, ShipmentReport, ShortReason, ShortReport
from hub.holds.model import HoldStatus
from hub.kernel.errors import Refusal
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import ENDED
from hub.orders.model import CancelRequest
from tests.support.drafts import card, contact, draft, line, prepaid
from tests.support.postgres import fresh_database
from tests.support.world import World, opened

PROFILES = {"wms": {"cancel": "half", "units_per_parcel": 2}, "stores": {"cancel": "later:30:half"}}
NAMES = ("Ada Visser", "Review Me", "Fraud Ster")
NODES = ("DC-NL", "ST-AMS", "ST-BER")


@dataclass
class Walk:
    """A world and the orders placed in it."""

    world: World
    orders: list[UUID] = field(default_factory=list)
    number: int = 0

    async def place(self, a: int, b: int) -> None:
        """An order for some units, held, declined, paid or waiting as the numbers say."""
        self.number += 1
        instruments = [prepaid() if a % 3 == 0 else card(token="tok_declined" if b % 7 == 0 else "tok_visa")]
        made = draft(
            f"R-{self.number}",
            [line("A", 1 + a % 4, "9.99"), line("B", 1 + b % 2, "5.00")],
            shipping="4.95",
            instruments=instruments,
            customer=contact(NAMES[(a * b) % len(NAMES)]),
            shortage_policy=ShortagePolicy.BACKORDER if b % 2 else ShortagePolicy.REFUSE,
        )
        self.orders.append((await self.world.place(made)).order_id)

    async def stock(self, a: int, b: int) -> None:
        """Units come to a node."""
        await self.world.stock("AB"[a % 2], NODES[b % len(NODES)], 1 + a)

    async def advance(self, a: int, b: int) -> None:
        """Time goes by, with all the work in it."""
        await self.world.advance(timedelta(minutes=10 * a + b))

    async def cancel(self, a: int, b: int) -> None:
        """Some units of an order are canceled, or all."""
        lines = ((1, 1 + b % 2),) if b % 3 else ()
        await self.world.ask(CANCEL_LINES, CancelRequest(self._order(a), "changed mind", lines))

    async def decide(self, a: int, b: int) -> None:
        """A person decides on a hold."""
        held = [one for one in (await self.world.case(self._order(a))).holds if one.status is HoldStatus.ACTIVE]
        if held:
            status = HoldStatus.RESOLVED if b % 3 else HoldStatus.REJECTED
            await self.world.ask(RESOLVE_HOLD, HoldDecision(held[0].order_id, held[0].hold_id, status))

    async def report(self, a: int, b: int) -> None:
        """A node says something of a fulfillment order, though its system may say otherwise later."""
        case = await self.world.case(self._order(a))
        live = [one for one in case.fulfillment_orders if one.state in LIVE]
        if not live:
            return
        one, at = live[b % len(live)], await self.world.now()
        lines = (FulfillmentLine(1, 1),)
        reason = list(ShortReason)[a % len(ShortReason)]
        match b % 4:
            case 0:
                await self.world.ask(REJECT, Rejection(one.fulfillment_order_id, "closed", at))
            case 1:
                report = ShipmentReport(
                    one.fulfillment_order_id, f"M{a % 2}", at, f"T{one.fulfillment_order_id}", lines
                )
                await self.world.ask(RECORD_SHIPMENTS, report)
            case _:
                short = ShortReport(one.fulfillment_order_id, f"S{a % 2}", at, lines, reason)
                await self.world.ask(RECORD_SHORTS, short)

    def _order(self, number: int) -> UUID:
        return self.orders[number % len(self.orders)]


Step = Callable[[Walk, int, int], Awaitable[None]]
STEPS: tuple[Step, ...] = (Walk.place, Walk.stock, Walk.advance, Walk.cancel, Walk.decide, Walk.report)
STRATEGY = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11), st.integers(0, 11)), min_size=10, max_size=25)


@settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=STRATEGY)
def test_the_audit_is_clean_after_any_steps(
    embedded_url: str, database_template: str, steps: Sequence[tuple[Step, int, int]]
) -> None:
    with TemporaryDirectory(prefix="xd") as folder, fresh_database(embedded_url, database_template) as url:
        asyncio.run(walked(url, Path(folder), steps))


async def walked(url: str, folder: Path, steps: Sequence[tuple[Step, int, int]]) -> None:
    async with opened(url, folder, network={"profiles": PROFILES}) as world:
        walk = Walk(world)
        await world.stock("A", "DC-NL", 3, there=2)
        await world.stock("B", "ST-AMS", 3)
        await walk.place(1, 1)
        for step, a, b in steps:
            with suppress(Refusal):
                await step(walk, a, b)
            assert await world.audit() == [], (step.__name__, a, b)
        for sku in "AB":
            await world.stock(sku, "ST-BER", 100)
        await world.advance(timedelta(days=6))
        assert await world.audit() == []
        named = await world.rows("SELECT DISTINCT order_id FROM exception_record WHERE resolved_at IS NULL")
        for order_id in walk.orders:
            case = await world.case(order_id)
            assert case.order.state in ENDED or order_id in {row["order_id"] for row in named}, case
