"""Says what happens to units that came back: RETURN_RECEIVED -> RETURN_CLOSED, stock by node and condition.

Where the hub is to choose, units go to the node at which most comes of them, and the route is kept with its reasons.
Units that are to be elsewhere become supply in transit there, in stock once that node receives it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.intercompany import Handover, hand
from hub.cases.plausibility import refuse_before, refuse_implausible
from hub.cases.returns.receipts import close_if_done, require_node
from hub.cases.returns.repeated_reports import repeats
from hub.cases.returns.return_cases import ReturnCase, Returning, ReturnResult, load_returns, save_returning
from hub.cases.returns.routing import route
from hub.cases.stock.supply_events import supply_event
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange
from hub.inventory.model.supply import SupplyDecision, SupplyDraft, SupplyKey, SupplyKind
from hub.inventory.operations import supplies
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.ids import derived
from hub.kernel.scope import HUB
from hub.messages.events.returns import ReturnDisposed, UnitsDisposed
from hub.outbox import operations as outbox
from hub.promising.policy.dates import earliest_delivery
from hub.returns.model import Disposed, Disposition, DispositionReport, Return, ReturnLine
from hub.returns.policy.credits import require_undisposed
from hub.returns.policy.routing import RoutedUnits
from hub.slices.lifecycle import SliceAction
from hub.trade import operations as trade
from hub.trade.model.intercompany import IntercompanyCause, IntercompanyEntry

FLOW = "dispose_returns"

CONDITIONS: Final = {
    Disposition.RESTOCK: Condition.SELLABLE,
    Disposition.OPEN_BOX: Condition.OPEN_BOX,
    Disposition.REPAIR: Condition.REPAIR,
    Disposition.RETURN_TO_VENDOR: Condition.RETURN_TO_VENDOR,
    Disposition.LIQUIDATE: Condition.LIQUIDATION,
    Disposition.DONATE: Condition.DONATION,
    Disposition.RECYCLE: Condition.RECYCLING,
    Disposition.QUARANTINE: Condition.QUARANTINE,
}
"""In which condition units are in stock after a disposition; what is sent on, or back to the customer, is in none."""

WITHOUT_LANE: Final = timedelta(days=7)
"""How long units travel between nodes where no lane says it."""

SOURCE: Final = "returns"
"""Source of the supplies that are units on their way to another node."""

CAUSE: Final = "return"
"""Cause of the stock ledger's rows."""


async def dispose_returns(flow: FlowContext, reports: Sequence[DispositionReport]) -> list[ReturnResult | Refusal]:
    """Takes dispositions in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, REFERENCE_REUSED, INSTANT_IMPLAUSIBLE, UNITS_NOT_RECEIVED, UNKNOWN_NODE.
    """
    returning = await load_returns(flow, FLOW, [report.return_id for report in reports])
    work = _Work(
        flow, returning, await _items(flow, returning, reports), await trade.intercompany(flow.tx, returning.cases)
    )
    answers: list[ReturnResult | Refusal] = []
    for report in reports:
        try:
            work.take(returning.of(report.return_id), report)
            answers.append(returning.back(report.return_id))
        except Refusal as refusal:
            answers.append(refusal)
    changes = work.changes
    put = await supplies.put(flow.tx, HUB, work.under_way, at=flow.at)
    made = [one for one in put if isinstance(one, SupplyDecision)]
    await outbox.emit(flow.tx, [supply_event(one.supply, move) for one in made for move in one.moves])
    await inventory.change_conditioned(flow.tx, [changes] if changes else [], at=flow.at)
    await save_returning(flow, FLOW, returning)
    await stock_changed(flow, freed=any(change.condition is Condition.SELLABLE for change in changes), claimed=False)
    return answers


async def _items(flow: FlowContext, returning: Returning, reports: Sequence[DispositionReport]) -> Mapping[str, Item]:
    """The items of units for which the hub is to choose."""
    wanted = {report.return_id for report in reports if any(unit.best_node for unit in report.units)}
    known = [rma for found in returning.cases.values() for rma in found.returns.values() if rma.return_id in wanted]
    return await catalog.load(flow.tx, {line.sku for rma in known for line in rma.lines})


class _Work:
    """Dispositions taken, and the stock that comes of them."""

    def __init__(
        self,
        flow: FlowContext,
        returning: Returning,
        items: Mapping[str, Item],
        handed: Mapping[UUID, Sequence[IntercompanyEntry]],
    ) -> None:
        self.changes: list[ConditionedChange] = []
        self.under_way: list[SupplyDraft] = []
        self._unit, self._returning, self._items, self._handed = flow, returning, items, handed

    def take(self, found: ReturnCase, report: DispositionReport) -> None:
        """Takes one report."""
        rma, case = found.returns[report.return_id], found.case
        if repeats(rma.disposed, report):
            return
        refuse_implausible(case, report.occurred_at, self._unit.at)
        named: Counter[int] = Counter()
        for unit in report.units:
            named[unit.line_number] += unit.quantity
        inspected = [unit.at for unit in rma.inspected if unit.line_number in named]
        refuse_before(report.occurred_at, inspected, "the units were inspected")
        for line_number, quantity in named.items():
            require_undisposed(rma, line_number, quantity)
        here = next((one.node_id for one in reversed(rma.received)), "")
        routes: list[RoutedUnits] = []
        disposed = tuple(self._placed(found, rma, unit, here, routes) for unit in report.units)
        self._returning.routes.extend(routes)
        found.put(replace(rma, disposed=(*rma.disposed, *disposed)))
        cause = case.happened(
            ReturnDisposed(
                return_id=rma.return_id,
                reference=report.reference,
                dispositions=tuple(
                    UnitsDisposed(line_number=one.line_number, quantity=one.quantity, disposition=one.disposition.value)
                    for one in disposed
                ),
            ),
            report.occurred_at,
        )
        for line_number, quantity in named.items():
            units = found.taking(SliceAction.DISPOSE, rma.return_id, line_number, quantity)
            case.move(units, SliceAction.DISPOSE, cause, report.occurred_at)
        close_if_done(self._unit, found, rma.return_id)
        for one in disposed:
            if one.travels:
                self.under_way.append(self._sent(found, rma, one, here))
            elif one.disposition in CONDITIONS:
                self.changes.append(_change(found, one, cause))
        self._hand(found, report, disposed)

    def _hand(self, found: ReturnCase, report: DispositionReport, disposed: Sequence[Disposed]) -> None:
        """Notes the units that are another seller's from then on, by the node where they are or will be."""
        by_node: dict[str, Counter[int]] = {}
        for one in disposed:
            if one.travels or one.disposition in CONDITIONS:
                by_node.setdefault(one.node_id, Counter())[one.line_number] += one.quantity
        known = self._handed.get(found.case.order_id, ())
        for node_id, lines in by_node.items():
            handover = Handover(
                IntercompanyCause.RETURNED,
                report.return_id,
                node_id,
                sorted(lines.items()),
                report.occurred_at,
                report.reference,
            )
            hand(found.case, self._unit.network, handover, known)

    def _sent(self, found: ReturnCase, rma: Return, disposed: Disposed, here: str) -> SupplyDraft:
        """Units on their way to the node where they are to be, from there on a supply like any other."""
        network = self._unit.network
        service = network.channel(found.case.order.channel_id).default_service_code
        lane = network.lane(here, network.place_of(network.node(disposed.node_id)), service)
        promised = earliest_delivery(network, here, lane, self._unit.at) if lane else None
        arrival = promised.deliver_by if promised else self._unit.at + WITHOUT_LANE
        line = rma.line(disposed.line_number)
        return SupplyDraft(
            change_id=derived(rma.return_id, "sent", disposed.reference, disposed.entry_number),
            key=SupplyKey(
                SOURCE, str(rma.return_id), f"{disposed.line_number}/{disposed.reference}/{disposed.entry_number}"
            ),
            kind=SupplyKind.IN_TRANSIT,
            sku=line.sku if line else "",
            node_id=disposed.node_id,
            quantity=disposed.quantity,
            expected_at=arrival,
        )

    def _placed(
        self, found: ReturnCase, rma: Return, disposed: Disposed, here: str, routes: list[RoutedUnits]
    ) -> Disposed:
        """The units at the node where they are from then on."""
        node_id = disposed.node_id or here
        if disposed.best_node and disposed.disposition in {Disposition.RESTOCK, Disposition.OPEN_BOX}:
            line = rma.line(disposed.line_number)
            asked = ReturnLine(disposed.line_number, disposed.quantity, line.sku if line else "")
            routes += route(self._unit, found.case, rma, [asked], self._items, here)
            best = routes[-1].route.node_id or here
            return replace(disposed, node_id=best, travels=best != here)
        if disposed.disposition is Disposition.TRANSFER:
            if node_id == here:
                raise InvalidField("TRANSFER goes to another node; name it in node_id.", node_id="missing")
            return replace(disposed, node_id=self._unit.network.node(node_id).node_id, travels=True)
        require_node(self._unit, node_id)
        return replace(disposed, node_id=node_id)


def _change(found: ReturnCase, disposed: Disposed, cause: UUID) -> ConditionedChange:
    line = found.case.order.line(disposed.line_number)
    sku = line.sku if line else ""
    return ConditionedChange(sku, disposed.node_id, CONDITIONS[disposed.disposition], disposed.quantity, CAUSE, cause)
