"""How a call that was not done ends over HTTP: a status code, google.rpc.Status as JSON, and when to come again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict
from google.rpc import error_details_pb2, status_pb2
from msgspec import Struct, json

from hub.api.edge.refusals import DETAILS_KEY, Answer
from hub.api.web.context import CallContext

_CODES: Final[Mapping[grpc.StatusCode, int]] = {
    grpc.StatusCode.INVALID_ARGUMENT: 400,
    grpc.StatusCode.FAILED_PRECONDITION: 400,
    grpc.StatusCode.OUT_OF_RANGE: 400,
    grpc.StatusCode.UNAUTHENTICATED: 401,
    grpc.StatusCode.PERMISSION_DENIED: 403,
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.ABORTED: 409,
    grpc.StatusCode.ALREADY_EXISTS: 409,
    grpc.StatusCode.RESOURCE_EXHAUSTED: 429,
    grpc.StatusCode.CANCELLED: 499,
    grpc.StatusCode.UNIMPLEMENTED: 501,
    grpc.StatusCode.UNAVAILABLE: 503,
    grpc.StatusCode.DEADLINE_EXCEEDED: 504,
}
"""What is not here is 500."""
_CODES_OF_REASONS: Final = {
    "REQUEST_TOO_LARGE": 413,
    "METHOD_NOT_ALLOWED": 405,
    "MEDIA_TYPE_UNSUPPORTED": 415,
    "REQUEST_NEVER_CAME": 408,
}
"""Where HTTP has a word of its own."""


class Refused(Struct, frozen=True):
    """The end of a call that was not done: the status code and headers of HTTP, and google.rpc.Status as JSON."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def ended(context: CallContext) -> Answer:
    """Return how a call ended."""
    details = context.trailers.get(DETAILS_KEY)
    trailers = ((DETAILS_KEY, details),) if isinstance(details, bytes) else ()
    return Answer(context.code, context.details, trailers)


def http_code(code: grpc.StatusCode, reason: str) -> int:
    """Return HTTP's code for a status and the reason of a refusal."""
    return _CODES_OF_REASONS.get(reason) or _CODES.get(code, 500)


def refused(answer: Answer) -> Refused:
    """Return the end of a call over HTTP."""
    status = _status(answer)
    reason, seconds = _reason(status), _retry_seconds(status)
    headers = {"content-type": "application/json"}
    if answer.code is grpc.StatusCode.UNAUTHENTICATED:
        headers["www-authenticate"] = "Bearer"
    if seconds is not None:
        headers["retry-after"] = str(seconds)
    if reason == "METHOD_NOT_ALLOWED":
        headers["allow"] = _fact(status, "allowed")
    return Refused(http_code(answer.code, reason), headers, json.encode(MessageToDict(status)))


def _status(answer: Answer) -> status_pb2.Status:
    for _, details in answer.trailers:
        return status_pb2.Status.FromString(details)
    code: int = answer.code.value[0]
    return status_pb2.Status(code=code, message=answer.message)


def _reason(status: status_pb2.Status) -> str:
    info = _info(status)
    return info.reason if info else ""


def _fact(status: status_pb2.Status, name: str) -> str:
    info = _info(status)
    return info.metadata[name] if info else ""


def _info(status: status_pb2.Status) -> error_details_pb2.ErrorInfo | None:
    info = error_details_pb2.ErrorInfo()
    return info if any(detail.Unpack(info) for detail in status.details) else None


def _retry_seconds(status: status_pb2.Status) -> int | None:
    retry = error_details_pb2.RetryInfo()
    if not any(detail.Unpack(retry) for detail in status.details):
        return None
    delay: Duration = retry.retry_delay
    return max(1, math.ceil(delay.seconds + delay.nanos / 1e9))
