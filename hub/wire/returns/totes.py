"""Totes and the codes of returns on the wire."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.returns.v1 import totes_pb2 as pb
from hub.kernel.instant import Instant
from hub.totes.lifecycle import ToteState
from hub.totes.model import Count, CountKind, Manifest, ReturnScan, Tote, ToteReceipt, ToteShipment
from hub.totes.policy import manifest
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb, optional_instant

TOTE_STATES: Final = Names(ToteState, pb.ToteState, "TOTE_STATE")
DIFFERENCES: Final = Names(CountKind, pb.ToteDifferenceKind, "TOTE_DIFFERENCE_KIND")


def tote_to_pb(tote: Tote) -> pb.Tote:
    """The tote with manifest and differences."""
    return pb.Tote(
        tote_id=str(tote.tote_id),
        drop_off_node_id=tote.drop_off_node_id,
        to_node_id=tote.to_node_id,
        state=TOTE_STATES.to_pb(tote.state),
        tracking_number=tote.tracking_number,
        units=[_units(one) for one in manifest(tote)],
        quantity=tote.quantity,
        received_quantity=tote.received,
        differences=[_difference(difference) for difference in tote.differences],
        open_time=instant_to_pb(tote.opened_at),
        ship_time=_time(tote.shipped_at),
        receive_time=_time(tote.received_at),
    )


def scan_from_pb(message: pb.ReturnScan, now: Instant) -> ReturnScan:
    """Units that were handed in; `now` where it does not say when."""
    return ReturnScan(
        tote_id=UUID(message.tote_id),
        code=message.code,
        reference=message.scan_reference,
        lines=tuple((units.line_number, units.quantity) for units in message.units),
        occurred_at=optional_instant(message, "occur_time") or now,
    )


def shipment_from_pb(message: pb.ToteShipment, now: Instant) -> ToteShipment:
    """A tote that left; `now` where it does not say when."""
    at = optional_instant(message, "occur_time") or now
    return ToteShipment(UUID(message.tote_id), at, message.tracking_number)


def receipt_from_pb(message: pb.ToteReceipt, now: Instant) -> ToteReceipt:
    """What was found in a tote; `now` where it does not say when."""
    return ToteReceipt(
        tote_id=UUID(message.tote_id),
        reference=message.receipt_reference,
        units=tuple((units.code, units.sku, units.quantity) for units in message.units),
        occurred_at=optional_instant(message, "occur_time") or now,
    )


def code_to_pb(return_id: UUID, code: str) -> pb.ReturnCode:
    """The code of a return."""
    return pb.ReturnCode(return_id=str(return_id), code=code)


def _units(line: Manifest) -> pb.ToteUnits:
    return pb.ToteUnits(
        return_id=str(line.return_id),
        line_number=line.line_number,
        sku=line.sku,
        quantity=line.quantity,
        received_quantity=line.received,
        missing_quantity=line.missing,
    )


def _difference(count: Count) -> pb.ToteDifference:
    return pb.ToteDifference(
        kind=DIFFERENCES.to_pb(count.kind),
        return_id=str(count.return_id or ""),
        line_number=count.line_number,
        sku=count.sku,
        quantity=count.quantity,
        receipt_reference=count.reference,
    )


def _time(at: Instant | None) -> Timestamp | None:
    return None if at is None else instant_to_pb(at)
