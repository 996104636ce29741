"""Orders that wait for the limit of a credit account: each goes on, or is held with the reason why not."""

from __future__ import annotations

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.credit import active_holds, count, hold_for_credit
from hub.cases.money.resumption import go_on
from hub.credit.model import AccountKey, CreditAccount, CreditUse
from hub.credit.policy import granted
from hub.kernel.money import Money
from hub.messages.events.money import CreditChecked
from hub.messages.tasks import ConfirmOrder
from hub.orders.lifecycle import OrderState
from hub.orders.model import Check, CheckState
from hub.orders.policy import checked


def let_go(
    flow: FlowContext, case: Case, use: CreditUse, accounts: dict[AccountKey, CreditAccount], note: str
) -> CreditUse:
    """Counts all that an order takes, and has it go on; returns what it takes then.

    `note` says why in the timeline, where it was held.
    """
    now = granted(use)
    count(accounts, now, use.needed_minor)
    pass_check(case)
    amount = Money(now.counted_minor, case.order.currency)
    case.happened(CreditChecked(amount=amount, credit_account_id=use.credit_account_id), flow.at)
    channel = flow.network.channel(case.order.channel_id)
    holds = active_holds(case)
    for one in holds:
        go_on(case, channel, one, note, flow.at)
    if not holds and case.order.state is OrderState.PLACED:
        case.task(ConfirmOrder(case.order_id))
    return now


def keep_back(flow: FlowContext, case: Case, why: str) -> None:
    """Puts an order that the limit does not let on hold, unless it is on it already."""
    pass_check(case)
    hold_for_credit(case, why, flow.at)


def pass_check(case: Case) -> None:
    """Notes that the credit of an order was looked at: from then on a hold says whether it may go on."""
    if case.order.checks.get(Check.CREDIT) is CheckState.PENDING:
        case.order = checked(case.order, Check.CREDIT, CheckState.PASSED)
