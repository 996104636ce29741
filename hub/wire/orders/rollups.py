"""How much of an order is shipped, delivered, authorized, charged: counted from slices and transactions when shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from msgspec import Struct

from crossdock.orders.v1 import orders_pb2
from hub.cases.case import Case
from hub.kernel.money import first_units
from hub.payments.model import Holder, TransactionKind, TransactionState
from hub.slices.lifecycle import GONE, REACHED, RETURNED, SliceState
from hub.slices.policy import units

_CANCELED = frozenset({SliceState.CANCELED})
_CHARGING = frozenset(
    {
        TransactionKind.CAPTURE,
        TransactionKind.APPLICATION,
        TransactionKind.RECEIVABLE,
        TransactionKind.TRADE_IN,
    }
)

K = TypeVar("K")


class RollUps(Struct, frozen=True):
    """Extents of one order."""

    shipped: orders_pb2.Extent
    delivered: orders_pb2.Extent
    returned: orders_pb2.Extent
    authorized: orders_pb2.Extent
    charged: orders_pb2.Extent


_MOVED_ON = GONE | _CANCELED
_NOTHING_YET = RollUps(*[orders_pb2.EXTENT_NONE] * len(RollUps.__struct_fields__))


def roll_ups(case: Case) -> RollUps:
    """The extents of a case; canceled units and what they would have cost count for nothing."""
    counts, done = _units_by_state(case), _done_by_kind(case)
    authorized = _authorized_minor(case, done)
    if not (done or authorized) and _MOVED_ON.isdisjoint(counts):
        return _NOTHING_YET
    canceled = counts.get(SliceState.CANCELED, 0)
    wanted = sum([line.quantity for line in case.order.lines]) - canceled
    due = _due_minor(case) if canceled else case.order.total_minor
    return RollUps(
        shipped=extent(_summed(counts, GONE), wanted),
        delivered=extent(_summed(counts, REACHED), wanted),
        returned=extent(_summed(counts, RETURNED), wanted),
        authorized=extent(authorized, due),
        charged=extent(_summed(done, _CHARGING), due),
    )


def extent(done: int, wanted: int) -> orders_pb2.Extent:
    """How much `done` is of `wanted`."""
    if done <= 0:
        return orders_pb2.EXTENT_NONE
    if done > wanted:
        return orders_pb2.EXTENT_OVER
    return orders_pb2.EXTENT_COMPLETE if done == wanted else orders_pb2.EXTENT_PARTIAL


def _units_by_state(case: Case) -> dict[SliceState, int]:
    counts: dict[SliceState, int] = {}
    for slice_ in case.slices:
        counts[slice_.state] = counts.get(slice_.state, 0) + slice_.quantity
    return counts


def _done_by_kind(case: Case) -> dict[TransactionKind, int]:
    """Minor units of the transactions that succeeded."""
    done: dict[TransactionKind, int] = {}
    for transaction in case.payments.transactions:
        if transaction.state is TransactionState.SUCCEEDED:
            done[transaction.kind] = done.get(transaction.kind, 0) + transaction.amount_minor
    return done


def _summed(counts: Mapping[K, int], wanted: Collection[K]) -> int:
    return sum([count for key, count in counts.items() if key in wanted])


def _due_minor(case: Case) -> int:
    """What the customer pays for all that is not canceled."""
    goods = kept = 0
    for line in case.order.lines:
        own = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
        left = line.quantity - units(own, _CANCELED)
        kept += left
        goods += first_units(line.total_minor, line.quantity, left)
    return goods + sum(charge.total_minor for charge in case.order.charges) if kept else 0


def _authorized_minor(case: Case, done: Mapping[TransactionKind, int]) -> int:
    """What instruments are good for: authorized and not reversed, prepaid to the channel, or granted on terms."""
    granted = [instrument.amount_minor for instrument in case.payments.instruments if instrument.holder is Holder.TERMS]
    return (
        done.get(TransactionKind.AUTHORIZATION, 0)
        - done.get(TransactionKind.REVERSAL, 0)
        + done.get(TransactionKind.PREPAYMENT, 0)
        - done.get(TransactionKind.PREPAYMENT_REFUND, 0)
        + sum(granted)
    )
