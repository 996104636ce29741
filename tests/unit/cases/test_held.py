"""Every scope of a hold with every operation: what it keeps while it is active, and nothing after it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.held import (
    held_credits,
    held_instrument,
    held_notice,
    held_to_draw,
    held_to_leave,
    holds_of_credit,
    kept_waiting,
    may_be_handed_over,
)
from hub.fulfillment.model import FulfillmentLine
from hub.holds.model import THE_ORDER, HoldPart, HoldScope, HoldStatus, Operation
from hub.payments.model import Payments
from hub.slices.lifecycle import SliceState
from hub.slices.model import Slice
from tests.rows.rooms.building import (
    fulfillment_order,
    hold,
    identity,
    instrument,
    order,
    shipment,
    slice_of,
)

WORK, OTHER_WORK = identity(3001), identity(3002)
CARD, GIFT = identity(7001), identity(7002)
CREDIT, RETURN = identity(9001), identity(9002)

PARTS = {
    HoldScope.ORDER: THE_ORDER,
    HoldScope.LINE: HoldPart(HoldScope.LINE, line_number=1, quantity=2),
    HoldScope.FULFILLMENT_ORDER: HoldPart(HoldScope.FULFILLMENT_ORDER, fulfillment_order_id=WORK),
    HoldScope.INSTRUMENT: HoldPart(HoldScope.INSTRUMENT, instrument_id=CARD),
}


def allocate(case: Case) -> Sequence[object]:
    """The whole order; waiting units of line 1 and of line 2 that are kept, of 3 and 3."""
    return [case.blocked(Operation.ALLOCATE) is not None, kept_waiting(case, 1), kept_waiting(case, 2)]


def release(case: Case) -> Sequence[object]:
    """The whole order; reserved units that go to their node, of 3 of line 1 and 3 of line 2."""
    takings = [(one, one.quantity) for one in case.slices if one.state is SliceState.RESERVED]
    handed = may_be_handed_over(case, takings)
    return [case.blocked(Operation.RELEASE) is not None, *(units(handed, number) for number in (1, 2))]


def ship(case: Case) -> Sequence[object]:
    """Parcels that may not leave: 1 and 2 of 3 units of line 1, line 2, of another fulfillment order."""
    sent = [(WORK, 1, 1), (WORK, 1, 2), (WORK, 2, 3), (OTHER_WORK, 3, 1)]
    return [held_to_leave(case, work, [FulfillmentLine(number, count)]) is not None for work, number, count in sent]


def capture(case: Case) -> Sequence[object]:
    """Parcels that are not paid: with one, then with two units of line 1, one of another; the card, the gift card."""
    parcels = [held_to_draw(case, identity(4000 + number)) is not None for number in (1, 2, 3)]
    return parcels + [held_instrument(case, Operation.CAPTURE, one) is not None for one in (CARD, GIFT)]


def refund(case: Case) -> Sequence[object]:
    """The whole order; credits of line 1, of line 3, of the return of the fulfillment order; card, gift card."""
    lines = [bool(holds_of_credit(case, [1], None)), bool(holds_of_credit(case, [3], None))]
    back = bool(holds_of_credit(case, [2], RETURN))
    cards = [held_instrument(case, Operation.REFUND, one) is not None for one in (CARD, GIFT)]
    return [case.blocked(Operation.REFUND) is not None, *lines, back, *cards]


def notify(case: Case) -> Sequence[object]:
    """Notices that wait: of the order, of line 1, of the fulfillment order, of another one with line 3."""
    told: list[tuple[UUID | None, tuple[int, ...]]] = [(None, ()), (None, (1,)), (WORK, ()), (OTHER_WORK, (3,))]
    return [held_notice(case, work, numbers) is not None for work, numbers in told]


O, L, F, I = HoldScope.ORDER, HoldScope.LINE, HoldScope.FULFILLMENT_ORDER, HoldScope.INSTRUMENT  # noqa: E741
CELLS: list[tuple[HoldScope, Operation, Callable[[Case], Sequence[object]], Sequence[object]]] = [
    (O, Operation.ALLOCATE, allocate, [True, 0, 0]),
    (L, Operation.ALLOCATE, allocate, [False, 2, 0]),
    (F, Operation.ALLOCATE, allocate, [False, 1, 0]),
    (I, Operation.ALLOCATE, allocate, [True, 0, 0]),
    (O, Operation.RELEASE, release, [True, 3, 3]),
    (L, Operation.RELEASE, release, [False, 1, 3]),
    (F, Operation.RELEASE, release, [False, 2, 3]),
    (I, Operation.RELEASE, release, [True, 3, 3]),
    (O, Operation.SHIP, ship, [True, True, True, True]),
    (L, Operation.SHIP, ship, [False, True, False, False]),
    (F, Operation.SHIP, ship, [True, True, True, False]),
    (I, Operation.SHIP, ship, [True, True, True, True]),
    (O, Operation.CAPTURE, capture, [True, True, True, False, False]),
    (L, Operation.CAPTURE, capture, [False, True, False, False, False]),
    (F, Operation.CAPTURE, capture, [True, True, False, False, False]),
    (I, Operation.CAPTURE, capture, [False, False, False, True, False]),
    (O, Operation.REFUND, refund, [True, False, False, False, False, False]),
    (L, Operation.REFUND, refund, [False, True, False, False, False, False]),
    (F, Operation.REFUND, refund, [False, False, False, True, False, False]),
    (I, Operation.REFUND, refund, [False, False, False, False, True, False]),
    (O, Operation.NOTIFY, notify, [True, True, True, True]),
    (L, Operation.NOTIFY, notify, [False, True, False, False]),
    (F, Operation.NOTIFY, notify, [False, False, True, False]),
    (I, Operation.NOTIFY, notify, [True, True, True, True]),
]


def test_every_scope_is_tried_with_every_operation() -> None:
    assert {(scope, operation) for scope, operation, _, _ in CELLS} == {
        (scope, operation) for scope in HoldScope for operation in Operation
    }


@pytest.mark.parametrize(
    ("scope", "operation", "probe", "kept"), CELLS, ids=[f"{one[0].value}-{one[1].value}" for one in CELLS]
)
def test_a_hold_keeps_what_it_is_of_from_its_operation_alone_until_it_ends(
    scope: HoldScope, operation: Operation, probe: Callable[[Case], Sequence[object]], kept: Sequence[object]
) -> None:
    free = probe(case_of(probe))
    held = with_hold(case_of(probe), PARTS[scope], frozenset({operation}))
    assert probe(held) == kept
    assert kept != free

    for status in (HoldStatus.RESOLVED, HoldStatus.REJECTED, HoldStatus.EXPIRED):
        held.holds = tuple(replace(one, status=status) for one in held.holds)
        assert probe(held) == free

    unasked = {one for one in Operation if one is not operation}
    if operation in {Operation.ALLOCATE, Operation.RELEASE}:
        unasked -= {Operation.ALLOCATE, Operation.RELEASE}
    assert probe(with_hold(case_of(probe), PARTS[scope], frozenset(unasked))) == free


def test_credits_that_a_hold_names_wait_until_it_ends() -> None:
    case = with_hold(case_of(refund), PARTS[HoldScope.LINE], frozenset({Operation.REFUND}))
    case.holds = tuple(replace(one, credit_ids=(CREDIT,)) for one in case.holds)
    assert held_credits(case) == {CREDIT}
    case.holds = tuple(replace(one, status=HoldStatus.RESOLVED) for one in case.holds)
    assert held_credits(case) == set()


def with_hold(case: Case, part: HoldPart, blocks: frozenset[Operation]) -> Case:
    fields = {name: getattr(part, name) for name in part.__struct_fields__}
    case.holds = (hold(blocks=blocks, **fields),)
    return case


def case_of(probe: object) -> Case:
    """An order of 4 units of line 1, 3 of line 2 and 1 of line 3, as far as the operation of a probe asks."""
    works = (
        fulfillment_order(number=1, lines=(FulfillmentLine(1, 1, "SHIRT"), FulfillmentLine(2, 3, "SHIRT"))),
        fulfillment_order(number=2, lines=(FulfillmentLine(3, 1, "SHIRT"),)),
    )
    return Case(
        order=order(),
        slices=tuple(slices_of(probe)),
        payments=Payments("EUR", (instrument(number=1), instrument(number=2)), ()),
        fulfillment_orders=works,
        shipments=(
            shipment(number=1, lines=(FulfillmentLine(1, 1, "SHIRT"),)),
            shipment(number=2, lines=(FulfillmentLine(1, 2, "SHIRT"),)),
            shipment(number=3, fulfillment_order_id=OTHER_WORK, lines=(FulfillmentLine(3, 1, "SHIRT"),)),
        ),
    )


def slices_of(probe: object) -> list[Slice]:
    """Waiting or reserved units, of which fulfillment order 1 gave one of line 1 back; or units at it, or gone."""
    if probe in {allocate, release}:
        state = SliceState.OPEN if probe is allocate else SliceState.RESERVED
        return [
            slice_of(1, 1, state=state, quantity=3),
            slice_of(1, 2, state=SliceState.RELEASED, quantity=3, line_number=2, fulfillment_order_id=WORK),
            slice_of(1, 3, state=state, quantity=3, line_number=2),
        ]
    state = SliceState.PACKED if probe is ship else SliceState.SHIPPED
    return [
        slice_of(1, 1, state=state, quantity=3, fulfillment_order_id=WORK),
        slice_of(1, 2, state=state, quantity=3, line_number=2, fulfillment_order_id=WORK, return_id=RETURN),
        slice_of(1, 3, state=state, quantity=1, line_number=3, fulfillment_order_id=OTHER_WORK),
    ]


def units(takings: list[tuple[Slice, int]], line_number: int) -> int:
    return sum(count for slice_, count in takings if slice_.line_number == line_number)
