"""An adapter for all nine partner contracts, written from `docs/adapters.md` and the generated stubs alone.

It does what it is asked, once per key, and lies where a test orders it to.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import grpc
from google.protobuf.message_factory import GetMessageClass

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.channel.v1 import channel_pb2
from crossdock.partner.customs.v1 import customs_pb2
from crossdock.partner.erp.v1 import erp_pb2
from crossdock.partner.fraud.v1 import fraud_pb2
from crossdock.partner.notice.v1 import notice_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.tax.v1 import tax_pb2
from crossdock.partner.transport.v1 import transport_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2

CONTRACTS = (
    channel_pb2,
    customs_pb2,
    erp_pb2,
    fraud_pb2,
    notice_pb2,
    payment_pb2,
    tax_pb2,
    transport_pb2,
    warehouse_pb2,
)
Lie = Callable[[Any], None]
"""Changes a response before it is sent."""


@dataclass
class AnyPartner:
    """`lies`: method -> what is changed in its responses. `done`: the methods of operations, once per key."""

    lies: dict[str, Lie] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    news: dict[str, list[Any]] = field(default_factory=dict)

    async def answer(self, method: Any, request: Any, context: Any) -> Any:
        """Answers one call of any method."""
        response = GetMessageClass(method.output_type)()
        if method.name == "PullUpdates":
            self._tell(request.pull, response)
        elif method.name == "FindOperation":
            self._found(request.find.call.operation_key, response)
        elif method.name != "ReadDocument":
            response = self._once(method.name, request, response)
        self.lies.get(method.name, lambda _: None)(response)
        return response

    def _once(self, name: str, request: Any, response: Any) -> Any:
        key = request.call.operation_key
        if key not in self.answers:
            self.done.append(name)
            response.answer.outcome, response.answer.partner_reference = call_pb2.OUTCOME_DONE, f"{name}-{key}"
            getattr(self, f"_{name}", lambda *_: None)(request, response)
            self.answers[key] = response
        copy = type(response)()
        copy.CopyFrom(self.answers[key])
        return copy

    def _found(self, key: str, response: Any) -> None:
        if known := self.answers.get(key):
            response.MergeFromString(known.SerializeToString())
        else:
            response.answer.outcome = call_pb2.OUTCOME_NOT_FOUND

    def _tell(self, pull: Any, response: Any) -> None:
        known, after = self.news.get(pull.call.account_id, []), int(pull.cursor or 0)
        updates = response.updates if hasattr(response, "updates") else response.events
        updates.extend(known[after:])
        response.pulled.cursor = str(len(known))

    def _Authorize(self, request: Any, response: Any) -> None:
        response.amount.CopyFrom(request.amount)

    _Capture = _Reverse = _Refund = _RefundPayment = _Authorize

    def _ScreenOrder(self, request: Any, response: Any) -> None:
        response.advice = fraud_pb2.ADVICE_APPROVE

    def _DetermineTax(self, request: Any, response: Any) -> None:
        for line in request.lines:
            response.taxes.add(line_number=line.line_number, rate="0", tax=line.stated_tax)

    def _ReleaseFulfillmentOrder(self, request: Any, response: Any) -> None:
        update = warehouse_pb2.Update(update_id=f"left-{request.fulfillment_order_id}")
        update.shipment.fulfillment_order_id = request.fulfillment_order_id
        update.shipment.shipment_reference = update.shipment.tracking_number = f"P-{request.fulfillment_order_id[-8:]}"
        update.shipment.occur_time.CopyFrom(request.call.business_time)
        self.news.setdefault(request.call.account_id, []).append(update)

    def _RegisterParcel(self, request: Any, response: Any) -> None:
        event = fulfillment_pb2.CarrierEvent(tracking_number=request.tracking_number, event_reference="arrived")
        event.state = fulfillment_pb2.SHIPMENT_STATE_DELIVERED
        event.occur_time.CopyFrom(request.call.business_time)
        self.news.setdefault(request.call.account_id, []).append(event)


@asynccontextmanager
async def served(partner: AnyPartner) -> AsyncIterator[str]:
    """Serves all contracts on a port of its own; gives the address as a network file has it."""
    server = grpc.aio.server()
    for contract in CONTRACTS:
        for service in contract.DESCRIPTOR.services_by_name.values():
            methods = {
                method.name: grpc.unary_unary_rpc_method_handler(
                    partial(partner.answer, method),
                    request_deserializer=GetMessageClass(method.input_type).FromString,
                    response_serializer=GetMessageClass(method.output_type).SerializeToString,
                )
                for method in service.methods
            }
            server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(service.full_name, methods)])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"grpc://127.0.0.1:{port}"
    await server.stop(None)
