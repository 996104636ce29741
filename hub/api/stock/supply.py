"""SupplyService: what will come and when, what is kept for whom, conditions, and why stock is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from crossdock.inventory.v1 import supply_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.pages import Page
from hub.api.stock.supply_changes import (
    CANCEL_SUPPLY,
    CHANGE_CONDITIONS,
    PUT_PROTECTIONS,
    PUT_SUPPLY,
    RECEIVE_SUPPLY,
    SET_SAFETY_STOCK,
    SLIP_SUPPLY,
    supply_not_found,
)
from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.flows.stock.explain_stock import StockQuestion, explain_stock
from hub.flows.stock.project_availability import project_availability
from hub.gate.change import Change
from hub.inventory import operations as inventory
from hub.inventory.model.supply import Claimant, Supply
from hub.inventory.operations import protections, supplies
from hub.inventory.policy.projection import sellable_at
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.model import Network
from hub.network.policy import visible
from hub.wire.instants import instant_to_pb, optional_instant
from hub.wire.refusals import refusal_to_pb
from hub.wire.stock import supply as wire

M = TypeVar("M")
C = TypeVar("C")
R = TypeVar("R")


class SupplyService:
    """Keeps dated supply and what is kept back, projects availability, explains stock."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PutSupply(self, request: pb.PutSupplyRequest, call: Call) -> pb.PutSupplyResponse:
        """Creates supply or replaces what its source said of it."""
        answers = await self._run(PUT_SUPPLY, request, "supplies", wire.draft_from_pb, call)
        return pb.PutSupplyResponse(results=await self._results(answers, call))

    async def SlipSupply(self, request: pb.SlipSupplyRequest, call: Call) -> pb.SlipSupplyResponse:
        """Moves expected dates."""
        answers = await self._run(SLIP_SUPPLY, request, "slips", wire.slip_from_pb, call)
        return pb.SlipSupplyResponse(results=await self._results(answers, call))

    async def ReceiveSupply(self, request: pb.ReceiveSupplyRequest, call: Call) -> pb.ReceiveSupplyResponse:
        """Takes in units of supply."""
        answers = await self._run(RECEIVE_SUPPLY, request, "receipts", wire.receipt_from_pb, call)
        return pb.ReceiveSupplyResponse(results=await self._results(answers, call), position=call.receipt.position)

    async def CancelSupply(self, request: pb.CancelSupplyRequest, call: Call) -> pb.CancelSupplyResponse:
        """Cancels what has not come."""
        answers = await self._run(CANCEL_SUPPLY, request, "cancellations", wire.cancellation_from_pb, call)
        return pb.CancelSupplyResponse(results=await self._results(answers, call))

    async def GetSupply(self, request: pb.GetSupplyRequest, call: Call) -> pb.GetSupplyResponse:
        """Reads a supply with its history."""
        supply_id = UUID(request.supply_id)
        async with self._deps.database.reading() as tx:
            flow = await self._flow_context(tx, call)
            supply = (await supplies.load(tx, call.scope, [supply_id])).get(supply_id)
            if supply is None:
                raise supply_not_found(supply_id)
            moves = await supplies.history(tx, supply_id)
        return pb.GetSupplyResponse(
            supply=_to_pb(supply, flow.network), changes=[wire.move_to_pb(move) for move in moves]
        )

    async def ListSupply(self, request: pb.ListSupplyRequest, call: Call) -> pb.ListSupplyResponse:
        """Lists supply by id."""
        page = Page(request)
        after = page.by_id()
        async with self._deps.database.reading() as tx:
            flow = await self._flow_context(tx, call)
            found = await supplies.page(
                tx,
                call.scope,
                after,
                page.size + 1,
                skus=list(request.skus),
                node_ids=list(request.node_ids),
                reference=request.reference,
                state=wire.STATES.optional(request.state, "state"),
            )
        rows, token = page.cut(found, lambda one: (one.supply_id,))
        return pb.ListSupplyResponse(supplies=[_to_pb(row, flow.network) for row in rows], next_page_token=token)

    async def PutProtections(self, request: pb.PutProtectionsRequest, call: Call) -> pb.PutProtectionsResponse:
        """Keeps units for a channel or a demand class."""
        answers = await self._run(PUT_PROTECTIONS, request, "protections", wire.protection_from_pb, call)
        return pb.PutProtectionsResponse(
            results=[
                pb.ProtectionResult(refusal=refusal_to_pb(answer))
                if isinstance(answer, Refusal)
                else pb.ProtectionResult(protection=wire.protection_to_pb(answer))
                for answer in answers
            ],
            position=call.receipt.position,
        )

    async def ListProtections(self, request: pb.ListProtectionsRequest, call: Call) -> pb.ListProtectionsResponse:
        """Lists protections in force."""
        page = Page(request)
        after = page.by_key(4)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            channels = None if call.scope.unlimited else sorted(visible(flow.network, call.scope).channels)
            found = await protections.page(
                tx, call.scope, channels, list(request.skus), list(request.node_ids), after, page.size + 1
            )
        rows, token = page.cut(found, lambda one: (one.node_id, one.sku, one.channel_id, one.demand_class))
        return pb.ListProtectionsResponse(
            protections=[wire.protection_to_pb(row) for row in rows], next_page_token=token
        )

    async def SetSafetyStock(self, request: pb.SetSafetyStockRequest, call: Call) -> pb.SetSafetyStockResponse:
        """Keeps units back from everybody."""
        answers = await self._run(SET_SAFETY_STOCK, request, "safety_stock", wire.safety_from_pb, call)
        return pb.SetSafetyStockResponse(
            results=[
                pb.SafetyStockResult(refusal=refusal_to_pb(answer))
                if isinstance(answer, Refusal)
                else pb.SafetyStockResult(safety_stock=wire.safety_to_pb(answer))
                for answer in answers
            ],
            position=call.receipt.position,
        )

    async def ChangeConditions(self, request: pb.ChangeConditionsRequest, call: Call) -> pb.ChangeConditionsResponse:
        """Moves units between conditions."""
        answers = await self._run(CHANGE_CONDITIONS, request, "changes", wire.condition_move_from_pb, call)
        return pb.ChangeConditionsResponse(
            results=[
                pb.ConditionChangeResult(refusal=refusal_to_pb(answer))
                if isinstance(answer, Refusal)
                else pb.ConditionChangeResult(change=wire.condition_move_to_pb(answer))
                for answer in answers
            ],
            position=call.receipt.position,
        )

    async def ListConditionedStock(
        self, request: pb.ListConditionedStockRequest, call: Call
    ) -> pb.ListConditionedStockResponse:
        """Lists units that are not sold as new."""
        page = Page(request)
        after = page.by_key(3)
        async with self._deps.database.reading() as tx:
            found = await inventory.page_conditioned(
                tx, call.scope, list(request.skus), list(request.node_ids), after, page.size + 1
            )
        rows, token = page.cut(found, lambda one: (one.sku, one.node_id, one.condition.value))
        return pb.ListConditionedStockResponse(
            stock=[wire.conditioned_to_pb(row) for row in rows], next_page_token=token
        )

    async def ProjectAvailability(
        self, request: pb.ProjectAvailabilityRequest, call: Call
    ) -> pb.ProjectAvailabilityResponse:
        """Tells what can be promised when."""
        question = wire.question_from_pb(request)
        async with self._deps.database.reading() as tx:
            flow = await self._flow_context(tx, call)
            (answer,) = await project_availability(flow, [question])
        if isinstance(answer, Refusal):
            raise answer
        return pb.ProjectAvailabilityResponse(
            projections=[wire.projection_to_pb(one) for one in answer], as_of_time=instant_to_pb(flow.at)
        )

    async def ExplainStock(self, request: pb.ExplainStockRequest, call: Call) -> pb.ExplainStockResponse:
        """Explains the stock of a SKU at a node."""
        page = Page(request)
        at, number, as_of = page.by_ledger_row() or (None, 0, optional_instant(request, "as_of_time"))
        question = StockQuestion(
            sku=request.sku,
            node_id=request.node_id,
            at=as_of,
            claimant=Claimant(request.channel_id, request.demand_class),
            behind=(at, number) if at else None,
            size=page.size,
        )
        async with self._deps.database.reading() as tx:
            (answer,) = await explain_stock(await self._flow_context(tx, call), [question])
        if isinstance(answer, Refusal):
            raise answer
        explained = answer.explained
        token = page.token((*explained.last, explained.at)) if explained.more else ""
        return wire.explanation_to_pb(answer, token)

    async def _flow_context(self, tx: Tx, call: Call) -> FlowContext:
        return await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)

    async def _run(
        self, change: Change[C, R], request: Any, field: str, command: Callable[[Any, UUID], C], call: Call
    ) -> Sequence[R | Refusal]:
        """Has the elements of a field done, each as a change with an identity of its own."""
        asked = call.asked(request, request.request_id)
        commands = read_each(field, getattr(request, field), lambda element: command(element, self._deps.new_id()))
        return await self._deps.gate.run_many(change, asked, commands)

    async def _results(self, answers: Iterable[Supply | Refusal], call: Call) -> list[pb.SupplyResult]:
        async with self._deps.database.reading() as tx:
            network = (await self._flow_context(tx, call)).network
        return [
            pb.SupplyResult(refusal=refusal_to_pb(answer))
            if isinstance(answer, Refusal)
            else pb.SupplyResult(supply=_to_pb(answer, network))
            for answer in answers
        ]


def _to_pb(supply: Supply, network: Network) -> pb.Supply:
    return wire.supply_to_pb(supply, _sellable(supply, network))


def _sellable(supply: Supply, network: Network) -> Instant | None:
    node = network.nodes.get(supply.node_id)
    if node is None or supply.expected_at is None:
        return None
    return sellable_at(supply.expected_at, time_zone=node.time_zone, processing_days=node.inbound_processing_days)
