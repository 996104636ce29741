"""AdoptionService: orders of an old system, taken over chunk by chunk, or looked at without taking them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

from crossdock.orders.v1 import adoption_service_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.orders.changes import ADOPT_ORDERS
from hub.cases.adoption.adoption import Adoption
from hub.cases.case import Case
from hub.cases.stock.stock import changes_of
from hub.cases.store import read
from hub.flows.orders.adopt_orders import Planned, lacking, plan, repeated
from hub.inventory import operations as inventory
from hub.inventory.model import Stock, StockChange, StockKey
from hub.inventory.policy import admitted, touched
from hub.kernel.errors import InvalidField, Refusal, inside
from hub.orders import operations as orders
from hub.orders.model import Existing
from hub.wire.orders.adoption import Report, adoption_from_pb
from hub.wire.orders.orders import order_fields
from hub.wire.refusals import refusal_to_pb

MOST_ORDERS: Final = 256
"""Orders in a chunk."""


class AdoptionService:
    """Adopts orders that another system has placed, and partly worked, as facts."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def AdoptOrders(
        self, requests: AsyncIterator[pb.AdoptOrdersRequest], call: Call
    ) -> AsyncIterator[pb.AdoptOrdersResponse]:
        """Takes orders chunk by chunk; each stands alone."""
        report, rehearsal = Report(), Rehearsal(self._deps)
        async for chunk in requests:
            if not 1 <= len(chunk.orders) <= MOST_ORDERS:
                raise InvalidField(f"A chunk has 1 to {MOST_ORDERS} orders.", orders=f"has {len(chunk.orders)}")
            read_ = [_read(request, call) for request in chunk.orders]
            answers = await (rehearsal.answers(read_, call) if chunk.dry_run else self._adopt(chunk, read_, call))
            for answer in answers:
                report.add(answer)
            results = [_result(request, answer) for request, answer in zip(chunk.orders, answers, strict=True)]
            yield pb.AdoptOrdersResponse(results=results, report=report.to_pb())

    async def _adopt(
        self, chunk: pb.AdoptOrdersRequest, read_: Sequence[Adoption | Refusal], call: Call
    ) -> list[Case | Refusal]:
        """Hands the orders to the gate, which adopts many in one transaction."""
        waiting: list[asyncio.Future[Sequence[Case | Refusal]] | Refusal] = []
        for request, adoption in zip(chunk.orders, read_, strict=True):
            try:
                if isinstance(adoption, Refusal):
                    raise adoption
                asked = call.asked(request, request.request_id)
                waiting.append(self._deps.gate.submit(ADOPT_ORDERS, asked, [adoption]))
            except Refusal as refusal:
                waiting.append(refusal)
        return [one if isinstance(one, Refusal) else await _settled(one) for one in waiting]


async def _settled(answer: asyncio.Future[Sequence[Case | Refusal]]) -> Case | Refusal:
    try:
        return (await answer)[0]
    except Refusal as refusal:
        return refusal


class Rehearsal:
    """Says what a stream of adoptions would come to, from what is read: stock that one order claims is gone for the
    next, and a reference that one order takes is taken.
    """

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps
        self._stock: dict[StockKey, Stock] = {}
        self._made: dict[tuple[str, str], Case] = {}

    async def answers(self, adoptions: Sequence[Adoption | Refusal], call: Call) -> list[Case | Refusal]:
        """One answer per order; nothing is written."""
        sound = [adoption for adoption in adoptions if isinstance(adoption, Adoption)]
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            planned = await plan(flow, sound)
            references = [(one.draft.channel_id, one.draft.channel_reference) for one in sound]
            known = await orders.find_by_reference(tx, call.scope, references)
            standing = await read(tx, call.scope, list(known.values()))
            keys = {key for one in planned if isinstance(one.made, Case) for key in touched(_claims(one.made))}
            self._stock = await inventory.read(tx, keys - self._stock.keys()) | self._stock
        here = {reference: standing[order_id] for reference, order_id in known.items() if order_id in standing}
        judged = iter([self._judged(one, here) for one in planned])
        return [adoption if isinstance(adoption, Refusal) else next(judged) for adoption in adoptions]

    def _judged(self, planned: Planned, here: dict[tuple[str, str], Case]) -> Case | Refusal:
        case, draft = planned.made, planned.adoption.draft
        if isinstance(case, Refusal):
            return case
        reference = (draft.channel_id, draft.channel_reference)
        if (stands := here.get(reference) or self._made.get(reference)) is not None:
            existing = Existing(stands.order_id, stands.order.content_hash)
            return repeated(draft, existing, {stands.order_id: stands}, case)
        admission = admitted(self._stock, [_claims(case)])
        if (shortage := admission.outcomes[0]) is not None:
            return lacking(case, shortage)
        self._stock |= admission.after
        self._made[reference] = case
        return case


def _claims(case: Case) -> list[StockChange]:
    return changes_of(case.effects.moves)


def _read(request: pb.AdoptOrderRequest, call: Call) -> Adoption | Refusal:
    try:
        call.refuse_flawed(request)
        with inside("order"):
            return adoption_from_pb(request.order)
    except Refusal as refusal:
        return refusal


def _result(request: pb.AdoptOrderRequest, answer: Case | Refusal) -> pb.AdoptOrdersResult:
    reference = request.order.order.channel_reference
    if isinstance(answer, Refusal):
        return pb.AdoptOrdersResult(
            request_id=request.request_id, channel_reference=reference, refusal=refusal_to_pb(answer)
        )
    return pb.AdoptOrdersResult(request_id=request.request_id, channel_reference=reference, order=order_fields(answer))
