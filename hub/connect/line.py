"""The line to partners: makes one call with head, deadline and credential, and says how it failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import grpc
from google.protobuf.message import Message as ProtobufMessage
from msgspec import Struct, field

from crossdock.partner.call.v1 import call_pb2
from hub.connect.batches import Batched, Batches
from hub.connect.call_figures import PartnerFigures
from hub.connect.contacts import Contacts
from hub.connect.failures import Misanswered, NeverAccepted, OutcomeUnknown, failure_of
from hub.connect.registry import Registry
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.messages.updates import Pulled
from hub.outbox.model import Answer, Message
from hub.parties.model import Contact
from hub.wire.checks.elements import refuse_unsound
from hub.wire.partners.calls import answer_from_pb, call_to_pb, find_to_pb

Stub = Callable[[grpc.aio.Channel], Any]
R = TypeVar("R")
"""The result that an answer brings."""
U = TypeVar("U")
"""An update that a pull brings."""


class Line(Struct, frozen=True):
    """How all partner contracts call; `deadline_seconds` is machine time for one call."""

    registry: Registry
    contacts: Contacts
    deadline_seconds: float = 10.0
    counted: PartnerFigures = field(default_factory=PartnerFigures)
    batches: Batches = field(default_factory=Batches)

    def head(self, message: Message[Payload], at: Instant) -> call_pb2.Call:
        """The head of a message's call; its operation key is the message's id, in every attempt."""
        account_id = message.account_id or ""
        profile = self.registry.served(account_id).profile_json
        return call_to_pb(account_id, str(message.message_id), at, profile, message.traceparent or "")

    def find(self, message: Message[Payload], at: Instant) -> call_pb2.Find:
        """The name of a message's operation, to ask what became of it."""
        return find_to_pb(self.head(message, at), message.kind, message.appended_at or at)

    async def contact(self, party_id: UUID) -> Contact:
        """The party of a payload. Raises NeverAccepted when it was erased."""
        (contact,) = await self.people([party_id])
        return contact

    async def people(self, party_ids: Sequence[UUID]) -> list[Contact]:
        """The parties of a payload, in the order named. Raises NeverAccepted when one was erased."""
        known = await self.contacts(party_ids)
        for party_id in party_ids:
            if party_id not in known:
                raise NeverAccepted(f"Party {party_id} was erased; the call cannot be made without it.")
        return [known[party_id] for party_id in party_ids]

    async def operate(self, message: Message[Payload], stub: Stub, rpc: str, request: Any) -> Answer[None]:
        """Calls an operation, or asks what became of it, whose answer has no result; raises as `operate_for`."""
        return await self.operate_for(message, stub, rpc, request, lambda _: None)

    async def operate_batched(self, message: Message[Payload], batched: Batched, request: Any) -> Answer[None]:
        """Calls an operation whose answer has no result, in one call with those of its account that begin with it.

        Raises as `operate_for`; a batch that fails has failed for each of its operations.
        """
        response = await self.batches.response(message.account_id or "", batched, request, self._ask_for_batch)
        if response is None:
            return await self.operate(message, batched.stub, batched.rpc, request)
        return _answer_of(response, batched.batch_rpc, lambda _: None)

    async def operate_for(
        self, message: Message[Payload], stub: Stub, rpc: str, request: Any, result_of: Callable[[Any], R]
    ) -> Answer[R]:
        """Calls an operation, or asks what became of it, and reads its answer and the result in the response.

        Raises OutcomeUnknown when the partner names no outcome that is known here, Misanswered when the response breaks
        a rule of the contract or `result_of` refuses it, and what `reply` raises.
        """
        response = await self.reply(message.account_id or "", message.traceparent, stub, rpc, request)
        return _answer_of(response, rpc, result_of)

    async def pull(
        self, message: Message[Payload], stub: Stub, request: Any, read: Callable[[Any], Answer[Pulled[U]]]
    ) -> Answer[Pulled[U]]:
        """Pulls an account's updates and reads the response; raises Misanswered where `read` refuses it."""
        response = await self.reply(message.account_id or "", message.traceparent, stub, "PullUpdates", request)
        try:
            return read(response)
        except Refusal as refusal:
            raise Misanswered(f"The answer to PullUpdates breaks the contract: {refusal.message}") from refusal

    async def reply(
        self,
        account_id: str,
        traceparent: str | None,
        stub: Stub,
        rpc: str,
        request: ProtobufMessage,
        *,
        deadline_seconds: float | None = None,
    ) -> Any:
        """Makes one call and returns the response; raises what `failures` names."""
        with self.counted.call(account_id, rpc):
            return await self._reply(account_id, traceparent, stub, rpc, request, deadline_seconds)

    async def _ask_for_batch(self, batched: Batched, request: Any) -> Any:
        account_id = request.requests[0].call.account_id
        return await self.reply(account_id, None, batched.stub, batched.batch_rpc, request)

    async def _reply(
        self,
        account_id: str,
        traceparent: str | None,
        stub: Stub,
        rpc: str,
        request: ProtobufMessage,
        deadline_seconds: float | None,
    ) -> Any:
        adapter = self.registry.served(account_id).adapter
        channel = self.registry.channel(adapter)
        trace = (("traceparent", traceparent),) if traceparent else ()
        try:
            response = await getattr(stub(channel), rpc)(
                request,
                timeout=deadline_seconds or self.deadline_seconds,
                metadata=(*self.registry.authorization(adapter), *trace),
            )
        except grpc.aio.AioRpcError as error:
            raise failure_of(error) from error
        if response is None:  # gRPC's word for bytes that it could not read
            raise Misanswered(f"The answer to {rpc} cannot be decoded.")
        return response


def _answer_of(response: Any, rpc: str, result_of: Callable[[Any], R]) -> Answer[R]:
    """Read the response to an operation. Raises Misanswered and OutcomeUnknown as `operate_for`."""
    try:
        refuse_unsound(response)
        answer = answer_from_pb(response.answer, result_of(response))
    except Refusal as refusal:
        raise Misanswered(f"The answer to {rpc} breaks the contract: {refusal.message}") from refusal
    if answer is None:
        raise OutcomeUnknown("The partner did not say whether the operation took effect.")
    return answer
