"""Orders that go on when a hold is lifted: what was declined is asked for again, what waits or is owed is paid."""

from __future__ import annotations

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.holds import lift
from hub.cases.money.authorizing import authorize_again
from hub.cases.money.money import pay_withheld
from hub.cases.money.refunds import pay_credits
from hub.fulfillment.model import FulfillmentLine
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.instant import Instant
from hub.messages.notice import Template
from hub.messages.tasks import ConfirmOrder, ReleaseOrder
from hub.network.model import Channel
from hub.orders.lifecycle import OrderState


def go_on(
    case: Case, channel: Channel, held: Hold, note: str, at: Instant, status: HoldStatus = HoldStatus.RESOLVED
) -> None:
    """Lifts a hold and has the order go on: what a provider declined is asked for once more, what shipped is drawn,
    what is owed is paid out, and the customer is told what the hold kept from them.
    """
    withheld = next(one.withheld for one in case.holds if one.hold_id == held.hold_id)
    lift(case, held, status, note, at)
    for notice in withheld:
        about = notice.fulfillment_order_id, [FulfillmentLine(number, 0) for number in notice.line_numbers]
        outgoing.notify(case, channel, Template(notice.template), notice.subject, notice.values, about=about)
    if held.type is HoldType.PAYMENT:
        authorize_again(case, at)
    pay_withheld(case, at)
    pay_credits(case, channel, at)
    placed = case.order.state is OrderState.PLACED
    case.task(ConfirmOrder(case.order_id) if placed else ReleaseOrder(case.order_id))
