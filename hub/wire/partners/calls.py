"""What every partner contract has in common, to protobuf and back: the head of a call, the answer, pulls."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, TypeVar

from google.protobuf.message import Message

from crossdock.partner.call.v1 import call_pb2
from hub.inbox.policy import masked
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.messages.payment import Moved
from hub.messages.updates import Pulled, UnreadUpdate, Update
from hub.outbox.model import Answer, Outcome
from hub.wire.checks.elements import refuse_flawed, refuse_unsound
from hub.wire.checks.texts import without_nul
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


_LONGEST_ID: Final = 200
"""Characters that are kept of the id of an update that breaks the contract."""


def call_to_pb(
    account_id: str, operation_key: str, at: Instant, profile_json: str, traceparent: str = ""
) -> call_pb2.Call:
    """The head of a call."""
    return call_pb2.Call(
        account_id=account_id,
        operation_key=operation_key,
        business_time=instant_to_pb(at),
        profile_json=profile_json,
        traceparent=traceparent,
    )


def find_to_pb(call: call_pb2.Call, kind: str, first_asked_at: Instant) -> call_pb2.Find:
    """The name of an operation, to ask what became of it."""
    return call_pb2.Find(call=call, kind=kind, first_ask_time=instant_to_pb(first_asked_at))


def answer_from_pb(message: call_pb2.Answer, result: R) -> Answer[R] | None:
    """The partner's answer with its result, without card numbers; None where it says no outcome that is known here."""
    outcome = _OUTCOMES.get(message.outcome)
    if outcome is None:
        return None
    return Answer(outcome, result, message.partner_reference, masked(message.code), masked(message.message))


def pull_to_pb(call: call_pb2.Call, cursor: str) -> call_pb2.Pull:
    """The request for news after a cursor."""
    return call_pb2.Pull(call=call, cursor=cursor)


def pulled_from_pb(updates: Iterable[U], pulled: call_pb2.Pulled) -> Answer[Pulled[U]]:
    """News, and where and when to go on. A next time that is none counts as not known.

    Raises InvalidField for a cursor that cannot be kept: asked from another one, the partner would lose updates.
    """
    refuse_unsound(pulled, "pulled.")
    try:
        next_at = optional_instant(pulled, "next_update_time")
    except InvalidField:
        next_at = None
    return Answer(Outcome.DONE, Pulled(tuple(updates), pulled.cursor, next_at))


def read_update(message: Message, update_id: str, kind: str, report_of: Callable[[], R]) -> Update[R] | UnreadUpdate:
    """An update with its report; unread where the message breaks a rule of the contract, or `report_of` refuses it.

    One without an id is named by its content.
    """
    identity = update_id or hashlib.sha256(message.SerializeToString(deterministic=True)).hexdigest()[:16]
    try:
        refuse_flawed(message)
        return Update(identity, kind, report_of())
    except Refusal as refusal:
        return UnreadUpdate(without_nul(identity)[:_LONGEST_ID], kind, refusal.message)


class MoneyAsked(Protocol):
    """A payload that asks for an amount."""

    @property
    def amount_minor(self) -> int:
        """The amount in minor units."""
        ...

    @property
    def currency(self) -> str:
        """Its currency."""
        ...


def moved_from_pb(response: Any, asked: MoneyAsked) -> Moved:
    """What was done of what was asked about money, from a response with an answer and an amount.

    Raises InvalidField where it is DONE with no amount, in another currency, or with more than was asked.
    """
    if response.answer.outcome != call_pb2.OUTCOME_DONE:
        return Moved(0)
    moved = money_from_pb(response.amount, field="amount")
    most = Money(asked.amount_minor, asked.currency)
    if moved.currency != most.currency or not 0 < moved.minor <= most.minor:
        raise InvalidField(f"amount is {moved}; {most} was asked.", amount="not of what was asked")
    return Moved(moved.minor)


def amount_to_pb(minor: int, currency: str) -> Any:
    """An amount of a payload."""
    return money_to_pb(Money(minor, currency))


def time_to_pb(at: Instant | None) -> Any:
    """An instant of a payload; None stays absent."""
    return None if at is None else instant_to_pb(at)
