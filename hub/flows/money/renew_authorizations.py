"""Authorizations that end soon: what nodes work on is authorized again, what nothing needs is given back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.money.cover import renew
from hub.cases.store import load, save

FLOW = "renew_authorizations"


async def renew_authorizations(flow: FlowContext, order_ids: Sequence[UUID]) -> list[None]:
    """Renews what orders need of their authorizations that end, and gives back the others."""
    loaded = await load(flow, FLOW, order_ids)
    for case in loaded.cases.values():
        renew(case, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(order_ids)
