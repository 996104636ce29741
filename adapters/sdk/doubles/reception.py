"""Stands before a stand-in: notes each call it receives, plays the fault ordered for it, refuses what is no call.

One interceptor for all stand-ins, so that none of them has code for faults. Which faults there are and how they are
ordered stands in `adapters.sdk.doubles.faults`; what a call does stands in the stand-in.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import grpc
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from adapters.sdk.calls import (
    BadCall,
    Behavior,
    Context,
    Continuation,
    Handler,
    Interceptor,
    done,
    head_of,
    method_of,
    not_found,
    operation_of,
    outcome_name,
    refused,
    response_type,
    status_of,
    wrapped,
)
from adapters.sdk.doubles import lies
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.faults import FaultKind, take_fault
from adapters.sdk.doubles.operations import answering, content_of, digest, find, is_known, remember
from adapters.sdk.doubles.updates import cursor_of
from adapters.sdk.times import instant_of, text_of
from crossdock.partner.call.v1 import call_pb2

LONGEST_SLOW_SECONDS: Final = 30.0
FIND: Final = "FindOperation"

_BEFORE: Final = {
    FaultKind.UNAVAILABLE: grpc.StatusCode.UNAVAILABLE,
    FaultKind.TIMEOUT_BEFORE: grpc.StatusCode.DEADLINE_EXCEEDED,
    FaultKind.SERVER_ERROR: grpc.StatusCode.INTERNAL,
}
_AFTER: Final = {
    FaultKind.TIMEOUT_AFTER: grpc.StatusCode.DEADLINE_EXCEEDED,
    FaultKind.RESET_AFTER: grpc.StatusCode.UNAVAILABLE,
}


class Failing(Exception):
    """A failure that was ordered: noted in the call's record first, then told to the caller."""

    def __init__(self, code: grpc.StatusCode, message: str, trailers: tuple[tuple[str, bytes], ...] = ()) -> None:
        super().__init__(message)
        self.code, self.trailers = code, trailers


@dataclass(frozen=True)
class BatchOfOne:
    """What a stand-in's method of batches is handed: it does the operations one by one."""

    requests: Sequence[Message]


class Reception(Interceptor):
    """The interceptor of one stand-in; calls of other services pass it untouched."""

    def __init__(self, service: ServiceDescriptor, book: Book) -> None:
        self._service = service
        self._book = book

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Handler:
        """Wraps the handlers of its service."""
        handler = await continuation(handler_call_details)
        service, method = method_of(handler_call_details.method)
        if service != self._service.full_name:
            return handler
        return wrapped(handler, lambda behavior: self._received(method, behavior))

    def _received(self, method: str, behavior: Behavior) -> Behavior:
        operation = operation_of(self._service, method)
        if operation is not None:
            behavior = self._apart(operation, response_type(self._service, method), behavior)

        async def receive(request: Message, context: Context) -> Message | bytes:
            try:
                return await self._receive(method, behavior, request, context)
            except BadCall as error:
                await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
            except Failing as failing:
                await context.abort(failing.code, str(failing), failing.trailers)

        return receive

    def _apart(self, method: str, batch_type: Any, behavior: Behavior) -> Behavior:
        """Receives each operation of a batch as its own call; where that would have failed, it answers no outcome."""

        async def alone(request: Message, context: Context) -> Message:
            batch = await behavior(BatchOfOne([request]), context)
            answer: Message = batch.responses[0]
            return answer

        async def receive(batch: Any, context: Context) -> Any:
            response = batch_type()
            for request in batch.requests:
                try:
                    answer = await self._receive(method, alone, request, context)
                except Failing:
                    answer = response_type(self._service, method)()  # says no outcome
                if isinstance(answer, bytes):
                    return answer
                response.responses.append(answer)
            return response

        return receive

    async def _receive(self, method: str, behavior: Behavior, request: Message, context: Context) -> Message | bytes:
        """Notes a call, plays the fault ordered for it and answers. Raises BadCall and Failing once that is noted."""
        number, fault = self._note(method, head_of(request))
        try:
            response = await self._answer(method, fault, behavior, request, context)
        except BadCall:
            self._settle(number, grpc.StatusCode.INVALID_ARGUMENT.name)
            raise
        except Failing as failing:
            self._settle(number, failing.code.name)
            raise
        except grpc.aio.AbortError:
            self._settle(number, status_of(context).name)
            raise
        self._settle(number, _outcome_of(response))
        return response

    def _note(self, method: str, head: call_pb2.Call) -> tuple[int, tuple[FaultKind, str] | None]:
        at = instant_of(head.business_time) if head.HasField("business_time") else None
        with self._book.transaction() as tx:
            fault = take_fault(tx, method, head.account_id, at)
            row = tx.execute(
                "INSERT INTO call (method, account_id, operation_key, business_time, fault) VALUES (?, ?, ?, ?, ?)"
                " RETURNING id",
                (method, head.account_id, head.operation_key, text_of(at) if at else "", fault[0] if fault else ""),
            ).fetchone()
            return row["id"], fault

    def _settle(self, number: int, outcome: str) -> None:
        with self._book.transaction() as tx:
            tx.execute("UPDATE call SET outcome = ? WHERE id = ?", (outcome, number))

    async def _answer(
        self,
        method: str,
        fault: tuple[FaultKind, str] | None,
        behavior: Behavior,
        request: Message,
        context: Context,
    ) -> Message | bytes:
        if fault is None:
            answer: Message = await behavior(request, context)
            return answer
        kind, argument = fault
        await _fail_before(kind, argument)
        if kind is FaultKind.REFUSE:
            return self._refuse(method, argument, request)
        if kind is FaultKind.LIE and not hasattr(request, "pull"):
            return self._lie(method, request)
        response: Message = await behavior(request, context)
        _fail_after(kind)
        if kind is FaultKind.SAY:
            return lies.told(response, argument)
        if hasattr(response, "pulled"):
            _spoil(kind, argument, request, response)
        return response

    def _refuse(self, method: str, code: str, request: Message) -> Message:
        answer_type = response_type(self._service, method)
        if "answer" not in answer_type.DESCRIPTOR.fields_by_name:
            raise Failing(grpc.StatusCode.FAILED_PRECONDITION, f"refused by order: {code}")
        head = head_of(request)
        response = answering(answer_type, refused(code, "Refused by order."))
        if method == FIND:
            return response
        with self._book.transaction() as tx:
            if is_known(tx, head.account_id, head.operation_key):
                return find(tx, head.account_id, head.operation_key, answer_type)
            remember(tx, head.account_id, head.operation_key, content_of(request), response)
        return response

    def _lie(self, method: str, request: Any) -> Message:
        answer_type = response_type(self._service, method)
        if "answer" not in answer_type.DESCRIPTOR.fields_by_name:
            return answer_type()
        head = head_of(request)
        said = not_found() if method == FIND else done(f"LOST-{digest(head.account_id, head.operation_key)}")
        response = answering(answer_type, said)
        if hasattr(response, "amount") and hasattr(request, "amount"):
            amount: Any = response.amount
            amount.CopyFrom(request.amount)
        return response


async def _fail_before(kind: FaultKind, argument: str) -> None:
    if kind is FaultKind.CRASH_BEFORE:
        _die()
    if kind is FaultKind.SLOW:
        await asyncio.sleep(min(float(argument or "1"), LONGEST_SLOW_SECONDS))
    if kind is FaultKind.RATE_LIMITED:
        raise Failing(grpc.StatusCode.RESOURCE_EXHAUSTED, "too many calls", _retry_info(argument))
    if code := _BEFORE.get(kind):
        raise Failing(code, f"{kind} by order")


def _fail_after(kind: FaultKind) -> None:
    if kind is FaultKind.CRASH_AFTER:
        _die()
    if code := _AFTER.get(kind):
        raise Failing(code, f"{kind} by order")


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit(signal.SIGKILL)


def _retry_info(seconds: str) -> tuple[tuple[str, bytes], ...]:
    if not seconds:
        return ()
    delay = Duration()
    delay.FromMilliseconds(round(float(seconds) * 1000))
    status = status_pb2.Status(code=grpc.StatusCode.RESOURCE_EXHAUSTED.value[0], message="too many calls")
    status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    return (("grpc-status-details-bin", status.SerializeToString()),)


def _spoil(kind: FaultKind, argument: str, request: Any, response: Any) -> None:
    updates = response.updates if hasattr(response, "updates") else response.events
    honest = list(updates)
    told = {
        FaultKind.DUPLICATE: [update for update in honest for _ in range(2)],
        FaultKind.REORDER: honest[::-1],
        FaultKind.PARTIAL: honest[: int(argument or len(honest) // 2)],
        FaultKind.LIE: [],
    }.get(kind, honest)
    del updates[:]
    updates.extend(told)
    if kind is FaultKind.PARTIAL and len(told) < len(honest):
        response.pulled.cursor = str(cursor_of(request.pull) + len(told))
        response.pulled.next_update_time.CopyFrom(request.pull.call.business_time)


def _outcome_of(response: Any) -> str:
    if isinstance(response, bytes):
        return "GARBAGE"
    for name in ("updates", "events"):
        if hasattr(response, name):
            return f"{len(getattr(response, name))} updates"
    if not hasattr(response, "answer"):
        return "ANSWERED"
    return outcome_name(response.answer)
