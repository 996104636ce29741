"""PaymentService: how the money of an order stands, and what providers notify of it."""

from __future__ import annotations

from uuid import UUID

from crossdock.payments.v1 import payments_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.edge.elements import read_each
from hub.api.orders.changes import ADD_INSTRUMENT, COLLECT_PAYMENT, IMPORT_SETTLEMENT, REPORT_PAYMENTS
from hub.api.repeats import order_not_found
from hub.flows.money.add_instruments import AddedCard
from hub.flows.money.report_payments import PaymentResult
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import Refusal
from hub.orders import operations as orders
from hub.payments import operations as payments
from hub.wire.feeds import parked_event_to_pb
from hub.wire.orders.payments import payment_report_from_pb, payments_to_pb, transaction_to_pb
from hub.wire.orders.settlements import difference_to_pb, report_from_pb
from hub.wire.refusals import refusal_to_pb


class PaymentService:
    """Tells how the money of an order stands, and takes what providers notify of it."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def GetPayments(self, request: pb.GetPaymentsRequest, call: Call) -> pb.GetPaymentsResponse:
        """Reads instruments, transactions and sums of an order."""
        order_id = UUID(request.order_id)
        async with self._deps.database.reading() as tx:
            order = (await orders.load(tx, call.scope, [order_id], lock=False)).get(order_id)
            if order is None:
                raise order_not_found(order_id)
            money = await payments.load(tx, {order_id: order.currency})
        return payments_to_pb(money[order_id])

    async def CollectPayment(self, request: pb.CollectPaymentRequest, call: Call) -> pb.CollectPaymentResponse:
        """Has what nothing covers authorized on the order's card, and captured then."""
        asked = call.asked(request, request.request_id)
        case = await self._deps.gate.run(COLLECT_PAYMENT, asked, UUID(request.order_id))
        return pb.CollectPaymentResponse(payments=payments_to_pb(case.payments))

    async def AddInstrument(self, request: pb.AddInstrumentRequest, call: Call) -> pb.AddInstrumentResponse:
        """Adds a card, and has what nothing covers authorized on it."""
        added = AddedCard(UUID(request.order_id), request.kind, request.token)
        case = await self._deps.gate.run(ADD_INSTRUMENT, call.asked(request, request.request_id), added)
        return pb.AddInstrumentResponse(payments=payments_to_pb(case.payments))

    async def ImportSettlement(self, request: pb.ImportSettlementRequest, call: Call) -> pb.ImportSettlementResponse:
        """Compares a settlement report with the ledger."""
        report = report_from_pb(request)
        settled = await self._deps.gate.run(IMPORT_SETTLEMENT, call.asked(request, request.request_id), report)
        return pb.ImportSettlementResponse(
            matched_quantity=settled.matched, differences=[difference_to_pb(one) for one in settled.differences]
        )

    async def ReportPaymentEvents(
        self, request: pb.ReportPaymentEventsRequest, call: Call
    ) -> pb.ReportPaymentEventsResponse:
        """Providers notify of transactions."""
        now = await self._deps.now(call.scope)
        reports = read_each("events", request.events, lambda event: payment_report_from_pb(event, now))
        answers = await self._deps.gate.run_many(REPORT_PAYMENTS, call.asked(request, request.request_id), reports)
        return pb.ReportPaymentEventsResponse(results=[_result(answer) for answer in answers])


def _result(answer: PaymentResult | ParkedEvent | Refusal) -> pb.PaymentEventResult:
    if isinstance(answer, Refusal):
        return pb.PaymentEventResult(refusal=refusal_to_pb(answer))
    if isinstance(answer, ParkedEvent):
        return pb.PaymentEventResult(parked_event=parked_event_to_pb(answer))
    return pb.PaymentEventResult(transaction=transaction_to_pb(answer.transaction, answer.case.order.currency))
