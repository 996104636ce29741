"""What the changes of every subject share: repeats about orders are answered from the orders as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.store import read
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.kernel.ids import text_of
from hub.orders.errors import OrderNotFound

R = TypeVar("R")


async def standing_cases(
    flow: FlowContext, stored: Sequence[Stored], answer: Callable[[Case, Mapping[str, Any]], R]
) -> list[R | Refusal]:
    """What repeats about orders get: made of the orders as they stand, and of what was stored."""
    found = await read(flow.tx, flow.scope, [UUID(one["order_id"]) for one in stored])
    return [
        answer(case, one) if (case := found.get(UUID(one["order_id"]))) else order_not_found(UUID(one["order_id"]))
        for one in stored
    ]


def order_not_found(order_id: UUID) -> OrderNotFound:
    """No such order in the caller's scope."""
    return OrderNotFound(f"There is no order {order_id}; list orders to find its id.", order_id=order_id)


def order_outcome(case: Case) -> Stored:
    """Return what is stored of an answer that is an order."""
    return {"order_id": text_of(case.order_id)}
