"""How much of an order is shipped, delivered, authorized, charged: counted from slices and transactions when shown."""

from __future__ import annotations

from msgspec import Struct

from crossdock.orders.v1 import orders_pb2
from hub.cases.case import Case
from hub.kernel.money import first_units
from hub.payments.model import Holder, TransactionKind, TransactionState
from hub.payments.policy import summed
from hub.slices.lifecycle import GONE, REACHED, RETURNED, SliceState
from hub.slices.policy import units

_CANCELED = frozenset({SliceState.CANCELED})
_DONE = frozenset({TransactionState.SUCCEEDED})
_CHARGING = (
    TransactionKind.CAPTURE,
    TransactionKind.APPLICATION,
    TransactionKind.RECEIVABLE,
    TransactionKind.TRADE_IN,
)


class RollUps(Struct, frozen=True):
    """Extents of one order."""

    shipped: orders_pb2.Extent
    delivered: orders_pb2.Extent
    returned: orders_pb2.Extent
    authorized: orders_pb2.Extent
    charged: orders_pb2.Extent


def roll_ups(case: Case) -> RollUps:
    """The extents of a case; canceled units and what they would have cost count for nothing."""
    wanted = sum(line.quantity for line in case.order.lines) - units(case.slices, _CANCELED)
    due = due_minor(case)
    return RollUps(
        shipped=extent(units(case.slices, GONE), wanted),
        delivered=extent(units(case.slices, REACHED), wanted),
        returned=extent(units(case.slices, RETURNED), wanted),
        authorized=extent(authorized_minor(case), due),
        charged=extent(sum(summed(case.payments.transactions, kind, _DONE) for kind in _CHARGING), due),
    )


def extent(done: int, wanted: int) -> orders_pb2.Extent:
    """How much `done` is of `wanted`."""
    if done <= 0:
        return orders_pb2.EXTENT_NONE
    if done > wanted:
        return orders_pb2.EXTENT_OVER
    return orders_pb2.EXTENT_COMPLETE if done == wanted else orders_pb2.EXTENT_PARTIAL


def due_minor(case: Case) -> int:
    """What the customer pays for all that is not canceled."""
    if not units(case.slices, _CANCELED):
        return case.order.total_minor
    goods = kept = 0
    for line in case.order.lines:
        own = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
        left = line.quantity - units(own, _CANCELED)
        kept += left
        goods += first_units(line.total_minor, line.quantity, left)
    return goods + sum(charge.total_minor for charge in case.order.charges) if kept else 0


def authorized_minor(case: Case) -> int:
    """What instruments are good for: authorized and not reversed, prepaid to the channel, or granted on terms."""
    transactions = case.payments.transactions
    return (
        summed(transactions, TransactionKind.AUTHORIZATION, _DONE)
        - summed(transactions, TransactionKind.REVERSAL, _DONE)
        + summed(transactions, TransactionKind.PREPAYMENT, _DONE)
        + sum(one.amount_minor for one in case.payments.instruments if one.holder is Holder.TERMS)
    )
