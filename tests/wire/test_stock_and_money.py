"""Stock and payments on the wire."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from crossdock.inventory.v1 import inventory_pb2
from crossdock.payments.v1 import payments_pb2
from hub.availability.model import Level
from hub.inventory.model import Snapshot, Stock, StockChange
from hub.payments.model import Holder, Instrument, Payments, TransactionKind, TransactionState
from hub.wire.instants import instant_to_pb
from hub.wire.orders.payments import TRANSACTION_STATES, payments_to_pb
from hub.wire.prices import minor_to_pb
from hub.wire.stock.availability import piece, position_piece
from hub.wire.stock.inventory import adjustment_from_pb, rows_from_pb, snapshot_from_pb, stock_to_pb
from tests.wire.cases import AT, CARD, ORDER, case, transaction

K, T = TransactionKind, TransactionState


def test_stock_tells_what_can_be_promised_and_never_less_than_nothing() -> None:
    assert stock_to_pb(Stock("A", "DC-NL", 10, 3, 2, 1)).available == 4
    assert stock_to_pb(Stock("A", "DC-NL", 1, 3, 0, 0)).available == 0


def test_an_adjustment_is_a_change_of_stock_on_hand() -> None:
    message = inventory_pb2.Adjustment(sku="A", node_id="DC-NL", delta=-2, cause="DAMAGE")

    assert adjustment_from_pb(message, ORDER) == StockChange("A", "DC-NL", "DAMAGE", ORDER, on_hand=-2)


def test_a_count_keeps_its_rows_and_the_nodes_it_is_of() -> None:
    header = inventory_pb2.SnapshotHeader(source="wms", node_ids=["DC-NL", "ST-AMS"], count_time=instant_to_pb(AT))
    rows = rows_from_pb([inventory_pb2.SnapshotRow(sku="A", node_id="DC-NL", on_hand=5, safety=1)], {"DC-NL": "DC-NL"})

    snapshot = snapshot_from_pb(header, rows)

    assert snapshot == Snapshot("wms", AT, frozenset({"DC-NL", "ST-AMS"}), (("A", "DC-NL", 5, 1),))


def test_availability_is_told_for_every_sku_asked_in_order() -> None:
    levels = [Level("B", 0, {}), Level("A", 5, {"DC-NL": 3, "ST-AMS": 2})]

    told = inventory_pb2.GetAvailabilityResponse.FromString(b"".join(map(piece, levels)) + position_piece(300))

    assert told.position == 300
    assert [(one.sku, one.available, dict(one.available_by_node)) for one in told.availability] == [
        ("B", 0, {}),
        ("A", 5, {"DC-NL": 3, "ST-AMS": 2}),
    ]


def test_the_contract_has_every_state_of_a_transaction() -> None:
    assert not [state for state in T if state not in TRANSACTION_STATES]


def test_the_money_of_an_order_is_told_by_instrument_step_and_sum() -> None:
    steps = [
        transaction(K.AUTHORIZATION, 3497),
        transaction(K.CAPTURE, 999, number=101),
        transaction(K.CAPTURE, 500, T.UNKNOWN, number=102),
        transaction(K.CAPTURE, 1, T.FAILED, number=103),
        transaction(K.REVERSAL, 97, number=104),
        transaction(K.UNCOLLECTABLE, 1, number=105),
    ]

    told = payments_to_pb(case(transactions=steps).payments)

    assert [(one.authorized, one.captured) for one in told.instruments] == [
        (minor_to_pb(3400, "EUR"), minor_to_pb(999, "EUR"))
    ]
    assert [one.transaction_id for one in told.transactions] == [str(UUID(int=n)) for n in (100, 101, 102, 103, 104)]
    assert told.captured == minor_to_pb(999, "EUR")
    assert told.capture_requested == minor_to_pb(500, "EUR")
    assert told.uncollectable == minor_to_pb(1, "EUR")
    assert told.transactions[2].state == payments_pb2.TRANSACTION_STATE_UNKNOWN


def test_what_a_channel_took_and_what_is_invoiced_are_told_apart() -> None:
    prepaid = Instrument(CARD, ORDER, 1, Holder.CHANNEL, "CHANNEL", 1000)
    terms = replace(prepaid, instrument_id=UUID(int=5), rank=2, holder=Holder.TERMS)
    steps = (
        transaction(K.PREPAYMENT, 1000),
        transaction(K.APPLICATION, 400, number=101),
        replace(transaction(K.RECEIVABLE, 70, number=102), instrument_id=terms.instrument_id),
    )

    told = payments_to_pb(Payments("EUR", (terms, prepaid), steps))

    assert [one.holder for one in told.instruments] == [2, 3]
    assert (told.captured, told.receivable) == (minor_to_pb(400, "EUR"), minor_to_pb(70, "EUR"))
    assert not told.transactions
