"""Quotes how goods could be delivered if ordered now, and keeps quotes that an order may name.

A kept quote claims nothing unless stock is to be held for it: then reservations hold what is free now until it expires.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.intake.quotes import PromiseRequest, Quoted, quoted
from hub.cases.intake.reserving import ReservationDraft, answer_of, tell_reserved, wanted_of
from hub.cases.intake.waiting import left_by_waiting
from hub.inventory.model import StockKey
from hub.inventory.model.reservation import Reservation, ReservationKind, Wanted
from hub.inventory.operations import reservations
from hub.kernel.errors import Refusal
from hub.promising import operations as promising
from hub.promising.model import FrozenQuote, PromiseQuote


class Freeze(Struct, frozen=True):
    """A quote to keep; `hold_stock`: units that are free now are reserved until it expires."""

    request: PromiseRequest
    hold_stock: bool = False


async def quote_promises(
    flow: FlowContext, requests: Sequence[PromiseRequest]
) -> list[tuple[PromiseQuote, ...] | Refusal]:
    """Quotes requests, each alone; claims nothing and keeps nothing. Refuses UNKNOWN_SKU, UNKNOWN_CHANNEL."""
    answers = await quoted(flow, requests)
    return [one if isinstance(one, Refusal) else tuple(made.quote for made in one) for one in answers]


async def freeze_promises(flow: FlowContext, freezes: Sequence[Freeze]) -> list[FrozenQuote | Refusal]:
    """Keeps quotes, one per request, whose lines are one order.

    Refuses UNKNOWN_SKU, UNKNOWN_CHANNEL; where stock is to be held INSUFFICIENT_STOCK, RESERVATION_LIMIT_REACHED,
    RESERVATION_TOO_LONG.
    """
    answers = await quoted(flow, [freeze.request for freeze in freezes])
    frozen: list[FrozenQuote | Refusal] = []
    for freeze, answer in zip(freezes, answers, strict=True):
        frozen.append(answer if isinstance(answer, Refusal) else await _frozen(flow, freeze, answer[0]))
    await promising.insert(flow.tx, [one for one in frozen if isinstance(one, FrozenQuote)])
    return frozen


async def _frozen(flow: FlowContext, freeze: Freeze, made: Quoted) -> FrozenQuote | Refusal:
    held = await _held(flow, freeze.request, made) if freeze.hold_stock and made.free_now else ()
    if isinstance(held, Refusal):
        return held
    return FrozenQuote(
        quote_id=flow.new_id(),
        channel_id=freeze.request.channel_id,
        principal=flow.scope.principal,
        country=freeze.request.country,
        demand_class=freeze.request.demand_class,
        quote=made.quote,
        zone_id=freeze.request.destination(flow.network).zone_id,
        reservation_ids=held,
    )


async def _held(flow: FlowContext, request: PromiseRequest, made: Quoted) -> tuple[UUID, ...] | Refusal:
    """Reserve the units that are free now, at each of their nodes; all of them or none."""
    items = await flow.items.load(flow.tx, {sku for sku, _ in made.free_now})
    wanted: list[Wanted] = []
    for node_id, lines in _by_node(made.free_now).items():
        ttl = made.quote.expires_at - flow.at
        one = wanted_of(flow, ReservationDraft(request.channel_id, lines, ReservationKind.BOUND, node_id, ttl), items)
        if isinstance(one, Refusal):
            return one
        wanted.append(one)
    ahead = partial(left_by_waiting, flow)
    done = await reservations.reserve(flow.tx, wanted, at=flow.at, final=True, set_aside=ahead)
    answers = [answer_of(flow, one) for one in done]
    held = [one for one in answers if isinstance(one, Reservation)]
    for refusal in answers:
        if isinstance(refusal, Refusal):
            whole: Mapping[str, int] = {}
            await reservations.release(flow.tx, flow.scope, [(one.reservation_id, whole) for one in held], at=flow.at)
            return refusal
    await tell_reserved(flow, held)
    return tuple(one.reservation_id for one in held)


def _by_node(units: Mapping[StockKey, int]) -> dict[str, tuple[tuple[str, int], ...]]:
    nodes: dict[str, tuple[tuple[str, int], ...]] = {}
    for (sku, node_id), count in sorted(units.items()):
        nodes[node_id] = (*nodes.get(node_id, ()), (sku, count))
    return nodes
