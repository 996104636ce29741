"""A stand-in for a payment provider: authorizes, captures, reverses, refunds; each operation once per key."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_payment import policy, vault
from adapters.double_payment.settings import Settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done, refused
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from adapters.sdk.money import nanos_of, text_of
from adapters.sdk.times import timestamp_of
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1 import payment_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["PaymentService"]


class PaymentDouble(payment_pb2_grpc.PaymentServiceServicer):
    """The servicer; its book is the provider's memory."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def Authorize(self, request: pb.AuthorizeRequest, context: Context) -> pb.AuthorizeResponse:
        """Reserves an amount until it expires by business time."""
        return once(self._book, request, pb.AuthorizeResponse, lambda operation: _authorize(operation, request))

    async def Capture(self, request: pb.CaptureRequest, context: Context) -> pb.CaptureResponse:
        """Takes at most what is left of an authorization."""
        return once(self._book, request, pb.CaptureResponse, lambda operation: _capture(operation, request))

    async def Reverse(self, request: pb.ReverseRequest, context: Context) -> pb.ReverseResponse:
        """Gives back at most what is left of an authorization."""
        return once(self._book, request, pb.ReverseResponse, lambda operation: _reverse(operation, request))

    async def Refund(self, request: pb.RefundRequest, context: Context) -> pb.RefundResponse:
        """Gives back at most what is left of a capture."""
        return once(self._book, request, pb.RefundResponse, lambda operation: _refund(operation, request))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _authorize(operation: Operation, request: pb.AuthorizeRequest) -> pb.AuthorizeResponse:
    settings = Settings.read(request.call.profile_json)
    amount, currency = nanos_of(request.amount, "amount"), request.amount.currency_code
    if decline := policy.authorize_decline(request.instrument_token, amount, settings.declined_tokens):
        return pb.AuthorizeResponse(answer=refused(decline.code, decline.message))
    reference = operation.reference("AUTH")
    expires_at = operation.at + timedelta(days=settings.authorization_days)
    authorization = policy.Authorization(
        reference=reference, currency=currency, amount=amount, captured=0, reversed=0, expires_at=expires_at
    )
    vault.save(operation.tx, operation.account_id, authorization)
    _record(operation, "payment.authorize", request.order_id, reference, amount, currency)
    return pb.AuthorizeResponse(answer=done(reference), expire_time=timestamp_of(expires_at), amount=request.amount)


def _capture(operation: Operation, request: pb.CaptureRequest) -> pb.CaptureResponse:
    amount, currency = nanos_of(request.amount, "amount"), request.amount.currency_code
    known = vault.load(operation.tx, operation.account_id, request.authorization_reference)
    result = policy.captured(known, amount, currency, operation.at)
    if isinstance(result, policy.Decline):
        return pb.CaptureResponse(answer=refused(result.code, result.message))
    vault.save(operation.tx, operation.account_id, result)
    reference = operation.reference("CAPT")
    vault.save_capture(operation.tx, operation.account_id, policy.Capture(reference, currency, amount))
    _record(operation, "payment.capture", request.order_id, result.reference, amount, currency)
    return pb.CaptureResponse(answer=done(reference), amount=request.amount)


def _reverse(operation: Operation, request: pb.ReverseRequest) -> pb.ReverseResponse:
    amount, currency = nanos_of(request.amount, "amount"), request.amount.currency_code
    known = vault.load(operation.tx, operation.account_id, request.authorization_reference)
    result = policy.given_back(known, amount, currency)
    if isinstance(result, policy.Decline):
        return pb.ReverseResponse(answer=refused(result.code, result.message))
    vault.save(operation.tx, operation.account_id, result)
    _record(operation, "payment.reverse", result.reference, result.reference, amount, currency)
    return pb.ReverseResponse(answer=done(operation.reference("REVS")), amount=request.amount)


def _refund(operation: Operation, request: pb.RefundRequest) -> pb.RefundResponse:
    amount, currency = nanos_of(request.amount, "amount"), request.amount.currency_code
    known = vault.load_capture(operation.tx, operation.account_id, request.capture_reference)
    result = policy.refunded(known, amount, currency)
    if isinstance(result, policy.Decline):
        return pb.RefundResponse(answer=refused(result.code, result.message))
    vault.save_capture(operation.tx, operation.account_id, result)
    detail = {"capture_reference": result.reference, "amount": text_of(amount, currency), "currency": currency}
    operation.record("payment.refund", request.order_id, **detail)
    return pb.RefundResponse(answer=done(operation.reference("REFD")), amount=request.amount)


def _record(operation: Operation, kind: str, subject: str, authorization: str, amount: int, currency: str) -> None:
    detail = {"authorization_reference": authorization, "amount": text_of(amount, currency), "currency": currency}
    operation.record(kind, subject, **detail)


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite", vault.SCHEMA)
    servicer = PaymentDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: payment_pb2_grpc.add_PaymentServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
