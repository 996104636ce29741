"""A stand-in for a register of VAT numbers: every number is in force but those that the profile names."""

from __future__ import annotations

from typing import Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.double_vat.settings import Settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context, done
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.operations import Operation, found, once
from adapters.sdk.doubles.reception import Reception
from crossdock.partner.vat.v1 import vat_pb2 as pb
from crossdock.partner.vat.v1 import vat_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["VatRegistryService"]


class VatDouble(vat_pb2_grpc.VatRegistryServiceServicer):
    """The servicer; its book is the register's log of enquiries."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def CheckVatNumber(self, request: pb.CheckVatNumberRequest, context: Context) -> pb.CheckVatNumberResponse:
        """Says whether a number is in force."""
        return once(self._book, request, pb.CheckVatNumberResponse, lambda operation: _check(operation, request))

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Answers what the operation answered."""
        return found(self._book, request, pb.FindOperationResponse)


def _check(operation: Operation, request: pb.CheckVatNumberRequest) -> pb.CheckVatNumberResponse:
    in_force = request.vat_number not in Settings.read(request.call.profile_json).not_in_force
    reference = operation.reference("WAPI")
    operation.record("vat.check", request.vat_number, in_force=in_force, consultation_number=reference)
    return pb.CheckVatNumberResponse(
        answer=done(reference), in_force=in_force, vat_number=request.vat_number, consultation_number=reference
    )


def build(context: AdapterContext) -> Adapter:
    """Builds the stand-in; its file is NAME.sqlite in the data folder."""
    book = Book(context.data_dir / f"{context.name}.sqlite")
    servicer = VatDouble(book)
    return Adapter(
        name=context.name,
        service=SERVICE.full_name,
        add=lambda server: vat_pb2_grpc.add_VatRegistryServiceServicer_to_server(servicer, server),
        interceptors=(Reception(SERVICE, book),),
        close=book.close,
    )
