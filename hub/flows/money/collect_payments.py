"""Has customers pay what shipped and nothing covered: by their own card, which is authorized once more."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.money.authorizing import charge_difference
from hub.cases.returns.return_cases import reopen
from hub.cases.store import load, save
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.orders.errors import OrderNotFound
from hub.payments.errors import NothingToCollect
from hub.payments.model import Holder
from hub.payments.policy import in_flight, uncovered

FLOW = "collect_payments"


async def collect_payments(flow: FlowContext, order_ids: Sequence[UUID]) -> list[Case | Refusal]:
    """Has what nothing covered authorized; it is captured once that is done. A closed order is open until then.

    Refuses ORDER_NOT_FOUND, NOTHING_TO_COLLECT.
    """
    loaded = await load(flow, FLOW, order_ids)
    answers: list[Case | Refusal] = []
    for order_id in order_ids:
        case = loaded.cases.get(order_id)
        answers.append(
            OrderNotFound(f"There is no order {order_id}.", order_id=order_id) if case is None else _asked(flow, case)
        )
    await save(flow, FLOW, loaded)
    return answers


def _asked(flow: FlowContext, case: Case) -> Case | Refusal:
    amount = uncovered(case.payments)
    if amount <= 0:
        return _nothing(case, "Everything that shipped is covered.")
    if in_flight(case.payments):
        return _nothing(case, "A provider still owes an answer for this order; collect once it came.")
    if not any(one.holder is Holder.HUB for one in case.payments.instruments):
        return _nothing(case, "The order has no card that the hub may charge; collect it outside.")
    reopen(case, derived(case.order_id, "collect", case.order.version), flow.at)
    charge_difference(case, amount, flow.at, {Holder.HUB})
    return case


def _nothing(case: Case, why: str) -> NothingToCollect:
    return NothingToCollect(why, order_id=case.order_id)
