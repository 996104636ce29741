"""Serves the notice contract by e-mail: one mail per operation, in the customer's language."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from google.protobuf.descriptor import ServiceDescriptor

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context, business_time_of, done, not_found, operation_time_of, refused
from adapters.sdk.documents.reading import unread
from adapters.sdk.documents.working import read_apart
from adapters.sdk.http.failures import NotAdmitted, NothingDone
from adapters.sdk.http.serving import PartnerFailures
from adapters.smtp_notice.addresses import Address, address_of
from adapters.smtp_notice.bounces import read_bounces
from adapters.smtp_notice.mail import mail_of, message_id
from adapters.smtp_notice.memory import Mailing, Memory, Stage
from adapters.smtp_notice.rendering import rendered
from adapters.smtp_notice.sending import MailRefused, deliver
from adapters.smtp_notice.settings import Settings, read_settings
from adapters.smtp_notice.templates import account_folders, text_for
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.notice.v1 import notice_pb2 as pb
from crossdock.partner.notice.v1 import notice_pb2_grpc

SERVICE: Final[ServiceDescriptor] = pb.DESCRIPTOR.services_by_name["NoticeService"]
_PREFIX: Final = "NOTICE_TEMPLATE_"


class SmtpNotice(notice_pb2_grpc.NoticeServiceServicer):
    """The servicer; it remembers at the hub alone.

    Attributes:
        sending: Deliveries in hand.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.sending: set[asyncio.Task[call_pb2.Answer]] = set()

    async def SendNotice(self, request: pb.SendNoticeRequest, context: Context) -> pb.SendNoticeResponse:
        """Sends the mail of an operation, once."""
        call = request.call
        at, settings = operation_time_of(call), read_settings(call.profile_json)
        known = await self._memory.recall(call.account_id, call.operation_key)
        content = _content_of(request)
        if known.content not in ("", content):
            answer = refused("operation_key_reused", "The key belongs to a notice of other content.")
        elif known.stage in (Stage.SENT, Stage.REFUSED):
            answer = _answer_of(known, settings, call)
        else:
            mailing = await self._memory.begin(call.account_id, call.operation_key, known, content, at)
            answer = await self._sent(request, settings, mailing, at)
        return pb.SendNoticeResponse(answer=answer)

    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Returns what became of a mail. One that was never confirmed counts as not sent once its call is over."""
        call = request.find.call
        settings, at = read_settings(call.profile_json), business_time_of(call)
        mailing = await self._memory.recall(call.account_id, call.operation_key)
        if mailing.in_hand(at):
            return pb.FindOperationResponse(answer=call_pb2.Answer())
        return pb.FindOperationResponse(answer=_answer_of(mailing, settings, call))

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads what a mail server reports; a malformed profile is a problem of the document."""
        try:
            settings = read_settings(request.call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        reading = await read_apart(partial(read_bounces, request.content, settings, request.call.account_id))
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)

    async def _sent(
        self, request: pb.SendNoticeRequest, settings: Settings, mailing: Mailing, at: datetime
    ) -> call_pb2.Answer:
        """Send the mail to the end, also where the caller hangs up meanwhile: what became of it is noted."""
        sending = asyncio.create_task(self._send(request, settings, mailing, at))
        self.sending.add(sending)
        sending.add_done_callback(self.sending.discard)
        return await asyncio.shield(sending)

    async def _send(
        self, request: pb.SendNoticeRequest, settings: Settings, mailing: Mailing, at: datetime
    ) -> call_pb2.Answer:
        call = request.call
        settle = partial(self._memory.settle, call.account_id, call.operation_key)
        try:
            recipient = _recipient_of(request)
            mail = _mail_of(request, settings, recipient, at)
            sender = settings.bounces_to or settings.sender
            await asyncio.to_thread(deliver, settings.server, sender, recipient, mail)
            settled = replace(mailing, stage=Stage.SENT)
        except MailRefused as refusal:
            settled = replace(mailing, stage=Stage.REFUSED, code=refusal.code, message=str(refusal))
        except (BadCall, NothingDone, NotAdmitted):
            await settle(replace(mailing, stage=Stage.NONE))
            raise
        await settle(settled)
        return _answer_of(settled, settings, call)


def _answer_of(mailing: Mailing, settings: Settings, call: call_pb2.Call) -> call_pb2.Answer:
    if mailing.stage is Stage.SENT:
        return done(message_id(settings, call.account_id, call.operation_key))
    if mailing.stage is Stage.REFUSED:
        return refused(mailing.code, mailing.message)
    return not_found()


def _recipient_of(request: pb.SendNoticeRequest) -> Address:
    """Return whom to write to. Raises MailRefused where the contact has no address that mail can be sent to."""
    if not request.recipient.email:
        raise MailRefused("no_address", "The customer has no e-mail address.")
    recipient = address_of(request.recipient.email)
    if recipient is None:
        raise MailRefused("bad_address", "The customer's e-mail address is none.")
    return recipient


def _mail_of(request: pb.SendNoticeRequest, settings: Settings, recipient: Address, at: datetime) -> Any:
    """Return the mail. Raises MailRefused for a notice that this version has no text for."""
    if request.template not in pb.NoticeTemplate.values()[1:]:
        raise MailRefused("unknown_template", "This version of the adapter has no text for the notice.")
    template = pb.NoticeTemplate.Name(request.template).removeprefix(_PREFIX)
    folders = account_folders(settings.templates, request.channel_id)
    text = text_for(template, request.language_code, settings.language, folders)
    name = request.recipient.name
    values = {**request.values, "recipient_name": name, "sender_name": settings.sender_name}
    identity = message_id(settings, request.call.account_id, request.call.operation_key)
    return mail_of(rendered(text, values, settings.time_zone), settings, recipient, name, identity, at)


def _content_of(request: pb.SendNoticeRequest) -> str:
    """Return a fingerprint of what is asked, its head left out: a repeat may have another time."""
    bare = pb.SendNoticeRequest()
    bare.CopyFrom(request)
    bare.ClearField("call")
    return hashlib.sha256(bare.SerializeToString(deterministic=True)).hexdigest()


def build(context: AdapterContext) -> Adapter:
    """Builds the adapter; called once by the process that serves it."""
    return adapter_of(context.name, SmtpNotice(Memory(context.state)))


def adapter_of(name: str, servicer: SmtpNotice) -> Adapter:
    """Return the adapter of a servicer."""
    return Adapter(
        name=name,
        service=SERVICE.full_name,
        add=lambda server: notice_pb2_grpc.add_NoticeServiceServicer_to_server(servicer, server),
        interceptors=(PartnerFailures(SERVICE.full_name),),
    )
