"""Transfers on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.inventory.v1 import transfers_pb2 as pb
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import (
    Received,
    Transfer,
    TransferDraft,
    TransferLine,
    TransferReceipt,
    TransferShipment,
    Units,
)
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb, optional_instant

TRANSFER_STATES: Final = Names(TransferState, pb.TransferState, "TRANSFER_STATE")


def draft_from_pb(message: pb.TransferDraft) -> TransferDraft:
    """A transfer to request; raises InvalidField where it names a SKU twice."""
    return TransferDraft(
        reference=message.reference,
        from_node_id=message.from_node_id,
        to_node_id=message.to_node_id,
        units=_units(message.units),
        service_code=message.service_code,
        ship_by=optional_instant(message, "ship_by_time"),
    )


def shipment_from_pb(message: pb.TransferShipment, now: Instant) -> TransferShipment:
    """Units that left; `now` where it does not say when. Raises InvalidField where it names a SKU twice."""
    return TransferShipment(
        transfer_id=UUID(message.transfer_id),
        occurred_at=optional_instant(message, "occur_time") or now,
        units=_units(message.units),
        expected_at=optional_instant(message, "expect_time"),
        tracking_number=message.tracking_number,
    )


def receipt_from_pb(message: pb.TransferReceipt, now: Instant) -> TransferReceipt:
    """What came; `now` where it does not say when. Raises InvalidField where it says nothing, or names a SKU twice."""
    _refuse_twice(message.units)
    units = tuple((one.sku, one.quantity, one.damaged_quantity) for one in message.units)
    if not message.final and not any(sound or damaged for _, sound, damaged in units):
        raise InvalidField(
            f"Receipt {message.receipt_reference} has no units; state what came, or final.", units="missing"
        )
    return TransferReceipt(
        transfer_id=UUID(message.transfer_id),
        reference=message.receipt_reference,
        occurred_at=optional_instant(message, "occur_time") or now,
        units=units,
        final=message.final,
    )


def transfer_to_pb(transfer: Transfer) -> pb.Transfer:
    """A transfer with its lines and receipts."""
    return pb.Transfer(
        transfer_id=str(transfer.transfer_id),
        reference=transfer.reference,
        from_node_id=transfer.from_node_id,
        to_node_id=transfer.to_node_id,
        state=TRANSFER_STATES.to_pb(transfer.state),
        lines=[_line(line) for line in transfer.lines],
        receipts=[
            _receipt(record) for record in sorted(transfer.receipts, key=lambda one: (one.at, one.reference, one.sku))
        ],
        service_code=transfer.service_code,
        tracking_number=transfer.tracking_number,
        request_time=instant_to_pb(transfer.requested_at),
        ship_by_time=instant_to_pb(transfer.ship_by),
        ship_time=_time(transfer.shipped_at),
        expect_time=instant_to_pb(transfer.expected_at),
        end_time=_time(transfer.ended_at),
    )


def _units(messages: Iterable[pb.TransferUnits]) -> Units:
    _refuse_twice(messages)
    return tuple((one.sku, one.quantity) for one in messages)


def _refuse_twice(messages: Iterable[Any]) -> None:
    named: set[str] = set()
    for one in messages:
        if one.sku in named:
            raise InvalidField(f"{one.sku} is named twice; state all its units at once.", units=one.sku)
        named.add(one.sku)


def _line(line: TransferLine) -> pb.TransferLine:
    return pb.TransferLine(
        sku=line.sku,
        quantity=line.quantity,
        shipped_quantity=line.shipped,
        received_quantity=line.received,
        damaged_quantity=line.damaged,
        missing_quantity=line.missing,
        excess_quantity=line.excess,
        in_transit_quantity=line.in_transit,
    )


def _receipt(record: Received) -> pb.TransferReceiptRecord:
    return pb.TransferReceiptRecord(
        receipt_reference=record.reference,
        sku=record.sku,
        quantity=record.quantity,
        damaged_quantity=record.damaged,
        occur_time=instant_to_pb(record.at),
    )


def _time(at: Instant | None) -> Timestamp | None:
    return None if at is None else instant_to_pb(at)
