"""Serves the warehouse contract for houses that send their stock as files: files are read, nothing else is offered.

What a file means stands in `adapters.stock_files.mapping`.
"""

from __future__ import annotations

from functools import partial

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context
from adapters.sdk.documents.reading import unread
from adapters.sdk.documents.working import read_apart
from adapters.stock_files.mapping import read_document
from adapters.stock_files.settings import read_settings
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import (
    WarehouseServiceServicer,
    add_WarehouseServiceServicer_to_server,
)

SERVICE = "crossdock.partner.warehouse.v1.WarehouseService"


class StockFiles(WarehouseServiceServicer):
    """Warehouses that send files. Keeps nothing between calls."""

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads stock; a malformed profile is a problem of the document, which can be read again after the fix."""
        try:
            settings = read_settings(request.call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        call = request.call
        called_at = call.business_time if call.HasField("business_time") else None
        reading = await read_apart(
            partial(read_document, request.content, request.media_type, settings, call.account_id, called_at)
        )
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)


def build(context: AdapterContext) -> Adapter:
    """Builds the adapter; called once by the process that serves it."""
    add = partial(add_WarehouseServiceServicer_to_server, StockFiles())
    return Adapter(name=context.name, service=SERVICE, add=add)
