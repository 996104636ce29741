"""Has documents read by the adapters of their accounts: commands as the caller's values, and problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

from crossdock.inbox.v1 import inbox_pb2
from crossdock.partner.channel.v1 import channel_pb2
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceStub
from crossdock.partner.customs.v1 import customs_pb2
from crossdock.partner.customs.v1.customs_pb2_grpc import CustomsServiceStub
from crossdock.partner.notice.v1 import notice_pb2
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from crossdock.partner.transport.v1 import transport_pb2
from crossdock.partner.transport.v1.transport_pb2_grpc import TransportServiceStub
from crossdock.partner.warehouse.v1 import warehouse_pb2
from crossdock.partner.warehouse.v1.warehouse_pb2_grpc import WarehouseServiceStub
from hub.connect.line import Line, Stub
from hub.inbox.model import Document
from hub.kernel.instant import Instant
from hub.network.model import PartnerKind
from hub.wire.checks.texts import without_nul
from hub.wire.partners.calls import call_to_pb

T = TypeVar("T")

READ_SECONDS: Final = 60.0
"""Deadline of reading a document."""
_READERS: Final[Mapping[PartnerKind, tuple[Stub, Callable[..., Any]]]] = {
    PartnerKind.CHANNEL: (ChannelServiceStub, channel_pb2.ReadDocumentRequest),
    PartnerKind.WAREHOUSE: (WarehouseServiceStub, warehouse_pb2.ReadDocumentRequest),
    PartnerKind.PAYMENT: (PaymentServiceStub, payment_pb2.ReadDocumentRequest),
    PartnerKind.TRANSPORT: (TransportServiceStub, transport_pb2.ReadDocumentRequest),
    PartnerKind.CUSTOMS: (CustomsServiceStub, customs_pb2.ReadDocumentRequest),
    PartnerKind.NOTICE: (NoticeServiceStub, notice_pb2.ReadDocumentRequest),
}
"""Kind of an account -> the service that reads its documents, and its request. Others are read as a channel's."""


class Problem(Struct, frozen=True):
    """What could not be read: where, which field, why; `ordinal` numbers the command it stands for, from 1, 0: none."""

    location: str
    field: str
    reason: str
    ordinal: int


class DocumentRead(Struct, Generic[T], frozen=True):
    """Commands in the document's order, and problems."""

    commands: Sequence[T]
    problems: Sequence[Problem]


class Documents(Struct, frozen=True):
    """Asks adapters to read documents; without effect at the partner."""

    line: Line

    async def read(
        self,
        kind: PartnerKind,
        document: Document,
        content: bytes,
        at: Instant,
        command_of: Callable[[inbox_pb2.Command], T],
    ) -> DocumentRead[T]:
        """Return what the adapter of an account of this kind reads, its commands made values by `command_of`.

        Raises what `failures` names.
        """
        account_id = document.account_id
        stub, request_of = _READERS.get(kind, _READERS[PartnerKind.CHANNEL])
        profile = self.line.registry.served(account_id).profile_json
        call = call_to_pb(account_id, str(document.document_id), at, profile)
        request = request_of(call=call, media_type=document.media_type, content=content)
        response = await self.line.reply(account_id, None, stub, "ReadDocument", request, deadline_seconds=READ_SECONDS)
        return _read_from_pb(response, command_of)


def _read_from_pb(response: Any, command_of: Callable[[inbox_pb2.Command], T]) -> DocumentRead[T]:
    return DocumentRead(
        [command_of(command) for command in response.commands],
        [
            Problem(
                without_nul(problem.location), without_nul(problem.field), without_nul(problem.reason), problem.ordinal
            )
            for problem in response.problems
        ],
    )
