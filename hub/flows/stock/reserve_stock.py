"""Reserves stock for carts: nothing -> LIVE, units claimed at nodes, taken back when their time is over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from hub.cases.context import FlowContext
from hub.cases.intake.reserving import ReservationDraft, answer_of, tell_reserved, wanted_of
from hub.cases.intake.waiting import left_by_waiting
from hub.inventory.model.reservation import (
    Reservation,
    Wanted,
)
from hub.inventory.operations import reservations
from hub.kernel.errors import Refusal


async def reserve_stock(flow: FlowContext, drafts: Sequence[ReservationDraft]) -> list[Reservation | Refusal]:
    """Makes reservations, in order, each whole or not at all.

    Refuses UNKNOWN_CHANNEL, UNKNOWN_NODE, UNKNOWN_SKU, INSUFFICIENT_STOCK, RESERVATION_TOO_LONG,
    RESERVATION_LIMIT_REACHED. Answers PlanStale where units went while they were chosen: then it asks once more, and
    chooses under the locks of all rows that might give some.
    """
    wanted = await _all_wanted(flow, drafts)
    sound = [one for one in wanted if isinstance(one, Wanted)]
    ahead = partial(left_by_waiting, flow)
    done = await reservations.reserve(flow.tx, sound, at=flow.at, final=flow.last, set_aside=ahead) if sound else []
    answers = iter(answer_of(flow, one) for one in done)
    result = [one if isinstance(one, Refusal) else next(answers) for one in wanted]
    await tell_reserved(flow, [one for one in result if isinstance(one, Reservation)])
    return result


async def choose_optimistically(flow: FlowContext, drafts: Sequence[ReservationDraft]) -> list[Wanted | None]:
    """Where the units of reservations come from, as read; None for those that lack units or are refused."""
    wanted = await _all_wanted(flow, drafts)
    sound = [one for one in wanted if isinstance(one, Wanted)]
    chosen = iter(await reservations.choose(flow.tx, sound, set_aside=partial(left_by_waiting, flow)))
    return [next(chosen) if isinstance(one, Wanted) else None for one in wanted]


async def reserve_optimistically(flow: FlowContext, chosen: Sequence[Wanted]) -> list[Reservation]:
    """Makes reservations of units that are assumed to be there, claimed last of all, by holders who may hold them."""
    await reservations.make(flow.tx, chosen, at=flow.at)
    made = [one.reservation for one in chosen]
    await tell_reserved(flow, made)
    return made


async def _all_wanted(flow: FlowContext, drafts: Sequence[ReservationDraft]) -> list[Wanted | Refusal]:
    items = await flow.items.load(flow.tx, {sku for draft in drafts for sku, _ in draft.lines})
    return [wanted_of(flow, draft, items) for draft in drafts]
