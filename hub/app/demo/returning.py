"""What comes back in the two weeks: a unit handed in at a store, and one that travels home in a tote, without a box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crossdock.inventory.v1 import supply_pb2
from crossdock.orders.v1 import order_service_pb2
from crossdock.returns.v1 import returns_pb2, totes_pb2
from hub.app.client import HubError
from hub.app.demo import plan
from hub.app.demo.deeds import Deed
from hub.app.demo.steady import SteadyHub
from hub.app.process.identities import new_identity


@dataclass
class Returning:
    """Customers and nodes, as far as goods come back. `code` is what a customer shows instead of a label."""

    hub: SteadyHub
    rma: Any = None
    code: str = ""
    tote: Any = field(default=None)

    def deeds(self) -> Iterator[Deed]:
        """What they do, and when."""
        yield Deed(plan.STORE_RETURN_AT, self._at_the_store)
        yield Deed(plan.HANDED_IN_AT, self._without_a_box)
        yield Deed(plan.TOTE_ARRIVES_AT, self._tote_arrives)
        yield Deed(plan.SENT_ON_ARRIVES_AT, self._arrives_at_its_best_node)

    def _at_the_store(self) -> str:
        withdrawal = self._withdrawn(plan.STORE_RETURN)
        self._received(withdrawal, plan.STORE)
        rma = self._inspected(withdrawal)
        self._disposed(rma, best_node=False)
        sku = rma.lines[0].sku
        due = withdrawal.refund_time.ToDatetime()
        told = f"A customer withdraws from 1 {sku} of order {plan.STORE_RETURN}, to be refunded by {due:%d %B}"
        return f"{told}, and brings it to {plan.STORE}: accepted, refunded, on the shelf again."

    def _without_a_box(self) -> str:
        client = self.hub.client
        self.rma = self._authorized(plan.TOTE_RETURN)
        codes = totes_pb2.IssueReturnCodesRequest(request_id=_new(), return_ids=[self.rma.return_id])
        self.code = self._one(client.totes.IssueReturnCodes, codes).code.code
        draft = totes_pb2.ToteDraft(node_id=plan.DROP_OFF, to_node_id=plan.TOTE_TO)
        opened = totes_pb2.OpenTotesRequest(request_id=_new(), totes=[draft])
        tote_id = self._one(client.totes.OpenTotes, opened).tote.tote_id
        scan = totes_pb2.ReturnScan(tote_id=tote_id, code=self.code, scan_reference="SCAN-1")
        self._one(client.totes.ScanReturns, totes_pb2.ScanReturnsRequest(request_id=_new(), scans=[scan]))
        closing = totes_pb2.ToteClosing(tote_id=tote_id, counted_quantity=1)
        self._one(client.totes.CloseTotes, totes_pb2.CloseTotesRequest(request_id=_new(), totes=[closing]))
        shipment = totes_pb2.ToteShipment(tote_id=tote_id, tracking_number="TOTE-1")
        shipped = totes_pb2.ShipTotesRequest(request_id=_new(), totes=[shipment])
        self.tote = self._one(client.totes.ShipTotes, shipped).tote
        return f"A customer shows a code at {plan.DROP_OFF}: a unit of order {plan.TOTE_RETURN} leaves in a tote."

    def _tote_arrives(self) -> str:
        units = totes_pb2.UnpackedUnits(code=self.code, quantity=1)
        receipt = totes_pb2.ToteReceipt(tote_id=self.tote.tote_id, receipt_reference="DOCK-1", units=[units])
        request = totes_pb2.ReceiveTotesRequest(request_id=_new(), receipts=[receipt])
        tote = self._one(self.hub.client.totes.ReceiveTotes, request).tote
        self._inspected(self.rma)
        rma = self._disposed(self.rma, best_node=True)
        node_id = rma.dispositions[0].units[0].node_id
        came = f"{tote.received_quantity} of {tote.quantity} units came"
        return f"The tote is unpacked at {plan.TOTE_TO}: {came}; most comes of it at {node_id}, it is sent on there."

    def _arrives_at_its_best_node(self) -> str:
        listed = self.hub.pages(self.hub.client.supply.ListSupply, supply_pb2.ListSupplyRequest(), "supplies")
        (due,) = [one for one in listed if one.key.reference == self.rma.return_id]
        receipt = supply_pb2.Receipt(key=due.key, receipt_reference="SHELF-1", quantity=due.quantity)
        request = supply_pb2.ReceiveSupplyRequest(request_id=_new(), receipts=[receipt])
        self._one(self.hub.client.supply.ReceiveSupply, request)
        return f"It arrives at {due.node_id} and is on the shelf again."

    def _withdrawn(self, reference: str) -> Any:
        line = returns_pb2.WithdrawalLine(line_number=1, quantity=1)
        draft = returns_pb2.WithdrawalDraft(order_id=self._order_id(reference), lines=[line])
        request = returns_pb2.ConfirmWithdrawalsRequest(request_id=_new(), drafts=[draft])
        return self._one(self.hub.client.returns.ConfirmWithdrawals, request).withdrawal

    def _authorized(self, reference: str) -> Any:
        line = returns_pb2.ReturnLineDraft(line_number=1, quantity=1, reason=returns_pb2.RETURN_REASON_CHANGED_MIND)
        draft = returns_pb2.ReturnDraft(order_id=self._order_id(reference), lines=[line])
        request = returns_pb2.AuthorizeReturnsRequest(request_id=_new(), drafts=[draft])
        return self._one(self.hub.client.returns.AuthorizeReturns, request).rma

    def _order_id(self, reference: str) -> str:
        listing = order_service_pb2.ListOrdersRequest(channel_reference=reference)
        (order,) = self.hub.call(self.hub.client.orders.ListOrders, listing).orders
        return str(order.order_id)

    def _received(self, back: Any, node_id: str) -> None:
        units = returns_pb2.ReceivedUnits(line_number=1, quantity=1, outcome=returns_pb2.RECEIPT_OUTCOME_AS_EXPECTED)
        receipt = returns_pb2.ReturnReceipt(
            return_id=back.return_id, receipt_reference="TILL-1", node_id=node_id, units=[units]
        )
        request = returns_pb2.ReceiveReturnsRequest(request_id=_new(), receipts=[receipt])
        self._one(self.hub.client.returns.ReceiveReturns, request)

    def _inspected(self, back: Any) -> Any:
        units = returns_pb2.InspectedUnits(line_number=1, quantity=1, verdict=returns_pb2.INSPECTION_VERDICT_ACCEPTED)
        inspection = returns_pb2.ReturnInspection(return_id=back.return_id, report_reference="LOOK-1", units=[units])
        request = returns_pb2.InspectReturnsRequest(request_id=_new(), inspections=[inspection])
        return self._one(self.hub.client.returns.InspectReturns, request).rma

    def _disposed(self, rma: Any, *, best_node: bool) -> Any:
        units = returns_pb2.DisposedUnits(
            line_number=1, quantity=1, disposition=returns_pb2.DISPOSITION_RESTOCK, best_node=best_node
        )
        disposition = returns_pb2.ReturnDisposition(return_id=rma.return_id, report_reference="SHELF-1", units=[units])
        request = returns_pb2.DisposeReturnsRequest(request_id=_new(), dispositions=[disposition])
        return self._one(self.hub.client.returns.DisposeReturns, request).rma

    def _one(self, rpc: Any, request: Any) -> Any:
        """The one result of a call about one thing; raises HubError where it is a refusal."""
        (result,) = self.hub.call(rpc, request).results
        if result.HasField("refusal"):
            raise HubError(result.refusal.reason, result.refusal.message)
        return result


def _new() -> str:
    return str(new_identity())
