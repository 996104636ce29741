"""A stand-in for a fraud screening service: scores by name, as its profile says. It keeps no names."""

from __future__ import annotations

from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_fraud import policy
from adapters.double_fraud.settings import Settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from crossdock.partner.fraud.v1 import fraud_pb2 as pb
from crossdock.partner.fraud.v1 import fraud_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["FraudService"]


class FraudDouble(fraud_pb2_grpc.FraudServiceServicer):
    """The servicer; its book is the screening's record."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def ScreenOrder(self, request: pb.ScreenOrderRequest, context: Context) -> pb.ScreenOrderResponse:
        """Scores an order and advises."""
        return once(self._book, request, pb.ScreenOrderResponse, lambda operation: _screen(operation, request))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _screen(operation: Operation, request: pb.ScreenOrderRequest) -> pb.ScreenOrderResponse:
    settings = Settings.read(request.call.profile_json)
    score = policy.score_of([request.customer.name, request.ship_to.name], settings)
    advice = policy.advice_of(score, settings)
    operation.record("fraud.screen", request.order_id, score=score, advice=pb.Advice.Name(advice))
    return pb.ScreenOrderResponse(answer=done(operation.reference("SCREEN")), advice=advice, score=score)


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite")
    servicer = FraudDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: fraud_pb2_grpc.add_FraudServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
