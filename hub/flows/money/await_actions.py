"""Customers who have to confirm an authorization: where, until when, and what becomes of it when they do not."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.deadlines import CUSTOMER_ACTION
from hub.cases.partner_answers.authorizations import AuthorizationAnswer, authorized
from hub.cases.partner_answers.settlements import OPEN, transaction_of
from hub.cases.store import load, save
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.events.money import PaymentActionRequired
from hub.messages.timers import CustomerActionDue

FLOW = "await_actions"
NOT_CONFIRMED = "ACTION_EXPIRED"
"""Failure code of an authorization that the customer did not confirm in time."""


class ActionAsked(Struct, frozen=True):
    """Where a customer confirms an authorization, and until when; None where the provider states no end."""

    order_id: UUID
    transaction_id: UUID
    url: str
    until: Instant | None = None


async def await_actions(flow: FlowContext, asked: Sequence[ActionAsked]) -> list[None]:
    """Tells channels where customers confirm; what is told again, or answered meanwhile, changes nothing."""
    loaded = await load(flow, FLOW, [one.order_id for one in asked])
    for one in asked:
        if case := loaded.cases.get(one.order_id):
            _await(case, one, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(asked)


async def end_actions(flow: FlowContext, due: Sequence[CustomerActionDue]) -> list[None]:
    """Declines authorizations that customers did not confirm in time."""
    loaded = await load(flow, FLOW, [one.order_id for one in due])
    for one in due:
        if case := loaded.cases.get(one.order_id):
            answer = AuthorizationAnswer(one.order_id, one.transaction_id, declined_code=NOT_CONFIRMED)
            authorized(case, flow.network.channel(case.order.channel_id), answer, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(due)


def _await(case: Case, asked: ActionAsked, at: Instant) -> None:
    requested = transaction_of(case, asked.transaction_id)
    if requested is None or requested.state not in OPEN or requested.action_url:
        return
    due_at = min(asked.until or at + CUSTOMER_ACTION.span, at + CUSTOMER_ACTION.span)
    case.put_transaction(replace(requested, action_url=asked.url))
    case.set_timer(CustomerActionDue(asked.transaction_id, due_at, case.order_id))
    amount = Money(requested.amount_minor, case.order.currency)
    facts = PaymentActionRequired(amount=amount, transaction_id=asked.transaction_id, url=asked.url, due_time=due_at)
    case.happened(facts, at)
