"""Orders on the wire, and how much of them is done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.orders.v1.orders_pb2 import EXTENT_COMPLETE, EXTENT_NONE, EXTENT_OVER, EXTENT_PARTIAL
from hub.cases.case import Case
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.kernel.errors import InvalidField
from hub.orders.lifecycle import OrderState
from hub.orders.model import CancelRequest, OrderFilter
from hub.payments.model import TransactionKind, TransactionState
from hub.slices.lifecycle import SliceState
from hub.wire.orders.orders import (
    HOLD_STATUSES,
    HOLD_TYPES,
    ORDER_STATES,
    SLICE_STATES,
    cancel_from_pb,
    filter_from_pb,
    order_fields,
)
from hub.wire.orders.rollups import roll_ups
from hub.wire.prices import minor_to_pb
from tests.wire.cases import AT, ORDER, case, transaction

S = SliceState


def order_of(shown: Case) -> orders_pb2.Order:
    return orders_pb2.Order(**order_fields(shown))


@pytest.mark.parametrize("names", [ORDER_STATES, SLICE_STATES, HOLD_TYPES, HOLD_STATUSES])
def test_the_contract_has_every_state_of_the_rooms(names: object) -> None:
    kinds = {id(ORDER_STATES): OrderState, id(SLICE_STATES): S, id(HOLD_TYPES): HoldType, id(HOLD_STATUSES): HoldStatus}

    assert not [member for member in kinds[id(names)] if member not in names]  # type: ignore[operator]


def test_an_order_is_shown_with_its_lines_progress_and_sums() -> None:
    order = order_of(case((S.SHIPPED, 1), (S.RESERVED, 2), promises={1: AT}))

    (line,) = order.lines
    assert (order.order_id, order.state, order.version) == (str(ORDER), orders_pb2.ORDER_STATE_CONFIRMED, 4)
    assert order.trace_id == ORDER.hex
    assert order.grand_total == minor_to_pb(3497, "EUR")
    assert (line.unit_price, line.line_total) == (minor_to_pb(999, "EUR"), minor_to_pb(2997, "EUR"))
    assert [(one.state, one.quantity, one.node_id) for one in line.slices] == [
        (orders_pb2.SLICE_STATE_SHIPPED, 1, "DC-NL"),
        (orders_pb2.SLICE_STATE_RESERVED, 2, "DC-NL"),
    ]
    assert line.promised_time.ToJsonString() == "2026-03-03T09:00:00Z"
    assert not line.HasField("customs")
    (charge,) = order.charges
    assert (charge.amount, charge.taxes[0].amount) == (minor_to_pb(500, "EUR"), minor_to_pb(87, "EUR"))
    assert charge.taxes[0].included


def test_holds_are_shown_with_what_they_block() -> None:
    held = case((S.RESERVED, 3))
    held.put_hold(
        Hold(
            ORDER, ORDER, HoldType.MANUAL, HoldStatus.ACTIVE, "odd", frozenset({Operation.SHIP, Operation.CAPTURE}), AT
        )
    )

    (hold,) = order_of(held).holds

    assert (hold.type, hold.status) == (orders_pb2.HOLD_TYPE_MANUAL, orders_pb2.HOLD_STATUS_ACTIVE)
    assert (hold.reason, list(hold.blocks), hold.HasField("expire_time")) == ("odd", ["capture", "ship"], False)


@pytest.mark.parametrize(
    ("slices", "shipped", "delivered"),
    [
        ([(S.RESERVED, 3)], EXTENT_NONE, EXTENT_NONE),
        ([(S.SHIPPED, 1), (S.PACKED, 2)], EXTENT_PARTIAL, EXTENT_NONE),
        ([(S.SHIPPED, 2), (S.DELIVERED, 1)], EXTENT_COMPLETE, EXTENT_PARTIAL),
        ([(S.DELIVERED, 2), (S.CANCELED, 1)], EXTENT_COMPLETE, EXTENT_COMPLETE),
        ([(S.CANCELED, 3)], EXTENT_NONE, EXTENT_NONE),
    ],
)
def test_goods_are_counted_without_what_was_canceled(
    slices: list[tuple[SliceState, int]], shipped: orders_pb2.Extent, delivered: orders_pb2.Extent
) -> None:
    extents = roll_ups(case(*slices))

    assert (extents.shipped, extents.delivered) == (shipped, delivered)


@pytest.mark.parametrize(
    ("authorized", "captured", "extents"),
    [
        (0, 0, (EXTENT_NONE, EXTENT_NONE)),
        (3497, 0, (EXTENT_COMPLETE, EXTENT_NONE)),
        (3000, 1499, (EXTENT_PARTIAL, EXTENT_PARTIAL)),
        (3497, 3497, (EXTENT_COMPLETE, EXTENT_COMPLETE)),
        (3498, 3498, (EXTENT_OVER, EXTENT_OVER)),
    ],
)
def test_money_is_counted_against_what_the_customer_pays(
    authorized: int, captured: int, extents: tuple[orders_pb2.Extent, orders_pb2.Extent]
) -> None:
    steps = [
        transaction(TransactionKind.AUTHORIZATION, authorized),
        transaction(TransactionKind.CAPTURE, captured, number=101),
        transaction(TransactionKind.CAPTURE, 777, TransactionState.UNKNOWN, number=102),
    ]

    found = roll_ups(case((S.RESERVED, 3), transactions=steps))

    assert (found.authorized, found.charged) == extents


def test_an_order_canceled_in_part_is_paid_once_the_rest_is() -> None:
    captured = transaction(TransactionKind.CAPTURE, 2 * 999 + 500)

    assert roll_ups(case((S.SHIPPED, 2), (S.CANCELED, 1), transactions=[captured])).charged == EXTENT_COMPLETE


@given(st.lists(st.tuples(st.sampled_from(S), st.integers(1, 9)), max_size=6))
def test_any_progress_can_be_shown(slices: list[tuple[SliceState, int]]) -> None:
    order = order_of(case(*slices))

    assert sum(one.quantity for one in order.lines[0].slices) == sum(quantity for _, quantity in slices)


def test_a_cancellation_names_units_and_reason() -> None:
    message = order_service_pb2.CancelLinesRequest(order_id=str(ORDER), reason="changed")
    message.lines.add(line_number=1, quantity=2)

    assert cancel_from_pb(message) == CancelRequest(ORDER, "changed", ((1, 2),))


def test_a_listing_asks_for_what_is_given() -> None:
    message = order_service_pb2.ListOrdersRequest(sku="A", state=orders_pb2.ORDER_STATE_PLACED, exception_reason="*")

    assert filter_from_pb(message, b"x") == OrderFilter(
        sku="A", state=OrderState.PLACED, exception_reason="*", email_index=b"x"
    )


def test_a_state_that_the_contract_lacks_is_refused() -> None:
    with pytest.raises(InvalidField) as refused:
        filter_from_pb(order_service_pb2.ListOrdersRequest(state=99), b"")  # type: ignore[arg-type]

    assert list(refused.value.metadata) == ["state"]
