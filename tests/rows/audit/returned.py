"""An order of one unit that came back: delivered, returned, inspected, on the shelf again, credited and refunded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from hub.cases.stock.stock import changes_of
from hub.database.tx import Tx
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import FulfillmentLine
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange, StockChange
from hub.ledger import operations as ledger
from hub.ledger.model import Account, Posting
from hub.messages.events.orders import OrderClosed, OrderReopened
from hub.orders import operations as orders
from hub.orders.lifecycle import OrderState
from hub.outbox import operations as outbox
from hub.outbox.model import Message
from hub.payments import operations as payments
from hub.payments.model import TransactionKind
from hub.returns import operations as returns
from hub.returns.lifecycle import ReturnState
from hub.returns.model import (
    Credit,
    CreditKind,
    CreditLine,
    Disposed,
    Disposition,
    Inspected,
    Outcome,
    Received,
    Resolution,
    Return,
    ReturnLine,
    Unexpected,
    Verdict,
)
from hub.returns.policy.claims import Claim, ClaimKind, ClaimLine, ClaimState
from hub.slices import operations as slices
from hub.slices.lifecycle import SliceAction
from hub.totes import operations as totes
from hub.totes.lifecycle import ToteState
from hub.totes.model import Count, CountKind, Scan, Tote
from tests.rows.audit.story import Story
from tests.rows.rooms.building import AT, fulfillment_order, identity, instrument, shipment, transaction
from tests.support.payloads import example

NODE = "DC-UK"
ORDER, RETURN, CREDIT = identity(5), identity(58001), identity(58002)
FULFILLMENT_ORDER, SHIPMENT = identity(53005), identity(54005)
TOTE, HAT = identity(57001), identity(57002)
AUTHORIZATION, CAPTURE, REFUND, CHARGEBACK = (identity(number) for number in (55061, 55062, 55063, 55064))


async def make(tx: Tx) -> None:
    """Writes the order with all that belongs to it."""
    told = _story()
    await orders.add(tx, [told.order])
    received = StockChange("SHIRT", NODE, "RECEIPT", identity(1), on_hand=1)
    assert await inventory.change(tx, [[received]], at=AT) == [None]
    assert await inventory.change(tx, [changes_of(told.moves)], at=AT) == [None]
    came_back = ConditionedChange("SHIRT", NODE, Condition.SELLABLE, 1, "return", identity(1))
    await inventory.change_conditioned(tx, [[came_back]], at=AT)
    await slices.save(tx, [], list(told.slices))
    await slices.record_moves(tx, list(told.moves))
    await outbox.emit(tx, told.events)
    line = FulfillmentLine(1, 1, "SHIRT")
    await fulfillment.save(
        tx, [replace(fulfillment_order(5, 5, lines=(line,)), fulfillment_order_id=FULFILLMENT_ORDER, node_id=NODE)]
    )
    parcel = shipment(5, 5, lines=(line,), value_minor=10501, charges_minor=500, state=ShipmentState.DELIVERED)
    parcel = replace(
        parcel,
        shipment_id=SHIPMENT,
        fulfillment_order_id=FULFILLMENT_ORDER,
        node_id=NODE,
        tracking_number="TRK-5",
        delivered_at=AT,
    )
    await fulfillment.save_shipments(tx, [parcel])
    await returns.save(tx, [], [_return()])
    await returns.add_credits(
        tx, [Credit(CREDIT, ORDER, (CreditLine(CreditKind.GOODS, 10001, 1736, 1, 1),), AT, RETURN)]
    )
    await returns.put_claims(tx, [_claim()])
    await _gather(tx)
    await _pay(tx)


async def _gather(tx: Tx) -> None:
    """The unit came in a tote, and with it one that nobody expected."""
    scan = Scan("S-1", 1, RETURN, ORDER, 1, "SHIRT", 1, AT)
    counts = (
        Count("R-1", 1, CountKind.RECEIVED, 1, AT, RETURN, 1, "SHIRT"),
        Count("R-1", 2, CountKind.UNIDENTIFIED, 1, AT, sku="HAT"),
    )
    tote = Tote(TOTE, "ST-BER", NODE, ToteState.RECEIVED, AT, received_at=AT, scans=(scan,), counts=counts)
    await totes.save(tx, {}, [tote])
    stray = Unexpected(f"tote {TOTE}/R-1/2", NODE, "HAT", 1, "UNIDENTIFIED", AT)
    await returns.add_unexpected(tx, [(HAT, stray)])
    kept = ConditionedChange("HAT", NODE, Condition.QUARANTINE, 1, "unexpected", HAT)
    await inventory.change_conditioned(tx, [[kept]], at=AT)


def _story() -> Story:
    told = Story(5, 1, state=OrderState.CLOSED, erp_documents=2)
    told.move(SliceAction.RESERVE, 1, node_id=NODE)
    told.move(SliceAction.ALLOCATE, 1, fulfillment_order_id=FULFILLMENT_ORDER)
    told.move(SliceAction.RELEASE, 1)
    told.move(SliceAction.SHIP, 1, shipment_id=SHIPMENT)
    told.move(SliceAction.DELIVER, 1)
    told.happened(OrderClosed())
    told.happened(OrderReopened(cause_id=RETURN))
    told.move(SliceAction.AUTHORIZE_RETURN, 1, return_id=RETURN)
    told.move(SliceAction.RECEIVE_BACK, 1)
    told.move(SliceAction.DISPOSE, 1)
    told.happened(OrderClosed())
    return told


def _return() -> Return:
    return Return(
        return_id=RETURN,
        order_id=ORDER,
        state=ReturnState.CLOSED,
        lines=(ReturnLine(1, 1, "SHIRT"),),
        resolution=Resolution.REFUND,
        policy_id="default",
        policy_version=0,
        created_at=AT,
        return_by=AT,
        node_id=NODE,
        received=(Received(f"tote {TOTE}/R-1", 1, 1, 1, Outcome.AS_EXPECTED, NODE, AT),),
        inspected=(Inspected("I-1", 1, 1, 1, Verdict.ACCEPTED, AT),),
        disposed=(Disposed("D-1", 1, 1, 1, Disposition.RESTOCK, NODE, AT),),
    )


def _claim() -> Claim:
    """The unit came damaged, and was credited for that."""
    lines = (ClaimLine(1, 1),)
    claim = Claim(identity(58003), ORDER, SHIPMENT, ClaimKind.DAMAGED, lines, AT, state=ClaimState.REFUNDED)
    return replace(claim, decided_at=AT, reason="Seen on a photo.", return_id=RETURN)


async def _pay(tx: Tx) -> None:
    card, kinds = replace(instrument(5, 1, amount_minor=10501), instrument_id=identity(56005)), TransactionKind
    took = [
        _step(AUTHORIZATION, kinds.AUTHORIZATION, 10501, instrument_id=card.instrument_id),
        _step(CAPTURE, kinds.CAPTURE, 10501, instrument_id=card.instrument_id, shipment_id=SHIPMENT),
        _step(
            CHARGEBACK,
            kinds.CHARGEBACK,
            500,
            instrument_id=card.instrument_id,
            capture_id=CAPTURE,
            created_at=AT - timedelta(hours=1),
        ),
        _step(CREDIT, kinds.CREDIT, 10001, instrument_id=None),
        _step(REFUND, kinds.REFUND, 10001, instrument_id=card.instrument_id, credit_id=CREDIT, capture_id=CAPTURE),
    ]
    await payments.save(tx, [card], took)
    asked = [("payment.authorize", AUTHORIZATION, 10501), ("payment.capture", CAPTURE, 10501)]
    messages = [
        Message(known, "payment:5", example(kind, amount_minor=amount), "psp", ORDER)
        for kind, known, amount in (*asked, ("payment.refund", REFUND, 10001))
    ]
    release = example("warehouse.release", fulfillment_order_id=str(FULFILLMENT_ORDER))
    about = {"subject_id": str(SHIPMENT), "total_minor": 10501}
    messages.append(Message(identity(59065), "fulfillment:5", release, "wms", ORDER))
    for number, name in enumerate(("SHIPMENT", "INVOICE"), 1):
        posted = example("erp.post", **about, document=name, document_number=number)
        messages.append(Message(identity(59065 + number), "erp:5", posted, "books", ORDER))
    await outbox.append(tx, messages, at=AT)
    await ledger.post(tx, _postings())


def _step(transaction_id: UUID, kind: TransactionKind, amount: int, **changes: Any) -> Any:
    made = transaction(5, 1, kind=kind, amount_minor=amount, **changes)
    return replace(made, transaction_id=transaction_id, order_id=ORDER)


def _postings() -> list[Posting]:
    account = Account
    entries: tuple[tuple[str, tuple[tuple[Account, int], ...]], ...] = (
        ("shipment", ((account.CUSTOMER, 10501), (account.REVENUE, -8678), (account.TAX, -1823))),
        ("CAPTURE", ((account.CASH, 10501), (account.CUSTOMER, -10501))),
        ("CHARGEBACK", ((account.DISPUTED, 500), (account.CASH, -500))),
        ("CHARGEBACK_LOST", ((account.CHARGEBACK, 500), (account.DISPUTED, -500))),
        ("credit", ((account.REVENUE, 8265), (account.TAX, 1736), (account.CUSTOMER, -10001))),
        ("REFUND", ((account.CUSTOMER, 10001), (account.CASH, -10001))),
    )
    return [
        Posting(identity(59160 + number), ORDER, cause, "EUR", several, AT)
        for number, (cause, several) in enumerate(entries)
    ]
