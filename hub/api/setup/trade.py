"""TradeService: trade rules, replaced as a whole and read, and landed cost computed by them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from crossdock.trade.v1 import trade_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.repeats import order_not_found
from hub.cases.context import FlowContext
from hub.cases.fulfillment.papers import PapersContext, papers_of
from hub.cases.store import read
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.model import FulfillmentFilter
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.orders import operations as orders
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound
from hub.trade import operations as trade
from hub.trade.errors import LandedCostNotFound
from hub.trade.policy.landed_costs import landed_costs, recomputed
from hub.trade.policy.rule_files import rules_of
from hub.wire.instants import day_from_text
from hub.wire.papers.papers import papers_to_pb
from hub.wire.trade import (
    INCOTERMS,
    consignments_from_pb,
    files_from_pb,
    files_to_pb,
    landed_cost_to_pb,
    rates_from_pb,
    settlement_to_pb,
)


class RuleSet(Struct, frozen=True):
    """Files of trade rules that are to be in force; `expected_version` is the one to be replaced, 0 for any."""

    files: Mapping[str, str]
    expected_version: int = 0


async def _load(flow: FlowContext, sets: Sequence[RuleSet]) -> list[int | Refusal]:
    answers: list[int | Refusal] = []
    for rules in sets:
        try:
            version = await trade.load_rules(
                flow.tx, flow.scope, rules.files, expected_version=rules.expected_version, at=flow.at
            )
        except Refusal as refusal:
            answers.append(refusal)
        else:
            answers.append(version)
    return answers


async def _versions(_: FlowContext, stored: Sequence[Stored]) -> list[int | Refusal]:
    return [outcome["version"] for outcome in stored]


LOAD_RULES: Final[Change[RuleSet, int]] = Change("LoadRules", _load, lambda version: {"version": version}, _versions)


class TradeService:
    """Trade rules as versioned data, and what goods and orders cost by them."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def LoadRules(self, request: pb.LoadRulesRequest, call: Call) -> pb.LoadRulesResponse:
        """Replaces the trade rules by a whole new version, or says whether it could."""
        files = files_from_pb(request.files)
        if request.validate_only:
            rules_of(files)
            async with self._deps.database.reading() as tx:
                version = await trade.version_of(tx, files, expected_version=request.expected_version)
        else:
            asked = call.asked(request, request.request_id)
            version = await self._deps.gate.run(LOAD_RULES, asked, RuleSet(files, request.expected_version))
        return pb.LoadRulesResponse(version=version)

    async def GetRules(self, request: pb.GetRulesRequest, _: Call) -> pb.GetRulesResponse:
        """Reads a version of the trade rules."""
        async with self._deps.database.reading() as tx:
            version, files = await trade.rule_files(tx, request.version)
        return pb.GetRulesResponse(version=version, files=files_to_pb(files))

    async def CalculateLandedCost(
        self, request: pb.CalculateLandedCostRequest, call: Call
    ) -> pb.CalculateLandedCostResponse:
        """Computes what consignments cost to the door."""
        consignments, rates = consignments_from_pb(request), rates_from_pb(request.rates)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            rules = await flow.trade_rules.load(tx, request.rules_version)
        costs = landed_costs(consignments, rules, rates, valued_together=request.valued_together)
        return pb.CalculateLandedCostResponse(landed_costs=[landed_cost_to_pb(cost, rules.sources) for cost in costs])

    async def GetOrderLandedCost(
        self, request: pb.GetOrderLandedCostRequest, call: Call
    ) -> pb.GetOrderLandedCostResponse:
        """Reads by which landed cost an order is charged, or what it would be by other rules or on another day."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            if not await orders.load(tx, call.scope, [order_id], lock=False):
                raise order_not_found(order_id)
            kept = (await trade.landed_of(tx, [order_id])).get(order_id)
            if kept is None:
                raise LandedCostNotFound("The order was placed without a landed cost.", order_id=order_id)
            settled = (await trade.settlements(tx, [order_id])).get(order_id, ())
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            version = request.rules_version or kept[0].cost.rules_version
            rules = await flow.trade_rules.load(tx, version)
        day = day_from_text(request.import_date, field="import_date") if request.import_date else None
        again = bool(request.rules_version or day)
        costs = recomputed([one.consignment for one in kept], rules, day) if again else [one.cost for one in kept]
        return pb.GetOrderLandedCostResponse(
            quoted=[landed_cost_to_pb(cost, rules.sources) for cost in costs],
            settled=[settlement_to_pb(one, rules.sources) for one in settled],
        )

    async def GetConsignmentPapers(
        self, request: pb.GetConsignmentPapersRequest, call: Call
    ) -> pb.GetConsignmentPapersResponse:
        """Makes the papers of an order's consignments; they are drawn in a thread, and kept nowhere."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            case = (await read(tx, call.scope, [order_id])).get(order_id)
            if case is None:
                raise order_not_found(order_id)
            party_id = case.order.ship_to_party_id
            recipient = (await parties.contacts(tx, [party_id], self._deps.person_keys)).get(party_id)
            if recipient is None:
                raise PartyNotFound("The recipient was erased; no papers can be made.", party_id=party_id)
            wanted = FulfillmentFilter(order_id)
            seen = await fulfillment.page(tx, call.scope, wanted, after=None, size=len(case.fulfillment_orders))
            context = PapersContext(
                network=flow.network,
                rules=await flow.trade_rules.load(tx),
                recipient=recipient,
                landed=(await trade.landed_of(tx, [order_id])).get(order_id, ()),
                stated=INCOTERMS.optional(request.incoterm, "incoterm"),
                at=flow.at,
            )
        visible = {str(one.fulfillment_order_id) for one in seen}
        papers = [one for one in papers_of(case, context) if one.consignment_id in visible]
        drawn = await asyncio.to_thread(lambda: [papers_to_pb(one) for one in papers])
        return pb.GetConsignmentPapersResponse(papers=drawn)
