"""PromisingService: how and by when goods would reach the customer."""

from __future__ import annotations

from crossdock.promising.v1 import promising_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.flows.orders.quote_promises import PromiseRequest, quote_promises
from hub.kernel.errors import Refusal
from hub.wire.codes import country_from_text
from hub.wire.orders.promising import quote_to_pb


class PromisingService:
    """Quotes delivery dates."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def QuotePromises(self, request: pb.QuotePromisesRequest, call: Call) -> pb.QuotePromisesResponse:
        """Quotes the ways in which the goods could be delivered if ordered now."""
        asked = PromiseRequest(
            channel_id=request.channel_id,
            country=country_from_text(request.to_country_code, field="to_country_code"),
            lines=tuple((line.sku, line.quantity) for line in request.lines),
            service_codes=tuple(request.service_codes),
            demand_class=request.demand_class,
            each_line_alone=request.each_line_alone,
            region_code=request.to_region_code,
            postal_code=request.to_postal_code,
        )
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            (answer,) = await quote_promises(flow, [asked])
        if isinstance(answer, Refusal):
            raise answer
        return pb.QuotePromisesResponse(quotes=[quote_to_pb(quote) for quote in answer])
