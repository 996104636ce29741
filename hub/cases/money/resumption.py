"""Orders that go on when a hold is lifted: what was declined is asked for again, what waits or is owed is paid."""

from __future__ import annotations

from hub.cases.case import Case
from hub.cases.holds import lift
from hub.cases.money.money import authorize_again, pay_withheld
from hub.cases.money.refunds import pay_credits
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.instant import Instant
from hub.messages.tasks import ConfirmOrder, ReleaseOrder
from hub.network.model import Channel
from hub.orders.lifecycle import OrderState


def go_on(case: Case, channel: Channel, held: Hold, note: str, at: Instant) -> None:
    """Lifts a hold and has the order go on: what a provider declined is asked for once more, what shipped is drawn,
    what is owed is paid out.
    """
    lift(case, held, HoldStatus.RESOLVED, note, at)
    if held.type is HoldType.PAYMENT:
        authorize_again(case, at)
    pay_withheld(case, at)
    pay_credits(case, channel, at)
    placed = case.order.state is OrderState.PLACED
    case.task(ConfirmOrder(case.order_id) if placed else ReleaseOrder(case.order_id))
