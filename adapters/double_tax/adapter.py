"""A stand-in for a tax engine: one rate per country, tax contained in the amounts, recorded once per key."""

from __future__ import annotations

from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_tax.policy import contained_tax
from adapters.double_tax.settings import Settings, fraction_of
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from adapters.sdk.money import money_of, nanos_of, text_of
from crossdock.partner.tax.v1 import tax_pb2 as pb
from crossdock.partner.tax.v1 import tax_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["TaxService"]


class TaxDouble(tax_pb2_grpc.TaxServiceServicer):
    """The servicer; its book is the engine's record."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def DetermineTax(self, request: pb.DetermineTaxRequest, context: Context) -> pb.DetermineTaxResponse:
        """Determines the tax of each line and records their sum."""
        return once(self._book, request, pb.DetermineTaxResponse, lambda operation: _determine(operation, request))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _determine(operation: Operation, request: pb.DetermineTaxRequest) -> pb.DetermineTaxResponse:
    rate = Settings.read(request.call.profile_json).rate_of(request.to_country_code)
    taxes: list[pb.LineTax] = []
    totals: dict[str, int] = {}
    for line in request.lines:
        currency = line.amount.currency_code
        tax = contained_tax(nanos_of(line.amount, "lines.amount"), fraction_of(rate), currency)
        totals[currency] = totals.get(currency, 0) + tax
        taxes.append(pb.LineTax(line_number=line.line_number, rate=rate, tax=money_of(tax, currency)))
    sums = {currency: text_of(total, currency) for currency, total in totals.items()}
    operation.record("tax.determine", request.order_id, country_code=request.to_country_code, rate=rate, taxes=sums)
    return pb.DetermineTaxResponse(answer=done(operation.reference("TAX")), taxes=taxes)


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite")
    servicer = TaxDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: tax_pb2_grpc.add_TaxServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
