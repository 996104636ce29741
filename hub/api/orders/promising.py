"""PromisingService: how and by when goods would reach the customer, and quotes that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from crossdock.promising.v1 import promising_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.cases.context import FlowContext
from hub.flows.orders.quote_promises import Freeze, freeze_promises, quote_promises
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import InvalidField, Refusal, inside
from hub.promising import operations as promising
from hub.promising.errors import QuoteNotFound
from hub.promising.model import FrozenQuote
from hub.wire.orders.promising import frozen_to_pb, quote_to_pb, request_from_pb


def _stored(frozen: FrozenQuote) -> Stored:
    return {"quote_id": str(frozen.quote_id)}


async def _standing(flow: FlowContext, stored: Sequence[Stored]) -> list[FrozenQuote | Refusal]:
    ids = [UUID(one["quote_id"]) for one in stored]
    kept = await promising.load(flow.tx, ids)
    return [kept.get(quote_id) or QuoteNotFound("The quote is forgotten; freeze another.") for quote_id in ids]


FREEZE_PROMISE: Final[Change[Freeze, FrozenQuote]] = Change("FreezePromise", freeze_promises, _stored, _standing)


class PromisingService:
    """Quotes delivery dates."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def QuotePromises(self, request: pb.QuotePromisesRequest, call: Call) -> pb.QuotePromisesResponse:
        """Quotes the ways in which the goods could be delivered if ordered now."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            (answer,) = await quote_promises(flow, [request_from_pb(request)])
        if isinstance(answer, Refusal):
            raise answer
        return pb.QuotePromisesResponse(quotes=[quote_to_pb(quote) for quote in answer])

    async def FreezePromise(self, request: pb.FreezePromiseRequest, call: Call) -> pb.FreezePromiseResponse:
        """Keeps a quote that an order may name."""
        if request.question.each_line_alone:
            raise InvalidField(
                "question.each_line_alone: a quote that is kept is of one order; freeze one per order.",
                **{"question.each_line_alone": "not for a kept quote"},
            )
        with inside("question"):
            freeze = Freeze(request_from_pb(request.question), request.hold_stock)
            frozen = await self._deps.gate.run(FREEZE_PROMISE, call.asked(request, request.request_id), freeze)
        return pb.FreezePromiseResponse(quote=frozen_to_pb(frozen))
