"""Reports about totes that came before: each is a repeat only with the same content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from hub.kernel.errors import ReferenceReused
from hub.totes.model import Count, CountKind, ReturnScan, Tote, ToteReceipt, ToteShipment, Unpacked


def repeats_scan(tote: Tote, scan: ReturnScan, return_id: UUID | None, expected: int) -> bool:
    """Whether a scan of this reference was taken into a tote; `expected` units of its return may still be handed in.

    Raises ReferenceReused where it came before with other units. A scan that names none means all that were expected.
    """
    before = [known for known in tote.scans if known.reference == scan.reference]
    taken, told = Counter[int](), Counter[int]()
    for known in before:
        taken[known.line_number] += known.quantity
    for line_number, quantity in scan.lines:
        told[line_number] += quantity
    same = told == taken if scan.lines else not expected
    if before and not (same and {known.return_id for known in before} == {return_id}):
        raise _reused(tote, f"Scan {scan.reference} came before with other units", scan.reference)
    return bool(before)


def repeats_receipt(tote: Tote, receipt: ToteReceipt, unpacked: Sequence[Unpacked]) -> bool:
    """Whether a receipt of this reference was taken. Raises ReferenceReused where it came before with other units."""
    before = [known for known in tote.counts if known.reference == receipt.reference]
    if before and not _same(before, unpacked):
        raise _reused(tote, f"Receipt {receipt.reference} came before with other units", receipt.reference)
    return bool(before)


def refuse_other_number(tote: Tote, shipment: ToteShipment) -> None:
    """Raises ReferenceReused where a tote that left is said to have left under another tracking number."""
    if shipment.tracking_number not in ("", tote.tracking_number):
        raise _reused(tote, "The tote left before under another tracking number", shipment.tracking_number)


def _same(before: Sequence[Count], unpacked: Sequence[Unpacked]) -> bool:
    """Whether units are those that were counted; of a return, they may leave out their SKU."""
    counted, named = Counter[tuple[UUID | None, str]](), Counter[tuple[UUID | None, str]]()
    by_return = Counter[UUID | None]()
    for count in before:
        if count.kind is not CountKind.MISSING:
            counted[count.return_id, count.sku] += count.quantity
            by_return[count.return_id] += count.quantity
    for units in unpacked:
        by_return[units.return_id] -= units.quantity
        if units.sku or units.return_id is None:
            named[units.return_id, units.sku] += units.quantity
    return not any(by_return.values()) and named <= counted


def _reused(tote: Tote, what: str, reference: str) -> ReferenceReused:
    return ReferenceReused(
        f"{what}; report what came since under a reference of its own.", reference=reference, tote_id=tote.tote_id
    )
