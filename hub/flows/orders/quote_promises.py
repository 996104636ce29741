"""Quotes when goods would arrive if ordered now, from free stock, cut-offs, calendars and transit; claims nothing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.intake.planning import FreeStock, Routes, plan_demands
from hub.cases.intake.waiting import set_aside
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.kernel.errors import Refusal
from hub.network.policy import channel_seen
from hub.promising.model import Promise
from hub.sourcing.model import Demand


class PromiseRequest(Struct, frozen=True):
    """What is asked for: (sku, units) each, to a country, by a service (empty: the channel's own)."""

    channel_id: str
    country: str
    lines: tuple[tuple[str, int], ...]
    service_code: str = ""


async def quote_promises(flow: FlowContext, requests: Sequence[PromiseRequest]) -> list[tuple[Promise, ...] | Refusal]:
    """Quotes requests, each alone, from one reading of stock. Refuses UNKNOWN_SKU, UNKNOWN_CHANNEL."""
    skus = sorted({sku for request in requests for sku, _ in request.lines})
    known = await catalog.load(flow.tx, skus)
    free = await FreeStock.read(flow.tx, skus)
    routes = Routes(flow.network, flow.at)
    await set_aside(flow, routes, free)
    return [_quoted(flow, routes, request, frozenset(known), free) for request in requests]


def _quoted(
    flow: FlowContext, routes: Routes, request: PromiseRequest, known: frozenset[str], free: FreeStock
) -> tuple[Promise, ...] | Refusal:
    try:
        channel = channel_seen(flow.network, flow.scope, request.channel_id, "ask about")
    except Refusal as refusal:
        return refusal
    for sku, _ in request.lines:
        if sku not in known:
            return UnknownSku(f"{sku} is not in the catalog.", sku=sku)
    service_code = request.service_code or channel.default_service_code
    demands = [Demand(number, sku, units) for number, (sku, units) in enumerate(request.lines, 1)]
    plan = plan_demands(
        routes,
        channel,
        country=request.country,
        service_code=service_code,
        demands=demands,
        free=free,
        excluded={},
    )
    skus = {demand.line_number: demand.sku for demand in demands}
    return tuple(
        Promise(
            skus[assignment.line_number],
            assignment.quantity,
            assignment.node_id,
            routes.promised(assignment.node_id, request.country, service_code) if assignment.node_id else None,
        )
        for assignment in plan.assignments
    )
