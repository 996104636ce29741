"""Balances and their movements on the wire, and what is asked of them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from google.type import money_pb2

from crossdock.balances.v1 import balances_pb2 as pb
from hub.balances.model import Balance, BalanceKind, Movement, MovementKind
from hub.balances.policy import available
from hub.flows.money.keep_balances import Adjustment, BalanceDraft
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.kernel.money import LARGEST_MINOR, Money
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb, optional_instant
from hub.wire.money import money_from_pb
from hub.wire.prices import minor_to_pb

BALANCE_KINDS: Final = Names(BalanceKind, pb.BalanceKind, "BALANCE_KIND")
MOVEMENT_KINDS: Final = Names(MovementKind, pb.BalanceMovementKind, "BALANCE_MOVEMENT_KIND")


def draft_from_pb(request: pb.IssueBalanceRequest) -> BalanceDraft:
    """What to issue; raises InvalidField for an amount that is none, and for store credit that is to expire."""
    amount = _amount(request.amount, least=1)
    if request.party_id and request.HasField("expire_time"):
        raise InvalidField("Store credit does not expire; state no expire_time.", expire_time="not of store credit")
    return BalanceDraft(
        seller_id=request.seller_id,
        currency=amount.currency,
        amount_minor=amount.minor,
        code=request.code,
        party_id=UUID(request.party_id) if request.party_id else None,
        expires_at=optional_instant(request, "expire_time"),
        reason=request.reason,
    )


def adjustment_from_pb(request: pb.AdjustBalanceRequest) -> Adjustment:
    """What to put on or take off; raises InvalidField for an amount that is none, or zero."""
    amount = _amount(request.amount, least=-LARGEST_MINOR)
    if not amount.minor:
        raise InvalidField("amount is zero; state what to put on, or below zero what to take off.", amount="zero")
    return Adjustment(UUID(request.balance_id), amount.currency, amount.minor, request.reason)


def balance_to_pb(balance: Balance, at: Instant) -> pb.Balance:
    """A balance as it stands at an instant."""
    currency = balance.currency
    message = pb.Balance(
        balance_id=str(balance.balance_id),
        kind=BALANCE_KINDS.to_pb(balance.kind),
        seller_id=balance.seller_id,
        amount=minor_to_pb(balance.free_minor + balance.reserved_minor, currency),
        reserved=minor_to_pb(balance.reserved_minor, currency),
        available=minor_to_pb(available(balance, at), currency),
        create_time=instant_to_pb(balance.created_at),
    )
    if balance.expires_at is not None:
        message.expire_time.CopyFrom(instant_to_pb(balance.expires_at))
    return message


def movement_to_pb(movement: Movement, currency: str) -> pb.BalanceMovement:
    """One movement of a balance."""
    return pb.BalanceMovement(
        number=movement.number,
        kind=MOVEMENT_KINDS.to_pb(movement.kind),
        free=minor_to_pb(movement.free_minor, currency),
        reserved=minor_to_pb(movement.reserved_minor, currency),
        create_time=instant_to_pb(movement.at),
        order_id=str(movement.order_id or ""),
        transaction_id=str(movement.transaction_id or ""),
        principal=movement.principal,
        reason=movement.reason,
    )


def _amount(message: money_pb2.Money, *, least: int) -> Money:
    amount = money_from_pb(message)
    if not least <= amount.minor <= LARGEST_MINOR:
        raise InvalidField(f"amount is out of range; state at least {least} minor units.", amount="out of range")
    return amount
