"""What units of a case are worth in money: about to ship, still to ship, shipped and not paid for."""

from __future__ import annotations

from collections import Counter
from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.fulfillment.model import FulfillmentLine
from hub.kernel.money import first_units
from hub.payments.model import TransactionKind, TransactionState
from hub.slices.lifecycle import GONE, SliceState
from hub.slices.policy import Where, everywhere, units

DRAWN: Final = frozenset(
    {
        TransactionKind.CAPTURE,
        TransactionKind.RECEIVABLE,
        TransactionKind.APPLICATION,
        TransactionKind.TRADE_IN,
        TransactionKind.UNCOLLECTABLE,
    }
)
"""Kinds that pay for a shipment."""


def value_of(case: Case, lines: tuple[FulfillmentLine, ...]) -> tuple[int, int, int]:
    """What the customer pays for units about to ship: (goods, charges, tax contained), in minor units.

    Units cost what `first_units` says, counted on from those shipped before; charges leave with the first parcel.
    """
    goods = tax = 0
    for line in lines:
        ordered = case.order.line(line.line_number)
        if ordered is None:
            continue
        gone = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
        before = units(gone, GONE)
        for amount, is_tax in ((ordered.total_minor, False), (ordered.tax_minor, True)):
            until = first_units(amount, ordered.quantity, before + line.quantity)
            share = until - first_units(amount, ordered.quantity, before)
            goods, tax = (goods, tax + share) if is_tax else (goods + share, tax)
    if case.shipments:
        return goods, 0, tax
    charges = case.order.charges
    return goods, sum(charge.total_minor for charge in charges), tax + sum(charge.tax_minor for charge in charges)


def still_to_ship(case: Case, where: Where = everywhere) -> int:
    """Return what units cost that neither left nor are canceled, with the charges where nothing left yet.

    `where` chooses among them.
    """
    live = Counter[int]()
    for slice_ in case.slices:
        if slice_.state not in GONE | {SliceState.CANCELED} and where(slice_):
            live[slice_.line_number] += slice_.quantity
    goods, charges, _ = value_of(case, tuple(FulfillmentLine(number, count, "") for number, count in live.items()))
    return goods + charges if live else 0


def withheld(case: Case) -> dict[UUID, int]:
    """What is not drawn of shipments, in minor units; shipments that are paid are left out."""
    left = {shipment.shipment_id: shipment.value_minor for shipment in case.shipments}
    for transaction in case.payments.transactions:
        drawn = transaction.kind in DRAWN and transaction.state is not TransactionState.FAILED
        if drawn and transaction.shipment_id in left:
            left[transaction.shipment_id] -= transaction.amount_minor
    return {shipment_id: amount for shipment_id, amount in left.items() if amount > 0}
