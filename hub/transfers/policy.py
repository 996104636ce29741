"""What becomes of a transfer by a report. Reports may repeat, and the receipt may be told before the shipment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from hub.kernel.errors import ReferenceReused
from hub.kernel.instant import Instant
from hub.transfers.errors import TransferActionNotAllowed, TransferUnitsExceeded
from hub.transfers.lifecycle import TransferAction, TransferState, next_state
from hub.transfers.model import (
    Received,
    Transfer,
    TransferDraft,
    TransferLine,
    TransferReceipt,
    TransferShipment,
)

SOURCE: Final = "transfers"
"""Source of the supplies that are units in transit of transfers."""


OF_ORDER: Final = "order/"
"""How the references of transfers begin that the hub requests for orders."""


def refuse_other(transfer: Transfer, draft: TransferDraft) -> None:
    """Raises ReferenceReused where a draft under a known reference is not the transfer that was requested."""
    known = (transfer.from_node_id, transfer.to_node_id, transfer.service_code, _sorted(transfer))
    stated = (draft.from_node_id, draft.to_node_id, draft.service_code, tuple(sorted(draft.units)))
    if known != stated:
        raise ReferenceReused(
            f"{draft.reference} was requested with other contents, from {transfer.from_node_id} to"
            f" {transfer.to_node_id}; give this transfer a reference of its own.",
            reference=draft.reference,
        )


def shipped(transfer: Transfer, shipment: TransferShipment, expected_at: Instant, at: Instant) -> Transfer:
    """The transfer after its origin told what left; a repeat leaves it as it is.

    Units that came before they were told to have left count as left. Raises TransferActionNotAllowed,
    TransferUnitsExceeded.
    """
    named = dict(shipment.units) or {line.sku: line.quantity for line in transfer.lines}
    _refuse_unknown(transfer, named)
    for line in transfer.lines:
        if named.get(line.sku, 0) > line.quantity:
            raise TransferUnitsExceeded(
                f"{named[line.sku]} units of {line.sku} left, {line.quantity} were requested; request another transfer"
                " for what is beyond.",
                transfer_id=transfer.transfer_id,
                sku=line.sku,
                requested=line.quantity,
            )
    lines = tuple(replace(line, shipped=max(line.shipped, named.get(line.sku, 0))) for line in transfer.lines)
    if transfer.shipped_at is not None:
        return _repeated(transfer, lines, shipment)
    state = next_state(transfer.transfer_id, transfer.state, TransferAction.SHIP)
    left = replace(
        transfer,
        lines=lines,
        state=state,
        shipped_at=shipment.occurred_at,
        expected_at=expected_at,
        tracking_number=shipment.tracking_number,
    )
    return _completed(left, at)


def received(transfer: Transfer, receipt: TransferReceipt, at: Instant) -> Transfer:
    """The transfer after a receipt; a repeat leaves it as it is.

    Units that come before their shipment was told have left by this report. Units beyond those that left were missing
    before, or are too many. Raises TransferActionNotAllowed, TransferUnitsExceeded, ReferenceReused.
    """
    records = _records(receipt)
    if known := tuple(one for one in transfer.receipts if one.reference == receipt.reference):
        if _units(known) != _units(records):
            raise ReferenceReused(
                f"Receipt {receipt.reference} came before with other units; give this one a reference of its own.",
                reference=receipt.reference,
            )
        return transfer
    _refuse_unknown(transfer, {sku: 0 for sku, _, _ in receipt.units})
    state = next_state(transfer.transfer_id, transfer.state, TransferAction.RECEIVE)
    came = {sku: (sound, damaged) for sku, sound, damaged in receipt.units}
    open_ = transfer.shipped_at is None
    after = replace(
        transfer,
        lines=tuple(_taken(line, *came.get(line.sku, (0, 0)), unreported=open_) for line in transfer.lines),
        state=state,
        counted=transfer.counted or receipt.final,
        receipts=(*transfer.receipts, *records),
    )
    return _completed(after, at)


def canceled(transfer: Transfer, at: Instant) -> Transfer:
    """The transfer canceled; one that is stays as it is. Raises TransferActionNotAllowed."""
    if transfer.state is TransferState.CANCELED:
        return transfer
    state = next_state(transfer.transfer_id, transfer.state, TransferAction.CANCEL)
    return replace(transfer, state=state, ended_at=at)


def _taken(line: TransferLine, sound: int, damaged: int, *, unreported: bool) -> TransferLine:
    came = sound + damaged
    left = min(line.quantity - line.shipped, max(0, came - line.in_transit)) if unreported else 0
    beyond = max(0, came - line.in_transit - left)
    found = min(beyond, line.missing)
    return replace(
        line,
        shipped=line.shipped + left,
        received=line.received + sound,
        damaged=line.damaged + damaged,
        missing=line.missing - found,
        excess=line.excess + beyond - found,
    )


def _completed(transfer: Transfer, at: Instant) -> Transfer:
    """The transfer with what is missing named, and ended where nothing of it is in transit."""
    if transfer.shipped_at is None:
        return transfer
    lines = transfer.lines
    if transfer.counted:
        lines = tuple(replace(line, missing=line.missing + line.in_transit) for line in lines)
    if any(line.in_transit for line in lines):
        return replace(transfer, lines=lines)
    state = next_state(transfer.transfer_id, transfer.state, TransferAction.COMPLETE)
    return replace(transfer, lines=lines, state=state, ended_at=transfer.ended_at or at)


def _repeated(transfer: Transfer, lines: tuple[TransferLine, ...], shipment: TransferShipment) -> Transfer:
    same = tuple(line.shipped for line in lines) == tuple(line.shipped for line in transfer.lines)
    if same and all(_reported(line, shipment) for line in transfer.lines) and _same_number(transfer, shipment):
        return transfer
    raise TransferActionNotAllowed(
        "The transfer left already, with other units or another tracking number; report goods that left since as a"
        " transfer of their own.",
        transfer_id=transfer.transfer_id,
        state=transfer.state.value,
        action=TransferAction.SHIP.value,
    )


def _reported(line: TransferLine, shipment: TransferShipment) -> bool:
    """Whether a shipment states what is known of a line; more may have come by then than was said to have left."""
    if not shipment.units:
        return True
    stated = dict(shipment.units).get(line.sku, 0)
    return stated == line.shipped or stated < line.shipped <= line.came


def _same_number(transfer: Transfer, shipment: TransferShipment) -> bool:
    return shipment.tracking_number in {"", transfer.tracking_number}


def _refuse_unknown(transfer: Transfer, named: Mapping[str, int]) -> None:
    for sku in named:
        if transfer.line(sku) is None:
            raise TransferUnitsExceeded(
                f"{sku} is not in the transfer, which has {', '.join(line.sku for line in transfer.lines)}; correct the"
                " SKU, or take the units in with AdjustStock.",
                transfer_id=transfer.transfer_id,
                sku=sku,
                requested=0,
            )


def _records(receipt: TransferReceipt) -> tuple[Received, ...]:
    units = receipt.units or (("", 0, 0),)
    return tuple(
        Received(receipt.reference, sku, sound, damaged, receipt.final, receipt.occurred_at)
        for sku, sound, damaged in units
    )


def _units(records: Iterable[Received]) -> list[tuple[str, int, int, bool]]:
    return sorted((one.sku, one.quantity, one.damaged, one.final) for one in records)


def _sorted(transfer: Transfer) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((line.sku, line.quantity) for line in transfer.lines))
