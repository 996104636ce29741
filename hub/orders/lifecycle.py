"""The life of an order as a whole. Progress of goods is counted in slices, never here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from hub.kernel.enums import QuickEnum
from hub.orders.errors import OrderActionNotAllowed


class OrderState(QuickEnum):
    """Life of an order."""

    PLACED = "PLACED"
    CONFIRMED = "CONFIRMED"
    CLOSED = "CLOSED"
    CANCELED = "CANCELED"
    REJECTED = "REJECTED"


class OrderAction(QuickEnum):
    """What moves an order."""

    CONFIRM = "CONFIRM"
    CLOSE = "CLOSE"
    CANCEL = "CANCEL"
    REJECT = "REJECT"
    REOPEN = "REOPEN"


TRANSITIONS: Final[Mapping[tuple[OrderState, OrderAction], OrderState]] = {
    (OrderState.PLACED, OrderAction.CONFIRM): OrderState.CONFIRMED,
    (OrderState.PLACED, OrderAction.CANCEL): OrderState.CANCELED,
    (OrderState.PLACED, OrderAction.REJECT): OrderState.REJECTED,
    (OrderState.CONFIRMED, OrderAction.CANCEL): OrderState.CANCELED,
    (OrderState.CONFIRMED, OrderAction.CLOSE): OrderState.CLOSED,
    (OrderState.CLOSED, OrderAction.REOPEN): OrderState.CONFIRMED,
}
"""(state, action) -> state."""

ENDED: Final = frozenset({OrderState.CLOSED, OrderState.CANCELED, OrderState.REJECTED})
"""States that are left only by return, claim or chargeback."""


def next_state(order_id: UUID, state: OrderState, action: OrderAction) -> OrderState:
    """The state after an action; raises OrderActionNotAllowed."""
    if target := TRANSITIONS.get((state, action)):
        return target
    allowed = sorted(known.value for before, known in TRANSITIONS if before is state)
    raise OrderActionNotAllowed(
        f"An order that is {state.value} cannot take {action.value}; allowed: {', '.join(allowed) or 'nothing'}.",
        order_id=order_id,
        state=state.value,
        action=action.value,
        allowed=",".join(allowed),
    )
