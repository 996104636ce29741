"""Labels that the hub buys for nodes: each bought once, known to its parcel, taken back when none leaves with it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FaultKind
from hub.api.fulfillment.changes import BUY_LABELS, RECORD_SHIPMENTS, VOID_LABELS
from hub.api.orders.changes import CANCEL_LINES
from hub.flows.upkeep.forget_expired import Retention, forget_expired
from hub.fulfillment.errors import LabelNotAllowed, LabelNotFound, LabelNotOffered
from hub.fulfillment.lifecycle import LabelState
from hub.fulfillment.model import FulfillmentLine, Label, LabeledParcel, LabelFormat, PackedParcel, ShipmentReport
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network.model.carriers import CarrierService
from hub.orders.model import CancelRequest
from hub.parties import operations as parties
from hub.parties.operations import DOCUMENTS_KEPT
from tests.support.drafts import draft, line
from tests.support.world import World

LATER = {f"{step}_after_minutes": 900_000 for step in ("acknowledge", "pick", "pack", "ship")}
BUYING = (CarrierService("carrier", "STANDARD", buys_labels=True),)
BOTH_WAYS = pytest.mark.parametrize("fault", [FaultKind.TIMEOUT_AFTER, FaultKind.TIMEOUT_BEFORE], ids=str)


async def packed(world: World, units: int = 3, *, carrier: dict[str, Any] | None = None, **network: Any) -> UUID:
    """The fulfillment order of cups that lie packed at DC-NL."""
    profiles = {"wms": LATER, **({"carrier": carrier} if carrier else {})}
    await world.network(profiles=profiles, **{"services": BUYING, **network})
    await world.stock("CUP", "DC-NL", units)
    placed = await world.place(draft("W-1", [line("CUP", units, "20.00")]))
    await world.settle()
    return (await world.case(placed.order_id)).fulfillment_orders[0].fulfillment_order_id


async def standing(world: World, work: UUID) -> list[Label]:
    (row,) = await world.rows("SELECT order_id FROM fulfillment_order WHERE fulfillment_order_id = %(id)s", id=work)
    return list((await world.case(row["order_id"])).fulfillment_order(work).labels)


async def order_of(world: World, work: UUID) -> UUID:
    (row,) = await world.rows("SELECT order_id FROM fulfillment_order WHERE fulfillment_order_id = %(id)s", id=work)
    order_id: UUID = row["order_id"]
    return order_id


async def document(world: World, label: Label) -> bytes | None:
    async with world.database.reading() as tx:
        return await parties.document(tx, label.label_id, world.surroundings.secrets.people)


def bought(world: World) -> int:
    return len(world.effects("double_transport", "transport.label"))


def voided(world: World) -> int:
    return len(world.effects("double_transport", "transport.refund_label"))


def report(work: UUID, reference: str, at: Any, number: str = "", units: int = 0) -> ShipmentReport:
    lines = (FulfillmentLine(1, units),) if units else ()
    return ShipmentReport(work, reference, at, number, lines)


async def test_a_label_is_bought_once_and_its_number_is_that_of_the_parcel(world: World) -> None:
    work = await packed(world)
    parcel = PackedParcel(work, "P-1", 1200, 300, 200, 100)
    for _ in range(2):
        await world.ask(BUY_LABELS, parcel)
    await world.settle()
    await world.ask(BUY_LABELS, parcel)
    await world.settle()

    (label,) = await standing(world, work)
    (sale,) = world.effects("double_transport", "transport.label")
    assert (label.state, label.tracking_number) == (LabelState.BOUGHT, sale.subject)
    assert (label.cost, label.expected_cost, label.difference) == (
        Money(500, "EUR"),
        Money(450, "EUR"),
        Money(50, "EUR"),
    )
    content = await document(world, label)
    assert content is not None
    assert content.startswith(b"%PDF")
    assert sale.subject.encode() in content

    await world.ask(RECORD_SHIPMENTS, report(work, "P-1", await world.now()))
    await world.settle()
    case = await world.case(await order_of(world, work))
    assert [one.tracking_number for one in case.shipments] == [sale.subject]
    assert [one.subject for one in world.effects("double_transport", "transport.register")] == [sale.subject]
    assert (bought(world), voided(world), await world.exceptions()) == (1, 0, [])


async def test_labels_asked_for_at_the_same_instant_are_one(world: World) -> None:
    work = await packed(world)
    parcel = PackedParcel(work, "P-1", 1200)
    await asyncio.gather(*(world.ask(BUY_LABELS, parcel) for _ in range(5)))
    await world.settle()

    assert [one.state for one in await standing(world, work)] == [LabelState.BOUGHT]
    assert (bought(world), voided(world)) == (1, 0)


async def test_a_label_voided_and_asked_for_at_the_same_instant_is_settled(world: World) -> None:
    work = await packed(world)
    parcel = PackedParcel(work, "P-1", 1200)
    await world.ask(BUY_LABELS, parcel)
    await asyncio.gather(
        world.ask(VOID_LABELS, LabeledParcel(work, "P-1")), world.settle(), world.ask(BUY_LABELS, parcel)
    )
    await world.settle()

    states = [one.state for one in await standing(world, work)]
    assert bought(world) - voided(world) == states.count(LabelState.BOUGHT) <= 1
    assert set(states) <= {LabelState.BOUGHT, LabelState.VOIDED}


@BOTH_WAYS
async def test_an_unknown_outcome_is_asked_for_and_nothing_is_bought_twice(world: World, fault: FaultKind) -> None:
    work = await packed(world)
    world.doubles.fault("double_transport", "BuyLabel", fault)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.settle()
    await world.advance(timedelta(minutes=10))

    (label,) = await standing(world, work)
    assert (bought(world), label.state) == (1, LabelState.BOUGHT)
    assert await document(world, label) is not None


@BOTH_WAYS
async def test_an_unknown_outcome_of_voiding_is_asked_for(world: World, fault: FaultKind) -> None:
    work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.settle()
    world.doubles.fault("double_transport", "RefundLabel", fault)
    for _ in range(2):
        await world.ask(VOID_LABELS, LabeledParcel(work, "P-1"))
    await world.settle()
    await world.advance(timedelta(minutes=10))

    (label,) = await standing(world, work)
    assert (bought(world), voided(world), label.state) == (1, 1, LabelState.VOIDED)
    assert await document(world, label) is None


async def test_another_weight_buys_another_label_and_voids_the_first(world: World) -> None:
    work = await packed(world)
    for grams in (1200, 2400):
        await world.ask(BUY_LABELS, PackedParcel(work, "P-1", grams))
        await world.settle()

    states = [(one.state, one.parcel.weight_grams) for one in await standing(world, work)]
    assert states == [(LabelState.VOIDED, 1200), (LabelState.BOUGHT, 2400)]
    assert (bought(world), voided(world)) == (2, 1)


async def test_a_label_asked_for_as_its_order_is_canceled_is_taken_back(world: World) -> None:
    work = await packed(world)
    order_id = await order_of(world, work)

    await asyncio.gather(
        world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200)),
        world.ask(CANCEL_LINES, CancelRequest(order_id, "not any more")),
    )
    await world.settle()
    await world.advance(timedelta(hours=2))

    assert {one.state for one in await standing(world, work)} <= {LabelState.VOIDED}
    assert bought(world) == voided(world)


async def test_a_label_bought_before_its_order_is_canceled_is_taken_back(world: World) -> None:
    work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.settle()
    await world.ask(CANCEL_LINES, CancelRequest(await order_of(world, work), "not any more"))
    await world.settle()
    await world.advance(timedelta(hours=2))

    assert [one.state for one in await standing(world, work)] == [LabelState.VOIDED]
    assert (bought(world), voided(world)) == (1, 1)


async def test_a_label_that_is_bought_after_nobody_wants_it_is_taken_back(world: World) -> None:
    work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.ask(VOID_LABELS, LabeledParcel(work, "P-1"))
    assert [one.state for one in await standing(world, work)] == [LabelState.UNWANTED]
    await world.settle()

    assert [one.state for one in await standing(world, work)] == [LabelState.VOIDED]
    assert (bought(world), voided(world)) == (1, 1)


async def test_a_parcel_that_leaves_with_another_number_has_its_label_taken_back(world: World) -> None:
    work = await packed(world)
    for reference in ("P-1", "P-2"):
        await world.ask(BUY_LABELS, PackedParcel(work, reference, 1200))
    await world.settle()
    await world.ask(RECORD_SHIPMENTS, report(work, "P-1", await world.now(), "3S-OWN", 2))
    await world.settle()
    assert [one.state for one in await standing(world, work)] == [LabelState.VOIDED, LabelState.BOUGHT]

    await world.ask(RECORD_SHIPMENTS, report(work, "P-9", await world.now(), "3S-LAST", 1))
    await world.settle()
    assert [one.state for one in await standing(world, work)] == [LabelState.VOIDED, LabelState.VOIDED]


async def test_a_parcel_that_left_before_its_label_came_is_followed_by_it(world: World) -> None:
    work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.ask(RECORD_SHIPMENTS, report(work, "P-1", await world.now()))
    await world.settle()

    (label,) = await standing(world, work)
    (shipment,) = (await world.case(await order_of(world, work))).shipments
    assert shipment.tracking_number == label.tracking_number != ""
    with pytest.raises(LabelNotAllowed):
        await world.ask(VOID_LABELS, LabeledParcel(work, "P-1"))
    assert (bought(world), voided(world), label.state) == (1, 0, LabelState.BOUGHT)


async def test_a_refused_label_is_named_with_a_command_and_bought_again(world: World) -> None:
    work = await packed(world, carrier={"most_label_grams": 5000})
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 6000, 300, 200, 100))
    await world.settle()

    (row,) = await world.rows("SELECT reason, suggested_command, detail FROM exception_record")
    assert row["reason"] == "LABEL_MISSING"
    assert "too_heavy" in row["detail"]
    expected = f"crossdock label --fulfillment-order {work} --parcel P-1 --format PDF --buy --weight-grams 6000"
    assert row["suggested_command"] == f"{expected} --size 300x200x100"
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 4000))
    await world.settle()
    assert (bought(world), await world.exceptions()) == (1, [])
    assert [one.state for one in await standing(world, work)] == [LabelState.REFUSED, LabelState.BOUGHT]


async def test_a_label_that_does_not_come_in_time_is_named_until_it_comes(world: World) -> None:
    work = await packed(world)
    world.doubles.fault("double_transport", "BuyLabel", FaultKind.UNAVAILABLE, times=1_000)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.advance(timedelta(minutes=31))
    assert "LABEL_MISSING" in await world.exceptions()

    world.doubles.honest("double_transport")
    await world.advance(timedelta(hours=2))
    assert (bought(world), await world.exceptions()) == (1, [])


async def test_a_label_that_the_partner_keeps_is_named_and_asked_for_again(world: World) -> None:
    work = await packed(world, carrier={"takes_labels_back": 0})
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.settle()
    await world.ask(VOID_LABELS, LabeledParcel(work, "P-1"))
    await world.settle()
    assert ([one.state for one in await standing(world, work)], await world.exceptions()) == (
        [LabelState.NOT_VOIDED],
        ["LABEL_NOT_VOIDED"],
    )

    await world.network(profiles={"wms": LATER}, services=BUYING)
    await world.ask(VOID_LABELS, LabeledParcel(work, "P-1"))
    await world.settle()
    assert ([one.state for one in await standing(world, work)], await world.exceptions()) == ([LabelState.VOIDED], [])


async def test_what_a_label_shows_goes_with_its_person_and_with_time(world: World) -> None:
    work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.settle()
    (label,) = await standing(world, work)
    case = await world.case(await order_of(world, work))
    async with world.database.transaction() as tx:
        people = world.surroundings.secrets.people
        await parties.erase(tx, [case.order.ship_to_party_id], keys=people, at=await world.now())
    assert await document(world, label) is None
    assert await world.rows("SELECT FROM party_document") == []


async def test_what_a_label_shows_is_forgotten_after_its_time(world: World) -> None:
    work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200, format=LabelFormat.ZPL))
    await world.settle()
    (label,) = await standing(world, work)
    assert (await document(world, label) or b"").startswith(b"^XA")
    await world.advance(DOCUMENTS_KEPT + timedelta(days=1))
    async with world.database.transaction() as tx:
        done = await forget_expired(await world.surroundings.flow_context(tx, HUB), Retention())
    assert (done.labels, await document(world, label)) == (1, None)


async def test_a_label_of_another_format_is_not_believed(world: World) -> None:
    work = await packed(world)
    world.doubles.fault("double_transport", "BuyLabel", FaultKind.SAY, "label.format=LABEL_FORMAT_PNG")
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    await world.settle()

    (label,) = await standing(world, work)
    assert (label.state, label.tracking_number[:3], bought(world)) == (LabelState.BOUGHT, "LB-", 1)
    assert (await document(world, label) or b"").startswith(b"%PDF")


async def test_a_node_that_buys_its_own_labels_is_told_so(world: World) -> None:
    work = await packed(world, services=[replace(BUYING[0], buys_labels=False)])
    with pytest.raises(LabelNotOffered):
        await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1200))
    with pytest.raises(LabelNotFound):
        await world.ask(VOID_LABELS, LabeledParcel(work, "P-1"))


async def test_a_parcel_that_left_gets_no_label(world: World) -> None:
    work = await packed(world)
    await world.ask(RECORD_SHIPMENTS, report(work, "P-1", await world.now(), "3S-OWN"))
    for reference in ("P-1", "P-2"):
        with pytest.raises(LabelNotAllowed):
            await world.ask(BUY_LABELS, PackedParcel(work, reference, 1200))
