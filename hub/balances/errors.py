"""Refusals of the balances room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class BalanceNotFound(Refusal):
    """No balance that the caller sees; what is wrong about a code is not told."""

    reason = "BALANCE_NOT_FOUND"
    status = Status.NOT_FOUND


class BalanceTaken(Refusal):
    """A balance was issued under the code before."""

    reason = "BALANCE_TAKEN"
    status = Status.ALREADY_EXISTS


class BalanceTooLow(Refusal):
    """Less is free on the balance than is taken off."""

    reason = "BALANCE_TOO_LOW"
    status = Status.FAILED_PRECONDITION


class BalanceLookupsThrottled(Refusal):
    """The caller looked up too many codes that no balance has; `retry_after_seconds` says when to ask again."""

    reason = "BALANCE_LOOKUPS_THROTTLED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(
            "Too many of the codes that were looked up are of no balance; wait, then ask with one that is.",
            retry_after_seconds=retry_after_seconds,
        )
        self.retry_after_seconds = retry_after_seconds
