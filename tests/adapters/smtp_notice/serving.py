"""The adapter over a socket, a real mail server beside it, and the hub's memory between them."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grpc
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from adapters.sdk.host import make_server
from adapters.sdk.listening import listen
from adapters.sdk.times import timestamp_of
from adapters.smtp_notice.adapter import SmtpNotice, adapter_of
from adapters.smtp_notice.memory import Memory
from crossdock.common.v1.address_pb2 import Contact
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1.notice_pb2_grpc import NoticeServiceStub
from tests.adapters.sdk.hub_memory import HubMemory, hub_memory

TUESDAY = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
ANNA = Contact(name="Anna Canary", email="anna.canary@example.com")
PASSWORD = "correct horse"
VALUES = {
    "channel_reference": "#1001",
    "total": "1234.50 EUR",
    "placed_time": "2026-03-03T23:30:00+00:00",
    "carrier_name": "DHL",
    "tracking_number": "T1",
    "tracking_url": "https://track.example/?a=1&b=2",
}


@dataclass
class Post:
    """A mail server's handler: keeps what it is handed, and replies to a step what `replies` says, once each."""

    mails: list[tuple[Envelope, EmailMessage]] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)
    breaks_after_mail: int = 0
    arrived: asyncio.Event | None = None
    proceeds: asyncio.Event | None = None

    def _reply(self, step: str) -> str | None:
        return self.replies[step].pop(0) if self.replies.get(step) else None

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, mail_options: list[str]
    ) -> str:
        if reply := self._reply("MAIL"):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if reply := self._reply("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if reply := self._reply("DATA"):
            return reply
        if self.arrived and self.proceeds:
            self.arrived.set()
            await self.proceeds.wait()
        mail = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope, mail))
        if self.breaks_after_mail:
            self.breaks_after_mail -= 1
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"

    def only(self) -> EmailMessage:
        """The one mail that was sent."""
        ((_, mail),) = self.mails
        return mail


@dataclass
class Served:
    """The adapter being served, its mail server, its memory, and a profile that names the server."""

    stub: Any
    post: Post
    memory: HubMemory
    profile: dict[str, Any]
    servicer: SmtpNotice

    def request(self, key: str = "k1", at: datetime = TUESDAY, **changes: Any) -> pb.SendNoticeRequest:
        """Answers a request to send Anna that her order is confirmed, changed as named."""
        fields: dict[str, Any] = {
            "order_id": "order-1",
            "template": pb.NOTICE_TEMPLATE_ORDER_CONFIRMED,
            "recipient": ANNA,
            "language_code": "en",
            "values": VALUES,
            "channel_id": "WEB",
        }
        return pb.SendNoticeRequest(call=self.call(key, at), **(fields | changes))

    def call(self, key: str = "k1", at: datetime = TUESDAY) -> call_pb2.Call:
        """Answers the head of a call."""
        return call_pb2.Call(
            account_id="MAIL",
            operation_key=key,
            business_time=timestamp_of(at),
            profile_json=json.dumps(self.profile),
        )

    async def find(self, key: str = "k1", at: datetime = TUESDAY) -> call_pb2.Answer:
        """Answers what became of an operation."""
        find = call_pb2.Find(call=self.call(key, at), kind="notice.send")
        response: pb.FindOperationResponse = await self.stub.FindOperation(pb.FindOperationRequest(find=find))
        return response.answer


def minutes_later(minutes: float) -> datetime:
    """Answers Tuesday and so many minutes."""
    return TUESDAY + timedelta(minutes=minutes)


def let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Lets `shop` in with its password."""
    return AuthResult(success=(data.login, data.password) == (b"shop", PASSWORD.encode()), handled=False)


@asynccontextmanager
async def mail_server(post: Post, *, tls: ssl.SSLContext | None = None, **options: Any) -> AsyncIterator[int]:
    """Serves a mailbox on this machine until the block ends; answers the port. `tls` is spoken from the first byte."""
    loop = asyncio.get_running_loop()
    factory: Callable[[], SMTP] = lambda: SMTP(post, hostname="mail.example", loop=loop, **options)  # noqa: E731
    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def serving(port: int, post: Post, **profile: Any) -> AsyncIterator[Served]:
    """Serves the adapter until the block ends, before a mail server at a port."""
    settings = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "shop@example.com"} | profile
    with TemporaryDirectory(prefix="xd") as folder:
        async with hub_memory(Path(folder)) as (memory, state):
            servicer = SmtpNotice(Memory(state))
            server, _ = make_server([adapter_of("smtp_notice", servicer)], None)
            address = listen(server, f"unix:{folder}/socket")
            await server.start()
            async with grpc.aio.insecure_channel(address) as channel:
                yield Served(NoticeServiceStub(channel), post, memory, settings, servicer)
            await server.stop(None)


@asynccontextmanager
async def mailing(**profile: Any) -> AsyncIterator[Served]:
    """Serves the adapter and a plain mail server of this machine until the block ends."""
    post = Post()
    async with mail_server(post, enable_SMTPUTF8=True) as port, serving(port, post, **profile) as served:
        yield served
