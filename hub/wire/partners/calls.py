"""What every partner contract has in common, to protobuf and back: the head of a call, the answer, pulls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from crossdock.partner.call.v1 import call_pb2
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.updates import Pulled
from hub.outbox.model import Answer, Outcome
from hub.wire.instants import instant_to_pb, optional_instant
from hub.wire.money import money_from_pb, money_to_pb

R = TypeVar("R")
U = TypeVar("U")

_OUTCOMES: Mapping[int, Outcome] = {
    call_pb2.OUTCOME_DONE: Outcome.DONE,
    call_pb2.OUTCOME_REFUSED: Outcome.REFUSED,
    call_pb2.OUTCOME_NOT_FOUND: Outcome.NOT_FOUND,
    call_pb2.OUTCOME_PENDING: Outcome.PENDING,
}


def call_to_pb(account_id: str, operation_key: str, at: Instant, profile_json: str) -> call_pb2.Call:
    """The head of a call."""
    return call_pb2.Call(
        account_id=account_id, operation_key=operation_key, business_time=instant_to_pb(at), profile_json=profile_json
    )


def answer_from_pb(message: call_pb2.Answer, result: R) -> Answer[R] | None:
    """The partner's answer with its result; None where it says no outcome that is known here."""
    outcome = _OUTCOMES.get(message.outcome)
    if outcome is None:
        return None
    return Answer(outcome, result, message.partner_reference, message.code, message.message)


def pull_to_pb(call: call_pb2.Call, cursor: str) -> call_pb2.Pull:
    """The request for news after a cursor."""
    return call_pb2.Pull(call=call, cursor=cursor)


def pulled_from_pb(updates: Iterable[U], pulled: call_pb2.Pulled) -> Answer[Pulled[U]]:
    """News, and where and when to go on."""
    next_at = optional_instant(pulled, "next_update_time")
    return Answer(Outcome.DONE, Pulled(tuple(updates), pulled.cursor, next_at))


def amount_to_pb(minor: int, currency: str) -> Any:
    """An amount of a payload."""
    return money_to_pb(Money(minor, currency))


def amount_from_pb(message: Any, *, field: str) -> int:
    """An amount in minor units, as payloads have it."""
    return money_from_pb(message, field=field).minor


def time_to_pb(at: Instant | None) -> Any:
    """An instant of a payload; None stays absent."""
    return None if at is None else instant_to_pb(at)


def enum_name(enum: Any, number: int, prefix: str) -> str:
    """The name of an enum's value without its prefix; a value this version does not know is UNKNOWN_<number>."""
    name: str = enum.Name(number) if number in enum.values() else f"{prefix}UNKNOWN_{number}"
    return name.removeprefix(prefix)
