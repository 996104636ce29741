"""How a request to a partner can fail, by what is known of its effect, and the gRPC status that tells the hub so.

Whoever cannot prove that nothing was done raises OutcomeUnknown. The hub then asks FindOperation first.
"""

from __future__ import annotations

from typing import ClassVar

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2


class PartnerFailure(Exception):
    """A request without a result. The message is one sentence without secrets and personal data."""

    code: ClassVar[grpc.StatusCode]
    retry_after_seconds: float | None = None


class NothingDone(PartnerFailure):
    """The partner did nothing, and may be asked again, after `retry_after_seconds` where that is known."""

    code = grpc.StatusCode.ABORTED

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class RateLimited(NothingDone):
    """The partner takes no more requests for now, or this adapter sends it no more."""

    code = grpc.StatusCode.RESOURCE_EXHAUSTED


class NotAdmitted(NothingDone):
    """The partner does not know the credential; it did nothing."""

    code = grpc.StatusCode.UNAUTHENTICATED


class OutcomeUnknown(PartnerFailure):
    """The partner may have done it."""

    code = grpc.StatusCode.INTERNAL


class TimedOut(OutcomeUnknown):
    """The partner did not answer in time, and may have done it."""

    code = grpc.StatusCode.DEADLINE_EXCEEDED


class Rejected(PartnerFailure):
    """The partner refused the request for good.

    Attributes:
        status: Status of HTTP, 400 to 499.
        body: The JSON value that came with it; None where the body is no JSON.
    """

    code = grpc.StatusCode.FAILED_PRECONDITION

    def __init__(self, message: str, status: int, body: object) -> None:
        super().__init__(message)
        self.status, self.body = status, body


def trailers_of(failure: PartnerFailure) -> tuple[tuple[str, bytes], ...]:
    """Return the trailing metadata of a failure: RetryInfo where it is known when to ask again."""
    if failure.retry_after_seconds is None:
        return ()
    delay = Duration()
    delay.FromMilliseconds(round(failure.retry_after_seconds * 1000))
    detail = AnyMessage()
    detail.Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    status = status_pb2.Status(code=failure.code.value[0], message=str(failure), details=[detail])
    return (("grpc-status-details-bin", status.SerializeToString()),)
