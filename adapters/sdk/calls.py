"""How a servicer reads the head of a call, answers it, and is wrapped by interceptors.

What the call means stands in the adapters; faults and logs in `adapters.sdk.doubles.reception`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import grpc
from google.protobuf import message_factory
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message

from adapters.sdk.times import instant_of
from crossdock.partner.call.v1 import call_pb2

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Behavior: TypeAlias = "Callable[[Any, Context], Awaitable[Any]]"
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Continuation: TypeAlias = "Callable[[grpc.HandlerCallDetails], Awaitable[Handler]]"

if TYPE_CHECKING:
    Interceptor: TypeAlias = grpc.aio.ServerInterceptor[Any, Any]
else:
    Interceptor = grpc.aio.ServerInterceptor


class BadCall(Exception):
    """A call that cannot be read as the contract says; the message names the field. Answered as INVALID_ARGUMENT."""


def head_of(request: Message) -> call_pb2.Call:
    """Answers the head of a request: its own, that of its pull or find, or that of a batch's first operation.

    Raises BadCall when it has none.
    """
    for path in (("call",), ("pull", "call"), ("find", "call")):
        head: Any = operations_of(request)[0]
        for name in path:
            head = getattr(head, name, None)
        if isinstance(head, call_pb2.Call):
            return head
    raise BadCall(f"{request.DESCRIPTOR.full_name} has no call")


def operations_of(request: Any) -> Sequence[Any]:
    """Answers the requests for one operation each that a request holds: those of a batch, or the request itself."""
    return getattr(request, "requests", None) or (request,)


def business_time_of(head: call_pb2.Call) -> datetime:
    """Answers the business time of a call. Raises BadCall when it is missing."""
    if not head.HasField("business_time"):
        raise BadCall("call.business_time is missing: partners decide by it")
    return instant_of(head.business_time)


def operation_time_of(head: call_pb2.Call) -> datetime:
    """Answers the business time of a call for an operation. Raises BadCall when it names no account, key or time."""
    if not head.account_id or not head.operation_key:
        raise BadCall("call.account_id and call.operation_key are required")
    return business_time_of(head)


def done(reference: str) -> call_pb2.Answer:
    """Answers DONE under the partner's reference."""
    return call_pb2.Answer(outcome=call_pb2.OUTCOME_DONE, partner_reference=reference)


def pending(reference: str) -> call_pb2.Answer:
    """Answers that the result comes later."""
    return call_pb2.Answer(outcome=call_pb2.OUTCOME_PENDING, partner_reference=reference)


def refused(code: str, message: str) -> call_pb2.Answer:
    """Answers a refusal for good, with the partner's code and a sentence without personal data."""
    return call_pb2.Answer(outcome=call_pb2.OUTCOME_REFUSED, code=code, message=message)


def not_found() -> call_pb2.Answer:
    """Answers that no operation with the key exists."""
    return call_pb2.Answer(outcome=call_pb2.OUTCOME_NOT_FOUND)


def outcome_name(answer: call_pb2.Answer) -> str:
    """Answers the name of an outcome without its prefix; the number of one from a newer contract."""
    value: int = answer.outcome
    known = value in call_pb2.Outcome.values()
    return call_pb2.Outcome.Name(value).removeprefix("OUTCOME_") if known else str(value)


def method_of(full_method: str) -> tuple[str, str]:
    """Answers service and method of a path such as /crossdock.partner.tax.v1.TaxService/DetermineTax."""
    service, _, method = full_method.lstrip("/").partition("/")
    return service, method


def status_of(context: Context) -> grpc.StatusCode:
    """Answers the status a call ended with, as far as it was set; OK before that."""
    code: Any = context.code()
    value = code.value[0] if isinstance(code, grpc.StatusCode) else int(code or 0)
    return next(status for status in grpc.StatusCode if status.value[0] == value)


def request_type(service: ServiceDescriptor, method: str) -> type[Message]:
    """Answers the class of a method's requests. Raises KeyError when the service has no such method."""
    return message_factory.GetMessageClass(service.methods_by_name[method].input_type)


def response_type(service: ServiceDescriptor, method: str) -> type[Message]:
    """Answers the class of a method's responses. Raises KeyError when the service has no such method."""
    return message_factory.GetMessageClass(service.methods_by_name[method].output_type)


def operation_of(service: ServiceDescriptor, batch_method: str) -> str | None:
    """Answers the method that does what a method of batches does several of; None for one that takes no batches."""
    requests = service.methods_by_name[batch_method].input_type.fields_by_name.get("requests")
    if requests is None:
        return None
    (method,) = [method.name for method in service.methods if method.input_type is requests.message_type]
    return method


def wrapped(handler: Handler, around: Callable[[Behavior], Behavior]) -> Handler:
    """Answers the handler with `around` about its behavior; streams and unknown methods stay as they are.

    What `around` answers as bytes is sent as it is.
    """
    behavior: Any = getattr(handler, "unary_unary", None)
    serialize: Any = getattr(handler, "response_serializer", None)
    if behavior is None:
        return handler
    return grpc.unary_unary_rpc_method_handler(
        around(behavior),
        request_deserializer=handler.request_deserializer,
        response_serializer=lambda response: response if isinstance(response, bytes) else serialize(response),
    )
