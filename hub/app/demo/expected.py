"""What must have come of the two weeks: one finding per expectation, with what was found instead where it did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from google.type.money_pb2 import Money
from msgspec import Struct

from crossdock.inbox.v1 import inbox_pb2
from crossdock.orders.v1 import orders_pb2
from crossdock.payments.v1 import payments_pb2
from hub.app.demo import plan
from hub.app.demo.reading import Ending, OrderEnding


class Finding(Struct, frozen=True):
    """An expectation, whether it is met, and what was found."""

    expectation: str
    met: bool
    found: str


def findings(ending: Ending, put_off: Sequence[str]) -> list[Finding]:
    """Holds an ending against the plan; `put_off` are the kinds of messages seen waiting for the failing partner."""
    return [
        _documents(ending),
        _orders(ending),
        _about(ending, plan.SPLIT, "10 units were split over two nodes, 7 and 3", _split),
        _about(ending, plan.SHORT, "a node found 3 of 5 units; the other 2 were sourced again", _short),
        _about(ending, plan.CANCELED, "a canceled order took no money", _canceled),
        _about(ending, plan.HELD, "an order on hold was changed, resolved and delivered", _held),
        _about(
            ending,
            plan.STORE_RETURN,
            "1 of 2 units was withdrawn from, came back to a store and was refunded",
            _back_at_the_store,
        ),
        _about(ending, plan.TOTE_RETURN, "its unit came back in a tote and was refunded", _back_in_a_tote),
        _in_totes(ending),
        _promises(ending),
        _failing(ending, put_off),
        _endings(ending),
        _money(ending),
        Finding("no unit is claimed any more", not _claimed(ending), f"{_claimed(ending)} units claimed"),
        Finding("no message was given up", not ending.messages, f"{len(ending.messages)} dead letters"),
        Finding("the audit finds nothing", ending.violations == 0, f"{ending.violations} violations"),
    ]


def decimal(amount: Money) -> Decimal:
    """An amount as a number; zero where none stands."""
    return Decimal(amount.units) + Decimal(amount.nanos).scaleb(-9)


def shipped_by_node(ending: OrderEnding) -> Counter[str]:
    """Units that left, by the node they left from."""
    counted: Counter[str] = Counter()
    for line in ending.order.lines:
        for piece in line.slices:
            if piece.shipment_id:
                counted[piece.node_id] += piece.quantity
    return counted


def _documents(ending: Ending) -> Finding:
    taken = [document for document in ending.documents if document.state == inbox_pb2.DOCUMENT_STATE_TAKEN]
    expected = len(plan.STOCK) + len(plan.ORDERS)
    found = f"{len(taken)} of {len(ending.documents)} taken in whole"
    return Finding(f"all {expected} documents were taken in", len(taken) == expected == len(ending.documents), found)


def _orders(ending: Ending) -> Finding:
    references = [order.reference for order in ending.orders]
    missing = set(plan.REFERENCES) - set(references)
    met = sorted(references) == sorted(plan.REFERENCES)
    found = f"{len(references)} orders" + (f", missing: {', '.join(sorted(missing))}" if missing else "")
    return Finding(f"each of the {len(plan.REFERENCES)} orders was taken once", met, found)


def _about(
    ending: Ending, reference: str, expectation: str, judge: Callable[[OrderEnding], tuple[bool, str]]
) -> Finding:
    order = ending.order(reference)
    met, found = judge(order) if order is not None else (False, "there is no such order")
    return Finding(f"{reference}: {expectation}", met, found)


def _split(ending: OrderEnding) -> tuple[bool, str]:
    by_node = shipped_by_node(ending)
    return sorted(by_node.values()) == [3, 7] and _closed(ending), _left(by_node)


def _short(ending: OrderEnding) -> tuple[bool, str]:
    by_node = shipped_by_node(ending)
    told = any(entry.type == "UnitsShort" for entry in ending.timeline)
    met = by_node == Counter({plan.MISCOUNTED_NODE: plan.REALLY_THERE, "DC-NL": 2}) and told and _closed(ending)
    return met, _left(by_node)


def _canceled(ending: OrderEnding) -> tuple[bool, str]:
    reversed_amount = sum(
        decimal(step.amount)
        for step in ending.payments.transactions
        if step.kind == payments_pb2.TRANSACTION_KIND_REVERSAL
        and step.state == payments_pb2.TRANSACTION_STATE_SUCCEEDED
    )
    captured = decimal(ending.payments.captured)
    met = ending.order.state == orders_pb2.ORDER_STATE_CANCELED and not captured
    return met and reversed_amount == decimal(
        ending.order.grand_total
    ), f"{captured} taken, {reversed_amount} given back"


def _held(ending: OrderEnding) -> tuple[bool, str]:
    resolved = [hold for hold in ending.order.holds if hold.status == orders_pb2.HOLD_STATUS_RESOLVED]
    met = len(resolved) == 1 and ending.order.gift_message == plan.GIFT_MESSAGE and _closed(ending)
    return met, "; ".join(hold.reason for hold in ending.order.holds) or "no hold"


def _back_at_the_store(ending: OrderEnding) -> tuple[bool, str]:
    return _back(ending, Decimal(50), {"RETURN_CLOSED": 1, "DELIVERED": 1})


def _back_in_a_tote(ending: OrderEnding) -> tuple[bool, str]:
    return _back(ending, Decimal(80), {"RETURN_CLOSED": 1})


def _back(ending: OrderEnding, amount: Decimal, units: dict[str, int]) -> tuple[bool, str]:
    """Whether so much was refunded, and units are where they should be."""
    refunded = decimal(ending.payments.refunded)
    found: Counter[str] = Counter()
    for line in ending.order.lines:
        for piece in line.slices:
            found[orders_pb2.SliceState.Name(piece.state).removeprefix("SLICE_STATE_")] += piece.quantity
    where = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
    return refunded == amount and found == units and _closed(ending), f"{refunded:.2f} refunded, {where}"


def _in_totes(ending: Ending) -> Finding:
    """The tote came whole, and its unit is on the shelf of the node where most comes of it."""
    came = [(tote.quantity, tote.received_quantity, len(tote.differences)) for tote in ending.totes]
    nodes = sorted(
        units.node_id
        for return_ in ending.returns
        for report in return_.dispositions
        for units in report.units
        if units.best_node
    )
    met = came == [(1, 1, 0)] and nodes == [plan.BEST_NODE]
    found = f"{came} announced, came, differ; sent on to {', '.join(nodes) or 'nowhere'}"
    return Finding(f"the tote came whole and its unit was sent on to {plan.BEST_NODE}", met, found)


def _promises(ending: Ending) -> Finding:
    """All that was delivered came by the day promised; customers whose units were sourced again were told another."""
    delivered = [order for order in ending.orders if order.arrived is not None]
    late = [order.reference for order in delivered if not order.kept]
    found = f"{len(delivered) - len(late)} of {len(delivered)} kept" + (f", late: {', '.join(late)}" if late else "")
    return Finding("every order arrived by the day that was promised", bool(delivered) and not late, found)


def _failing(ending: Ending, put_off: Sequence[str]) -> Finding:
    tracking = [parcel.tracking_number for order in ending.orders for work in order.work for parcel in work.shipments]
    met = bool(put_off) and len(set(tracking)) == len(tracking) > 0 and not ending.messages
    found = f"{len(put_off)} messages waited; {len(tracking)} parcels, each with a tracking number of its own"
    return Finding("the carrier failed for a night, then got every parcel", met, found)


def _endings(ending: Ending) -> Finding:
    odd = [order.reference for order in ending.orders if not _closed(order) and order.reference != plan.CANCELED]
    return Finding("all other orders were delivered and closed", not odd, ", ".join(odd) or "all closed")


def _money(ending: Ending) -> Finding:
    """What was captured, invoiced on terms or taken by the channel is what the customers pay."""
    odd = [order.reference for order in ending.orders if _collected(order) != _due(order)]
    return Finding("each order's money is its total, to the cent", not odd, ", ".join(odd) or "all equal")


def _collected(ending: OrderEnding) -> Decimal:
    return decimal(ending.payments.captured) + decimal(ending.payments.receivable)


def _due(ending: OrderEnding) -> Decimal:
    return Decimal() if ending.order.state == orders_pb2.ORDER_STATE_CANCELED else decimal(ending.order.grand_total)


def _claimed(ending: Ending) -> int:
    return sum(one.reserved + one.allocated for one in ending.stock)


def _closed(ending: OrderEnding) -> bool:
    return bool(ending.order.state == orders_pb2.ORDER_STATE_CLOSED)


def _left(by_node: Counter[str]) -> str:
    return ", ".join(f"{units} from {node}" for node, units in sorted(by_node.items())) or "nothing left"
