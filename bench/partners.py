"""All partners of a hub in one process that answers at once, and counts what it did.

`python -m bench.partners` serves every partner contract. The first line on its standard input is answered by its
address, each later one by what it did so far: `Counts` as JSON. An operation has an effect once per key, as at a
partner with idempotency keys. Effects are counted by rpc and subject: the same thing done under two keys counts twice.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import grpc
import msgspec
import uvloop
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.timestamp_pb2 import Timestamp

from bench.children import Child, answer, asked, child
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
from crossdock.partner.vat.v1 import vat_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2

SERVICES: Final = {
    "CHANNEL": channel_pb2.DESCRIPTOR.services_by_name["ChannelService"],
    "CUSTOMS": customs_pb2.DESCRIPTOR.services_by_name["CustomsService"],
    "ERP": erp_pb2.DESCRIPTOR.services_by_name["ErpService"],
    "FRAUD": fraud_pb2.DESCRIPTOR.services_by_name["FraudService"],
    "NOTICE": notice_pb2.DESCRIPTOR.services_by_name["NoticeService"],
    "PAYMENT": payment_pb2.DESCRIPTOR.services_by_name["PaymentService"],
    "TAX": tax_pb2.DESCRIPTOR.services_by_name["TaxService"],
    "TRANSPORT": transport_pb2.DESCRIPTOR.services_by_name["TransportService"],
    "VAT_REGISTRY": vat_pb2.DESCRIPTOR.services_by_name["VatRegistryService"],
    "WAREHOUSE": warehouse_pb2.DESCRIPTOR.services_by_name["WarehouseService"],
}
"""Kind of a partner -> the service of its contract."""


class Counts(msgspec.Struct):
    """What was done: effects and calls by rpc, operations sent again, effects beyond one per rpc and subject. And the
    process.
    """

    effects: dict[str, int]
    calls: dict[str, int]
    repeats: int
    doubled: int
    pid: int


class Partners:
    """Partners that run: their address, and what they did."""

    def __init__(self, process: Child, address: str) -> None:
        self.address, self._process = address, process

    async def counts(self) -> Counts:
        """Return what they did so far."""
        return msgspec.json.decode(await self._process.ask(), type=Counts)


@asynccontextmanager
async def partners_served() -> AsyncIterator[Partners]:
    """Start the process; it serves when this comes back."""
    async with child("bench.partners") as process:
        yield Partners(process, (await process.ask()).strip())


class Books:
    """What the partners keep: answers by key, effects, and the updates that they are polled for."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.subjects: set[tuple[str, str]] = set()
        self.effects: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.repeats = 0
        self.updates: dict[str, list[Any]] = {"updates": [], "events": []}

    def done(self, rpc: str, request: Any, response: Any) -> Any:
        """Do an operation once; return its response, the first time and ever after."""
        key = request.call.operation_key
        if key in self.answers:
            self.repeats += 1
            return self.answers[key]
        self.subjects.add((rpc, _SUBJECTS[rpc](request)))
        self.effects[rpc] += 1
        if fill := _RESULTS.get(rpc):
            fill(self, request, response)
        response.answer.outcome = call_pb2.OUTCOME_DONE
        response.answer.partner_reference = f"R-{len(self.answers)}"
        self.answers[key] = response
        return response

    def found(self, request: Any, response: Any) -> Any:
        """Return what an operation answered, field by field."""
        known = self.answers.get(request.find.call.operation_key)
        if known is None:
            response.answer.outcome = call_pb2.OUTCOME_NOT_FOUND
        else:
            response.ParseFromString(known.SerializeToString())
        return response

    def counts(self) -> Counts:
        """Return the sums."""
        doubled = self.effects.total() - len(self.subjects)
        return Counts(dict(self.effects), dict(self.calls), self.repeats, doubled, os.getpid())


def _order(request: Any) -> str:
    return str(request.order_id)


_SUBJECTS: Final[Mapping[str, Callable[[Any], str]]] = {
    "Authorize": _order,
    "Capture": _order,
    "ScreenOrder": _order,
    "DetermineTax": _order,
    "ReleaseFulfillmentOrder": lambda request: str(request.fulfillment_order_id),
    "RegisterParcel": lambda request: str(request.tracking_number),
    "ReportProgress": lambda request: f"{request.order_id} {request.kind}",
    "PostDocument": lambda request: f"{request.order_id} {request.document_number}",
    "PublishStock": lambda request: str(request.call.operation_key),
    "SendNotice": lambda request: f"{request.order_id} {request.template}",
}
"""What an operation is about; an rpc that is not named here is none that an order without trouble needs."""


def _moved(_: Books, request: Any, response: Any) -> None:
    response.amount.CopyFrom(request.amount)


def _approved(_: Books, __: Any, response: Any) -> None:
    response.advice, response.score = fraud_pb2.ADVICE_APPROVE, 5


def _taxed(_: Books, request: Any, response: Any) -> None:
    for line in request.lines:
        tax = response.taxes.add(line_number=line.line_number, rate="0.21")
        tax.tax.currency_code, tax.tax.units = line.amount.currency_code, 1


def _shipped(books: Books, request: Any, _: Any) -> None:
    """Have an order worked at once: taken on, picked, and gone in one parcel."""
    identity, at = request.fulfillment_order_id, request.call.business_time
    books.updates["updates"] += [
        warehouse_pb2.Update(
            update_id=f"{identity}/ack",
            acknowledgment=fulfillment_pb2.Acknowledgment(fulfillment_order_id=identity, occur_time=at),
        ),
        warehouse_pb2.Update(
            update_id=f"{identity}/pick",
            pick=fulfillment_pb2.ProgressReport(fulfillment_order_id=identity, occur_time=at),
        ),
        warehouse_pb2.Update(
            update_id=f"{identity}/ship",
            shipment=fulfillment_pb2.ShipmentReport(
                fulfillment_order_id=identity, shipment_reference="P-1", tracking_number=f"T-{identity}", occur_time=at
            ),
        ),
    ]


def _delivered(books: Books, request: Any, _: Any) -> None:
    at: Timestamp = request.call.business_time
    event = fulfillment_pb2.CarrierEvent(
        tracking_number=request.tracking_number,
        state=fulfillment_pb2.SHIPMENT_STATE_DELIVERED,
        occur_time=at,
        event_reference=f"{request.tracking_number}/1",
    )
    books.updates["events"].append(event)


_RESULTS: Final[Mapping[str, Callable[[Books, Any, Any], None]]] = {
    "Authorize": _moved,
    "Capture": _moved,
    "ScreenOrder": _approved,
    "DetermineTax": _taxed,
    "ReleaseFulfillmentOrder": _shipped,
    "RegisterParcel": _delivered,
}
"""What an operation answers beside its head, and starts."""


_BATCHES: Final = {
    "BatchReportProgress": "ReportProgress",
    "BatchPostDocuments": "PostDocument",
    "BatchSendNotices": "SendNotice",
}
"""The rpc of a batch -> the operation that it has several of."""


def _pulled(told: list[Any], field: str, request: Any, response: Any) -> Any:
    first = int(request.pull.cursor or 0)
    getattr(response, field).extend(told[first:])
    response.pulled.cursor = str(len(told))
    return response


def _behavior(books: Books, rpc: str, response_type: Any) -> Callable[[Any, Any], Any]:
    """Return what answers an rpc."""

    async def behave(request: Any, _: Any) -> Any:
        books.calls[rpc] += 1
        response = response_type()
        if one := _BATCHES.get(rpc):
            for operation in request.requests:
                answered = response.responses.add()
                answered.MergeFrom(books.done(one, operation, type(answered)()))
            return response
        if rpc == "FindOperation":
            return books.found(request, response)
        if rpc == "PullUpdates":
            field = "updates" if hasattr(response, "updates") else "events"
            return _pulled(books.updates[field], field, request, response)
        return books.done(rpc, request, response)

    return behave


def _handlers(books: Books) -> list[Any]:
    handlers = []
    for service in SERVICES.values():
        methods = {
            method.name: grpc.unary_unary_rpc_method_handler(
                _behavior(books, method.name, GetMessageClass(method.output_type)),
                request_deserializer=GetMessageClass(method.input_type).FromString,
                response_serializer=GetMessageClass(method.output_type).SerializeToString,
            )
            for method in service.methods
        }
        handlers.append(grpc.method_handlers_generic_handler(service.full_name, methods))
    return handlers


async def _serve() -> None:
    books, server = Books(), grpc.aio.server()
    server.add_generic_rpc_handlers(tuple(_handlers(books)))
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    said = False
    async for _ in asked():
        answer(msgspec.json.encode(books.counts()).decode() if said else address)
        said = True
    await server.stop(None)


if __name__ == "__main__":
    uvloop.run(_serve())
