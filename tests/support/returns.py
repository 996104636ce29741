"""Returns as tests ask for and report them: through the gate, as the product does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from hub.api.returns.return_changes import (
    AUTHORIZE_RETURNS,
    DISPOSE_RETURNS,
    INSPECT_RETURNS,
    PUT_RETURN_POLICIES,
    RECEIVE_RETURNS,
)
from hub.cases.case import Case
from hub.cases.returns.return_cases import ReturnResult
from hub.orders.model import Draft
from hub.returns import operations as returns
from hub.returns.model import (
    Disposed,
    Disposition,
    DispositionReport,
    Inspected,
    Inspection,
    Outcome,
    Receipt,
    Received,
    ReturnLine,
    ReturnPolicies,
    ReturnPolicy,
    ReturnRequest,
    Verdict,
)
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.world import World

NODE = "DC-NL"


async def delivered(world: World, placed: Draft, *, days: int = 2) -> Case:
    """Places an order and lets it be shipped, delivered and closed."""
    case = await world.place(placed)
    await world.advance(timedelta(days=days))
    return await world.case(case.order_id)


async def policy(world: World, **changes: Any) -> None:
    """Puts one policy in force for all channels."""
    await world.ask(PUT_RETURN_POLICIES, ReturnPolicies(0, (ReturnPolicy("usual", **changes),)))


def request(order_id: UUID, quantity: int = 1, line_number: int = 1, **changes: Any) -> ReturnRequest:
    """Units of one line to send back."""
    return ReturnRequest(order_id, (ReturnLine(line_number, quantity),), **changes)


async def authorize(world: World, asked: ReturnRequest) -> ReturnResult:
    """Asks for permission; raises the refusal."""
    return await world.ask(AUTHORIZE_RETURNS, asked)


async def receive(
    world: World, back: ReturnResult, quantity: int = 1, *, line_number: int = 1, **changes: Any
) -> ReturnResult:
    """Units come to a node."""
    given: dict[str, Any] = {"outcome": Outcome.AS_EXPECTED, "node_id": NODE, "found_sku": ""} | changes
    reference, at = str(given.pop("reference", world.identity())), await world.now()
    units = (Received(reference, 1, line_number, quantity, at=at, **given),)
    return await world.ask(RECEIVE_RETURNS, Receipt(back.rma.return_id, reference, given["node_id"], units, at))


async def inspect(
    world: World,
    back: ReturnResult,
    verdict: Verdict = Verdict.ACCEPTED,
    quantity: int = 1,
    *,
    line_number: int = 1,
    **changes: Any,
) -> ReturnResult:
    """Units are looked at."""
    reference, at = str(changes.pop("reference", world.identity())), await world.now()
    currency = changes.pop("currency", "EUR" if changes.get("reduction_minor") else "")
    units = (Inspected(reference, 1, line_number, quantity, verdict, at, **changes),)
    return await world.ask(INSPECT_RETURNS, Inspection(back.rma.return_id, reference, units, at, currency))


async def dispose(
    world: World,
    back: ReturnResult,
    disposition: Disposition = Disposition.RESTOCK,
    quantity: int = 1,
    *,
    line_number: int = 1,
    node_id: str = "",
    reference: str = "",
    best_node: bool = False,
) -> ReturnResult:
    """It is decided what happens to units."""
    reference, at = reference or str(world.identity()), await world.now()
    units = (Disposed(reference, 1, line_number, quantity, disposition, node_id, at, best_node),)
    return await world.ask(DISPOSE_RETURNS, DispositionReport(back.rma.return_id, reference, units, at))


async def bring_back(world: World, order_id: UUID, quantity: int = 1, **changes: Any) -> ReturnResult:
    """Units come back, are accepted and put on the shelf, and what follows is done."""
    back = await authorize(world, request(order_id, quantity, **changes))
    line_number = changes.get("line_number", 1)
    await receive(world, back, quantity, line_number=line_number)
    await inspect(world, back, quantity=quantity, line_number=line_number)
    back = await dispose(world, back, quantity=quantity, line_number=line_number)
    await world.settle()
    return back


def credited(back: ReturnResult) -> Sequence[int]:
    """Amounts of the credits of a return, in minor units."""
    return [one.total_minor for one in back.credits]


async def sold(world: World, quantity: int) -> Case:
    """An order of shirts at 50.00 each, delivered, with 10 on the shelf before."""
    await world.stock("SHIRT", NODE, 10)
    return await delivered(world, draft("W-1", [line("SHIRT", quantity, "50.00")]))


async def withdrawn(world: World, order_id: UUID) -> ReturnResult:
    """The return that a withdrawal from an order opened."""
    async with world.database.reading() as tx:
        (rma,) = (await returns.load(tx, [order_id]))[order_id]
    return ReturnResult(await world.case(order_id), rma)


async def states(world: World, order_id: UUID) -> dict[SliceState, int]:
    """Units of an order by state."""
    found: dict[SliceState, int] = {}
    for one in (await world.case(order_id)).slices:
        found[one.state] = found.get(one.state, 0) + one.quantity
    return found


async def balance(world: World, account: str) -> int:
    """What an account of the ledger stands at, in minor units; debit is positive."""
    rows = await world.rows("SELECT sum(amount_minor) AS total FROM entry WHERE account = %(account)s", account=account)
    return int(rows[0]["total"] or 0)
