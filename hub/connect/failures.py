"""How a call to a partner can fail, by what may be done next. Reads gRPC's errors so that `work` need not.

Whoever cannot prove that nothing was done says OutcomeUnknown: asking costs a call, a second effect costs money.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

import grpc
from google.protobuf.any_pb2 import Any
from google.rpc import error_details_pb2, status_pb2

_NEVER_SENT: Final = ("failed to connect", "connection refused", "name resolution", "dns resolution", "no such file")
_LOST: Final = (
    "cancelling all calls",
    "closed",
    "reset",
    "goaway",
    "broken pipe",
    "eof",
    "stream removed",
    "timeout",
    "timed out",
    "transport",
    "handshake",
)
"""Words of the library itself where a connection ended under a call; what a partner says in words counts as it says."""
_RETRYABLE: Final = frozenset({grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.ABORTED})
"""Codes with which nothing was done."""
_REFUSED: Final = frozenset(
    {
        grpc.StatusCode.INVALID_ARGUMENT,
        grpc.StatusCode.NOT_FOUND,
        grpc.StatusCode.ALREADY_EXISTS,
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.FAILED_PRECONDITION,
        grpc.StatusCode.OUT_OF_RANGE,
        grpc.StatusCode.UNIMPLEMENTED,
    }
)


class CallFailure(Exception):
    """A call that brought no answer; the message is one sentence for people, without personal data."""


class NotReached(CallFailure):
    """The partner's adapter was not reached: nothing was done, and another try may do at once."""


class PutOff(CallFailure):
    """The partner did nothing and may be asked again, after `retry_after_seconds` where it said so."""

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class CredentialRefused(PutOff):
    """The partner's adapter, or the partner, does not know the credential and did nothing. It is renewed later."""


class OutcomeUnknown(CallFailure):
    """The partner may have done it: it must be asked before the call is repeated."""


class Misanswered(OutcomeUnknown):
    """The partner answered what cannot be its answer: bytes that hold none, or values that break the contract.

    What it did is not known. The message says what is wrong with the answer.
    """


class NeverAccepted(CallFailure):
    """The partner will not take this call as it is; repeating it is useless."""


class NotOffered(NeverAccepted):
    """The partner's adapter has no such call."""


def failure_of(error: grpc.aio.AioRpcError) -> CallFailure:
    """What a failed call means."""
    code, details = error.code(), (error.details() or "")[:300]
    said = f"{code.name}: {details}"
    if code in _REFUSED:
        return NotOffered(said) if code is grpc.StatusCode.UNIMPLEMENTED else NeverAccepted(said)
    if code is grpc.StatusCode.UNAUTHENTICATED:
        return CredentialRefused(said, retry_after(error))
    if code in _RETRYABLE:
        return PutOff(said, retry_after(error))
    if code is grpc.StatusCode.UNAVAILABLE:
        if any(words in details.lower() for words in _NEVER_SENT):
            return NotReached(said)
        if retry_after(error) is not None or not any(words in details.lower() for words in _LOST):
            return PutOff(said, retry_after(error))
    return OutcomeUnknown(said)


def retry_after(error: grpc.aio.AioRpcError) -> float | None:
    """Seconds the partner asks to wait: RetryInfo in the status, or `retry-after` in the trailing metadata."""
    metadata = cast("Mapping[str, str | bytes]", error.trailing_metadata() or {})
    details = metadata.get("grpc-status-details-bin")
    if isinstance(details, bytes):
        status = status_pb2.Status.FromString(details)
        for detail in status.details:
            if (seconds := _retry_info(detail)) is not None:
                return seconds
    try:
        return max(float(metadata.get("retry-after", "")), 0.0)
    except ValueError:
        return None


def _retry_info(detail: Any) -> float | None:
    info = error_details_pb2.RetryInfo()
    if not detail.Unpack(info):
        return None
    return float(info.retry_delay.ToTimedelta().total_seconds())
