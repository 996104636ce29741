"""Orders of new demand that wait for the goods they are exchanged for, or for the difference to be authorized."""

from __future__ import annotations

from hub.cases.case import Case
from hub.cases.holds import lift
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.instant import Instant
from hub.messages.tasks import ConfirmOrder, ReleaseOrder
from hub.orders.lifecycle import ENDED, OrderState
from hub.payments.model import Holder
from hub.payments.policy import unauthorized


def waiting_exchange(case: Case) -> Hold | None:
    """Return the hold under which the order of an exchange waits; None where there is none."""
    return next(
        (one for one in case.holds if one.type is HoldType.CUSTOMER_CHANGE and one.status is HoldStatus.ACTIVE), None
    )


def go_on_with_exchange(case: Case, held: Hold, at: Instant) -> None:
    """Lift the hold: the goods came back, and all that they do not bring is paid for."""
    lift(case, held, HoldStatus.RESOLVED, "the goods came back", at)
    placed = case.order.state is OrderState.PLACED
    case.task(ConfirmOrder(case.order_id) if placed else ReleaseOrder(case.order_id))


def difference_authorized(case: Case, at: Instant) -> None:
    """Have the order of an exchange go on once the goods came back and all its instruments are authorized."""
    goods = [one for one in case.payments.instruments if one.holder is Holder.RETURN]
    held = waiting_exchange(case)
    came = bool(goods) and all(one.token for one in goods)
    if held is not None and came and case.order.state not in ENDED and not unauthorized(case.payments):
        go_on_with_exchange(case, held, at)
