"""What 64 orders cost at the driver against one; in which order rows are locked; what stays outside transactions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub.api.orders.changes import CANCEL_LINES, PLACE_ORDER
from hub.cases.case import Case
from hub.cases.intake import choosing
from hub.cases.partner_answers.authorizations import AuthorizationAnswer
from hub.connect.line import Line
from hub.flows.fulfillment.record_deliveries import record_carrier_events
from hub.flows.fulfillment.record_progress import record_progress
from hub.flows.fulfillment.record_shipments import record_shipments
from hub.flows.fulfillment.record_shorts import record_rejections, record_shorts
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.flows.orders.confirm_orders import ScreeningAnswer, TaxAnswer, confirm_orders, take_answers
from hub.flows.orders.release_orders import plan, release_orders
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import (
    CarrierEvent,
    FulfillmentLine,
    NodeAnswer,
    ProgressKind,
    ProgressReport,
    Rejection,
    ShipmentReport,
    ShortReason,
    ShortReport,
)
from hub.gate.change import Asked
from hub.kernel.errors import Refusal
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.messages.fraud import Advice, Screening
from hub.messages.tax import DeterminedTax
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest
from hub.payments.model import TransactionKind, TransactionState
from hub.sourcing.policy.search import choose
from tests.support.drafts import draft, line
from tests.support.watching import INSIDE, Watch, watched
from tests.support.world import TUESDAY, World, opened

MORE = 3
"""Statements that many orders may take more than one."""

SKUS = [f"SKU-{number}" for number in range(8)]


@dataclass
class Seen:
    """A world that is watched, and what was done inside transactions that has no place there."""

    world: World
    watch: Watch
    misplaced: list[str] = field(default_factory=list)
    placed: int = 0


@pytest.fixture
async def seen(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Seen]:
    watch = Watch()
    async with opened(database_url, tmp_path, database_class=watched(watch)) as world:
        made = Seen(world, watch)
        monkeypatch.setattr(Line, "reply", _outside(made, "a call to a partner", Line.reply, ("reading", "writing")))
        monkeypatch.setattr(choosing, "choose", _outside(made, "a search for nodes", choose, ("writing",)))
        for sku in SKUS:
            await world.stock(sku, "DC-NL", 1000)
            await world.stock(sku, "ST-BER", 1000)
        yield made
        assert await world.audit() == []
        assert made.misplaced == []
        assert watch.broken == []


def _outside(seen: Seen, what: str, original: Callable[..., Any], where: tuple[str, ...]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if INSIDE.get() in where:
            seen.misplaced.append(f"{what} inside a {INSIDE.get()} transaction")
        return original(*args, **kwargs)

    return call


Step = Callable[[Seen, Sequence[Case]], Awaitable[Sequence[Any]]]


async def confirm(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    answers: list[Any] = []
    for case in cases:
        (authorization,) = [one for one in case.payments.transactions if one.kind is TransactionKind.AUTHORIZATION]
        answers.append(AuthorizationAnswer(case.order_id, authorization.transaction_id, "AUTH-1"))
        answers.append(ScreeningAnswer(case.order_id, Screening(Advice.APPROVE, 1)))
        numbers = [line.line_number for line in case.order.lines] + ([0] if case.order.charges else [])
        taxes = tuple(DeterminedTax(number, "0.21", Money(0, "EUR")) for number in numbers)
        answers.append(TaxAnswer(case.order_id, taxes))
    return await seen.world.run(take_answers, answers)


async def release(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    async with seen.world.database.reading() as tx:
        flow = await seen.world.surroundings.flow_context(tx, HUB)
        plans = await plan(flow, [case.order_id for case in cases])
    return await seen.world.run(release_orders, accepted(plans))


async def pick(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    reports = [ProgressReport(one, ProgressKind.PICKED, TUESDAY) for one in worked(cases)]
    return await seen.world.run(record_progress, reports)


async def ship(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    reports = [ShipmentReport(one, "P1", TUESDAY, f"TRK-{one}") for one in worked(cases)]
    return await seen.world.run(record_shipments, reports)


async def capture(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    asked = [
        one.transaction_id
        for case in cases
        for one in case.payments.transactions
        if one.kind is TransactionKind.CAPTURE and one.state is TransactionState.REQUESTED
    ]
    assert len(asked) == len(cases)
    return await seen.world.run(record_payments, [PaymentAnswer(one, "CAPT-1") for one in asked])


async def deliver(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    events = [
        CarrierEvent(ShipmentState.DELIVERED, TUESDAY, shipment_id=one.shipment_id, reference="d")
        for case in cases
        for one in case.shipments
    ]
    return await seen.world.run(record_carrier_events, events)


async def short(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    reports = [ShortReport(one, "S1", TUESDAY, (FulfillmentLine(1, 1),), ShortReason.DAMAGED) for one in worked(cases)]
    return await seen.world.run(record_shorts, reports)


async def find_nothing(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    reports = [
        ShortReport(one, "S1", TUESDAY, (FulfillmentLine(1, 2),), ShortReason.NOT_IN_STOCK) for one in worked(cases)
    ]
    return await seen.world.run(record_shorts, reports)


async def reject(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    return await seen.world.run(record_rejections, [Rejection(one, "closed", TUESDAY) for one in worked(cases)])


async def cancel(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    requests = [CancelRequest(case.order_id, "changed mind") for case in cases]
    return await seen.world.gate.run_many(CANCEL_LINES, Asked(HUB, seen.world.identity(), b"cancel"), requests)


async def accept_cancel(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    answers = [
        NodeAnswer(one.fulfillment_order_id, one.requests[0].request_id, accepted=True, occurred_at=TUESDAY)
        for case in cases
        for one in case.fulfillment_orders
    ]
    return await seen.world.run(take_node_answers, answers)


async def confirm_again(seen: Seen, cases: Sequence[Case]) -> Sequence[Any]:
    return await seen.world.run(confirm_orders, [case.order_id for case in cases])


JOURNEYS: dict[str, tuple[tuple[Step, ...], OrderState]] = {
    "shipped": ((confirm, pick, ship, capture, deliver), OrderState.CLOSED),
    "short": ((confirm, short, release, ship, capture), OrderState.CONFIRMED),
    "not found": ((confirm, find_nothing, release, ship, capture), OrderState.CONFIRMED),
    "rejected": ((confirm, reject, release), OrderState.CONFIRMED),
    "canceled before release": ((confirm_again, cancel), OrderState.CANCELED),
    "canceled after release": ((confirm, cancel, accept_cancel), OrderState.CANCELED),
}


@pytest.mark.parametrize("journey", JOURNEYS)
async def test_64_orders_take_no_more_statements_than_one_and_three(seen: Seen, journey: str) -> None:
    steps, end = JOURNEYS[journey]
    await walked(seen, 1, steps, end)

    one = await walked(seen, 1, steps, end)
    many = await walked(seen, 64, steps, end)

    assert {name: many[name] for name in many if many[name] > one[name] + MORE} == {}, (one, many)


async def walked(seen: Seen, orders: int, steps: Sequence[Step], end: OrderState) -> dict[str, int]:
    """Takes fresh orders through the steps; answers the statements of each step."""
    counts: dict[str, int] = {}
    drafts = []
    for _ in range(orders):
        seen.placed += 1
        lines = [line(SKUS[(seen.placed + offset) % len(SKUS)], 2) for offset in (0, 3)]
        drafts.append(draft(f"S-{seen.placed}", lines, shipping="5.00"))
    with seen.watch.counting() as statements:
        asked = Asked(HUB, seen.world.identity(), b"place")
        placed = accepted(await seen.world.gate.run_many(PLACE_ORDER, asked, drafts))
    counts["place"] = len(statements)
    ids = [case.order_id for case in placed]
    for number, step in enumerate(steps):
        cases = [await seen.world.case(order_id) for order_id in ids]
        with seen.watch.counting() as statements:
            accepted(await step(seen, cases))
        counts[f"{number} {step.__name__}"] = len(statements)
    states = {(await seen.world.case(order_id)).order.state for order_id in ids}
    assert states == {end}
    return counts


def accepted(answers: Sequence[Any]) -> list[Any]:
    refused = [one for one in answers if isinstance(one, Refusal)]
    assert refused == []
    return list(answers)


def worked(cases: Sequence[Case]) -> list[UUID]:
    """The fulfillment orders of which a node has units to work, one per case."""
    found = []
    for case in cases:
        open_ = {one.fulfillment_order_id for one in case.slices if one.state.value in ("RELEASED", "PICKED")}
        found.append(min(one for one in open_ if one))
    return found
