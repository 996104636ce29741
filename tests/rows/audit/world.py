"""A small sound world, made by the rooms themselves: an order partly delivered and paid from four sides, one reserved,
one that waits, one canceled, one that came back. Faults are planted in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from hub.cases.stock.stock import changes_of
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.lifecycle import LabelState, RequestKind, RequestState, ShipmentState
from hub.fulfillment.model import AskedLine, FulfillmentLine, Label, NodeRequest, PackedParcel, Pickup
from hub.holds import operations as holds
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange, Snapshot, StockChange, StockKey
from hub.inventory.model.reservation import Consumption, Reservation, ReservationKind, ReservedLine, Wanted
from hub.inventory.model.supply import Protection, ProtectionChange, Receipt, SupplyDraft, SupplyKey, SupplyKind
from hub.inventory.operations import protections, reservations, supplies
from hub.kernel.scope import HUB
from hub.ledger import operations as ledger
from hub.ledger.model import Account, Posting
from hub.messages.timers import (
    AuthorizationDue,
    HoldDue,
    LabelDue,
    NodeAnswerDue,
    NodeWorkDue,
    ParcelDue,
    PickupDue,
    ReleaseDue,
    ReservationsExpire,
)
from hub.network import operations as networks
from hub.orders import operations as orders
from hub.orders.lifecycle import OrderState
from hub.outbox import operations as outbox
from hub.outbox.model import Message, Timer
from hub.payments import operations as payments
from hub.payments.model import Holder, Transaction, TransactionKind, TransactionState
from hub.slices import operations as slices
from hub.slices.lifecycle import SliceAction
from hub.slices.model import Move
from tests.rows.audit import kept, returned, screened
from tests.rows.audit.story import Story
from tests.rows.rooms.building import (
    AT,
    exception,
    fulfillment_order,
    identity,
    instrument,
    shipment,
    transaction,
)
from tests.support.network import network_of
from tests.support.payloads import example

FULFILLMENT_ORDER = identity(3001)
PICKUP = identity(3006)
DELIVERED, SHIPPED = identity(4001), identity(4002)


def stories() -> list[Story]:
    """The orders of the world."""
    partly = Story(1, 3, erp_documents=2)
    partly.move(SliceAction.RESERVE, 3, node_id="DC-NL")
    partly.move(SliceAction.ALLOCATE, 3, fulfillment_order_id=FULFILLMENT_ORDER)
    partly.move(SliceAction.RELEASE, 3)
    partly.move(SliceAction.SHIP, 1, shipment_id=DELIVERED)
    partly.move(SliceAction.DELIVER, 1)
    partly.move(SliceAction.SHIP, 1, shipment_id=SHIPPED)
    reserved = Story(2, 2, ship_days={"DC-NL": AT.date()})
    reserved.move(SliceAction.RESERVE, 2, node_id="DC-NL")
    waiting = Story(3, 1, state=OrderState.PLACED)
    waiting.move(SliceAction.BACKORDER, 1)
    canceled = Story(4, 1, state=OrderState.CANCELED)
    canceled.move(SliceAction.CANCEL, 1)
    ready = Story(6, 1)
    ready.move(SliceAction.RESERVE, 1, node_id="DC-NL")
    ready.move(SliceAction.ALLOCATE, 1, fulfillment_order_id=PICKUP)
    ready.move(SliceAction.RELEASE, 1)
    ready.move(SliceAction.MAKE_READY, 1)
    named = Story(9, 1, state=OrderState.PLACED)
    named.move(SliceAction.BACKORDER, 1)
    return [partly, reserved, waiting, canceled, ready, named]


async def make(tx: Tx) -> None:
    """Writes the world."""
    told = stories()
    await networks.put(tx, HUB, network_of(channel={"channel_id": "shop"}), at=AT)
    moves: list[Move] = [move for story in told for move in story.moves]
    received = StockChange("SHIRT", "DC-NL", "RECEIPT", identity(1), on_hand=13)
    await orders.add(tx, [story.order for story in told])
    await inventory.change(tx, [[received]], at=AT)
    counted = Snapshot("wms", AT, frozenset({"ST-AMS"}), (("SHIRT", "ST-AMS", 3, 0),))
    await inventory.apply_snapshot(tx, counted, snapshot_id=identity(1), at=AT)
    opened = ConditionedChange("SHIRT", "DC-NL", Condition.OPEN_BOX, 2, "RETURN", identity(1))
    await inventory.change_conditioned(tx, [[opened]], at=AT)
    await _announce(tx)
    assert await inventory.change(tx, [changes_of(moves)], at=AT) == [None]
    await slices.save(tx, [], [one for story in told for one in story.slices])
    await slices.record_moves(tx, moves)
    await outbox.emit(tx, [event for story in told for event in story.events])
    await _reserve(tx)
    await _ship(tx)
    await _pay(tx)
    await _post(tx)
    await returned.make(tx)
    await screened.make(tx)
    await kept.make(tx)
    await outbox.set_timers(tx, [Timer(ReleaseDue(identity(2), AT), order_id=identity(2))])
    await exceptions.open_all(tx, [exception(1, order_id=identity(3))])
    await _hold(tx)
    await tx.execute(
        "INSERT INTO capacity (node_id, day, used, ceiling) VALUES ('DC-NL', %(day)s, 1, 5)", {"day": AT.date()}
    )


async def _hold(tx: Tx) -> None:
    """The customer of an order is told nothing for a day."""
    until = AT + timedelta(days=1)
    blocks = frozenset({Operation.NOTIFY})
    kept = Hold(identity(9500), identity(1), HoldType.MANUAL, HoldStatus.ACTIVE, "wait", blocks, AT, until)
    await holds.save(tx, [kept])
    await outbox.set_timers(tx, [Timer(HoldDue(kept.hold_id, until, kept.order_id), kept.order_id)])


async def _reserve(tx: Tx) -> None:
    """Two reservations of units: one that an order took, one that lives."""
    wanted = [Wanted(_reservation(number, units), ("DC-NL",)) for number, units in ((1, 2), (2, 2))]
    first, _ = await reservations.reserve(tx, wanted, at=AT, final=True, set_aside=_nobody_waits)
    assert isinstance(first, Reservation)
    given_back = StockChange("SHIRT", "DC-NL", "reservation_consumed", identity(2), reserved=-2)
    taken = [Consumption(first, {"SHIRT": 2}, identity(2))]
    assert await inventory.change(tx, [[given_back]], at=AT, consuming=[taken]) == [None]
    await outbox.set_timers(tx, [Timer(ReservationsExpire("step", AT + timedelta(hours=1)))])


async def _nobody_waits(_tx: Tx, units: Mapping[StockKey, int], _kept: Sequence[Protection]) -> Mapping[StockKey, int]:
    return units


def _reservation(number: int, units: int) -> Reservation:
    return Reservation(
        reservation_id=identity(9300 + number),
        channel_id="WEB-NL",
        seller_id="SELLER",
        principal="shop",
        kind=ReservationKind.FLOATING,
        lines=(ReservedLine("SHIRT", units, live=units),),
        made_at=AT,
        expires_at=AT + timedelta(hours=1),
        latest_at=AT + timedelta(hours=4),
    )


async def _announce(tx: Tx) -> None:
    """A purchase order of which one unit came, and units kept for a channel."""
    key = SupplyKey("erp", "PO-1", "10")
    await supplies.put(tx, HUB, [SupplyDraft(identity(7001), key, SupplyKind.ON_ORDER, "SHOE", "DC-UK", 5, AT)], at=AT)
    await supplies.receive(tx, HUB, [Receipt(identity(7002), key, "R-1", 1)], at=AT)
    came = ConditionedChange("SHOE", "DC-UK", Condition.SELLABLE, 1, "RECEIPT", identity(7002))
    await inventory.change_conditioned(tx, [[came]], at=AT)
    kept = Protection("DC-NL", "SHIRT", "WEB-NL", "", 2)
    await protections.put(tx, [ProtectionChange(identity(7003), kept)], at=AT)


def _labels() -> tuple[Label, ...]:
    """A label that is asked for, and the one of the parcel that left."""
    asked = Label(identity(3301), PackedParcel(FULFILLMENT_ORDER, "P-3", 500), "carrier", AT, AT)
    left = replace(asked, label_id=identity(3302), state=LabelState.BOUGHT, tracking_number="3S-2")
    return asked, left


async def _ship(tx: Tx) -> None:
    one = (FulfillmentLine(1, 1, "SHIRT"),)
    lines = (FulfillmentLine(1, 3, "SHIRT"),)
    await fulfillment.save(tx, [fulfillment_order(1, 1, lines=lines, requests=tuple(_requests()), labels=_labels())])
    held = Pickup(AT, AT + timedelta(days=5))
    await fulfillment.save(tx, [fulfillment_order(6, 6, lines=one, pickup=held)])
    await outbox.set_timers(tx, [Timer(PickupDue(PICKUP, held.hold_until, identity(6)), identity(6))])
    await exceptions.open_all(tx, [exception(2, reason=ExceptionReason.CANCEL_REFUSED, subject=str(identity(3102)))])
    await outbox.set_timers(tx, [Timer(NodeWorkDue(FULFILLMENT_ORDER, AT, identity(1)), identity(1))])
    await outbox.set_timers(tx, [Timer(LabelDue(identity(3301), AT, identity(1), FULFILLMENT_ORDER), identity(1))])
    await outbox.set_timers(tx, [Timer(ParcelDue(SHIPPED, AT, identity(1)), identity(1))])
    await outbox.set_timers(tx, [Timer(NodeAnswerDue(identity(3101), AT, FULFILLMENT_ORDER), identity(1))])
    delivered = shipment(
        1, 1, lines=one, value_minor=3834, charges_minor=500, state=ShipmentState.DELIVERED, delivered_at=AT
    )
    await fulfillment.save_shipments(tx, [delivered, shipment(1, 2, lines=one, value_minor=3333, charges_minor=0)])
    payload = example("warehouse.release", fulfillment_order_id=str(FULFILLMENT_ORDER))
    release = Message(identity(9001), f"fulfillment:{FULFILLMENT_ORDER}", payload, "wms", identity(1))
    payload = example("warehouse.release", fulfillment_order_id=str(PICKUP))
    collected = Message(identity(9006), f"fulfillment:{PICKUP}", payload, "wms", identity(6))
    await outbox.append(tx, [release, collected], at=AT)


def _requests() -> Iterator[NodeRequest]:
    """One that waits for its answer, one whose deadline has come, one that was done."""
    left = {RequestState.ASKED: 1, RequestState.LATE: 1, RequestState.ACCEPTED: 0}
    for number, (state, units) in enumerate(left.items(), 3101):
        yield NodeRequest(identity(number), RequestKind.CANCEL, (AskedLine(1, 1, "SHIRT", units),), AT, AT, state)


async def _post(tx: Tx) -> None:
    about = {"subject_id": str(DELIVERED), "total_minor": 3834}
    documents = [
        Message(
            identity(9049 + number),
            "erp:1",
            example("erp.post", **about, document=kind, document_number=number),
            "books",
            identity(1),
        )
        for number, kind in enumerate(("SHIPMENT", "INVOICE"), 1)
    ]
    number = await inventory.open_book(tx, "books", "DC-NL") + 1
    assert [(one.cause, one.units) for one in await inventory.unposted(tx, "books", "DC-NL", 10)] == [
        ("RECEIPT", 13),
        ("ship", -2),
    ]
    await inventory.close_book(tx, "books", "DC-NL", 1)
    moved = Message(
        identity(9060),
        "erp.stock:books:DC-NL",
        example("erp.post", document="STOCK_MOVEMENT", document_number=number),
        "books",
    )
    await outbox.append(tx, [*documents, moved], at=AT)


async def _pay(tx: Tx) -> None:
    card = instrument(1, 1, amount_minor=5000)
    channel = instrument(1, 2, holder=Holder.CHANNEL, amount_minor=1000, account_id=None)
    terms = instrument(1, 3, holder=Holder.TERMS, amount_minor=700, account_id=None)
    kinds = TransactionKind
    took = [
        replace(_step(1, kinds.AUTHORIZATION, 5000, card.instrument_id), expires_at=AT + timedelta(days=7)),
        _step(2, kinds.PREPAYMENT, 1000, channel.instrument_id),
        _step(3, kinds.CAPTURE, 3834, card.instrument_id, DELIVERED),
        replace(_step(4, kinds.CAPTURE, 1166, card.instrument_id, SHIPPED), state=TransactionState.REQUESTED),
        _step(5, kinds.APPLICATION, 1000, channel.instrument_id, SHIPPED),
        _step(6, kinds.RECEIVABLE, 700, terms.instrument_id, SHIPPED),
        _step(7, kinds.UNCOLLECTABLE, 467, None, SHIPPED),
    ]
    await payments.save(tx, [card, channel, terms], took)
    ends = AuthorizationDue(took[0].transaction_id, AT + timedelta(days=6), identity(1))
    await outbox.set_timers(tx, [Timer(ends, identity(1))])
    asked = {kinds.AUTHORIZATION: "payment.authorize", kinds.CAPTURE: "payment.capture"}
    await outbox.append(
        tx,
        [
            Message(
                one.transaction_id,
                "payment:1",
                example(asked[one.kind], amount_minor=one.amount_minor),
                "psp",
                one.order_id,
            )
            for one in took
            if one.kind in asked
        ],
        at=AT,
    )
    await ledger.post(tx, _postings())


def _step(
    number: int, kind: TransactionKind, amount: int, instrument_id: UUID | None, shipment_id: UUID | None = None
) -> Transaction:
    return transaction(1, number, kind=kind, amount_minor=amount, instrument_id=instrument_id, shipment_id=shipment_id)


def _postings() -> list[Posting]:
    account = Account
    entries: list[tuple[str, tuple[tuple[Account, int], ...]]] = [
        ("shipment", ((account.CUSTOMER, 3834), (account.REVENUE, -3168), (account.TAX, -666))),
        ("shipment", ((account.CUSTOMER, 3333), (account.REVENUE, -2755), (account.TAX, -578))),
        ("CAPTURE", ((account.CASH, 3834), (account.CUSTOMER, -3834))),
        ("PREPAYMENT", ((account.CHANNEL_CLEARING, 1000), (account.PREPAYMENT, -1000))),
        ("APPLICATION", ((account.PREPAYMENT, 1000), (account.CUSTOMER, -1000))),
        ("RECEIVABLE", ((account.RECEIVABLE, 700), (account.CUSTOMER, -700))),
        ("UNCOLLECTABLE", ((account.UNCOLLECTABLE, 467), (account.CUSTOMER, -467))),
    ]
    return [
        Posting(identity(9100 + number), identity(1), cause, "EUR", several, AT)
        for number, (cause, several) in enumerate(entries)
    ]
