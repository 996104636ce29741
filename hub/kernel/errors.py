"""Refusals: one family of exceptions, each with one reason of `crossdock.common.v1.ErrorReason` and one status.

Rooms define theirs in their `errors.py`. Batch functions return refusals as elements; `api/refusals.py` is the only
place that turns them into gRPC status and details.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import ClassVar


class Status(Enum):
    """What a refusal means to a caller: the gRPC status codes that the hub uses."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    FAILED_PRECONDITION = "FAILED_PRECONDITION"
    ABORTED = "ABORTED"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"


class Refusal(Exception):
    """A request or an element of a batch that the hub refuses: nothing was changed by it.

    `message` is one sentence for people (which field, which reason, what to do) without personal data; `metadata` are
    the facts behind it by name.
    """

    reason: ClassVar[str]
    status: ClassVar[Status]
    kept: ClassVar[bool] = True
    """True: a business refusal, stored under the request id; False: the caller may repeat the same request later."""
    retry_after_seconds: float | None = None
    """When coming again may help; None where it does not."""

    def __init__(self, message: str, **metadata: object) -> None:
        super().__init__(message)
        self.message = message
        self.metadata = {name: str(value) for name, value in metadata.items()}


class InvalidField(Refusal):
    """A field is missing or malformed; metadata maps the path of each field to its problem."""

    reason = "INVALID_FIELD"
    status = Status.INVALID_ARGUMENT
    kept = False

    def within(self, path: str) -> InvalidField:
        """Return the same refusal with its fields named from a larger message on, where `path` leads to theirs."""
        opens_with_a_name = self.message.startswith(tuple(self.metadata))
        message = f"{path}.{self.message}" if opens_with_a_name else f"In {path}: {self.message}"
        return InvalidField(message, **{f"{path}.{name}": problem for name, problem in self.metadata.items()})


@contextmanager
def inside(path: str) -> Iterator[None]:
    """Name the fields of an InvalidField raised in the block from a larger message on, as `InvalidField.within`."""
    try:
        yield
    except InvalidField as error:
        raise error.within(path) from error


class RequestTooLarge(Refusal):
    """A message above the size that its rpc takes; metadata names the rpc, the size and the limit, in bytes."""

    reason = "REQUEST_TOO_LARGE"
    status = Status.INVALID_ARGUMENT
    kept = False


class CardNumberRefused(Refusal):
    """A field holds a card number. Nothing was stored."""

    reason = "CARD_NUMBER_REFUSED"
    status = Status.INVALID_ARGUMENT
    kept = False


class CurrencyMismatch(Refusal):
    """Amounts of one order are in several currencies."""

    reason = "CURRENCY_MISMATCH"
    status = Status.INVALID_ARGUMENT
    kept = False


class RequestIdReused(Refusal):
    """The same request_id came before with different content."""

    reason = "REQUEST_ID_REUSED"
    status = Status.ALREADY_EXISTS


class ReferenceReused(Refusal):
    """A report with this reference came before with other content."""

    reason = "REFERENCE_REUSED"
    status = Status.ALREADY_EXISTS


class InstantImplausible(Refusal):
    """Something is reported to have happened when it cannot have."""

    reason = "INSTANT_IMPLAUSIBLE"
    status = Status.FAILED_PRECONDITION


class Unauthenticated(Refusal):
    """No token, or an unknown one."""

    reason = "UNAUTHENTICATED"
    status = Status.UNAUTHENTICATED
    kept = False


class AuthenticationThrottled(Refusal):
    """Too many calls of this address showed no token that holds; `retry_after_seconds` says when to try again."""

    reason = "AUTHENTICATION_THROTTLED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(
            "Too many calls of this address showed no token that holds; wait, then call with one that does.",
            retry_after_seconds=retry_after_seconds,
        )
        self.retry_after_seconds = retry_after_seconds


class PermissionDenied(Refusal):
    """The principal's roles do not allow the rpc."""

    reason = "PERMISSION_DENIED"
    status = Status.PERMISSION_DENIED
    kept = False


class Overloaded(Refusal):
    """The hub is at its limit; `retry_after_seconds` says when to try again."""

    reason = "OVERLOADED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False
    retry_after_seconds: float

    def __init__(self, message: str, retry_after_seconds: float) -> None:
        super().__init__(message, retry_after_seconds=retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class TooManyAtOnce(Refusal):
    """A principal has as many calls or streams open as it may; when some have ended, another is let in."""

    reason = "TOO_MANY_AT_ONCE"
    status = Status.RESOURCE_EXHAUSTED
    kept = False
    retry_after_seconds = 1.0


class RequestNeverCame(Refusal):
    """A call began, and its request was not there in time; nothing was done."""

    reason = "REQUEST_NEVER_CAME"
    status = Status.DEADLINE_EXCEEDED
    kept = False


class DeadlinePassed(Refusal):
    """The caller's deadline passed before the work began; nothing was done."""

    reason = "DEADLINE_PASSED"
    status = Status.DEADLINE_EXCEEDED
    kept = False


class StateChanged(Refusal):
    """The stored state changed since it was read."""

    reason = "STATE_CHANGED"
    status = Status.ABORTED
    kept = False


def refuse_other_version(what: str, expected: int, version: int) -> None:
    """Raise StateChanged where `what` has another version than the one that a caller expects; 0 expects any."""
    if expected not in (0, version):
        raise StateChanged(
            f"{what} has version {version}, not {expected}: it was changed meanwhile. Read it again, then repeat.",
            expected_version=expected,
            version=version,
        )


class LeaseHeld(Refusal):
    """Another holder has the lease."""

    reason = "LEASE_HELD"
    status = Status.ABORTED
    kept = False


class ClockNotVirtual(Refusal):
    """Time can be advanced only on a hub that was started with --virtual-clock."""

    reason = "CLOCK_NOT_VIRTUAL"
    status = Status.FAILED_PRECONDITION
    kept = False
