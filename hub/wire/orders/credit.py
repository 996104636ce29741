"""Credit accounts and what orders take of them on the wire, and what is asked of them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.credit.v1 import credit_pb2 as pb
from hub.credit.model import CreditAccount, CreditStatus, CreditUse, Waiting
from hub.flows.money.keep_credit import CreditDraft
from hub.flows.money.settle_receivables import ReceivableSettlement, Settled
from hub.kernel.errors import InvalidField
from hub.kernel.money import LARGEST_MINOR
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_from_pb
from hub.wire.prices import minor_to_pb

CREDIT_STATUSES: Final = Names(CreditStatus, pb.CreditStatus, "CREDIT_STATUS")
SETTLEMENTS: Final = Names(ReceivableSettlement, pb.ReceivableSettlement, "RECEIVABLE_SETTLEMENT")


def credit_draft_from_pb(request: pb.PutCreditAccountRequest) -> CreditDraft:
    """An account as a person wants it; raises InvalidField for a limit below zero or too large."""
    limit = money_from_pb(request.limit_amount, field="limit_amount")
    if not 0 <= limit.minor <= LARGEST_MINOR:
        raise InvalidField("limit_amount is out of range; state zero or more.", limit_amount="out of range")
    return CreditDraft(
        seller_id=request.seller_id,
        credit_account_id=request.credit_account_id,
        currency=limit.currency,
        limit_minor=limit.minor,
        status=CREDIT_STATUSES.from_pb(request.status, "status"),
        expected_version=request.expected_version,
    )


def settled_from_pb(request: pb.SettleReceivableRequest) -> Settled:
    """What was paid or is given up; raises InvalidField for an amount that is not above zero."""
    amount = money_from_pb(request.amount)
    if not 0 < amount.minor <= LARGEST_MINOR:
        raise InvalidField("amount is out of range; state one above zero.", amount="out of range")
    return Settled(
        UUID(request.order_id), amount, request.reference, SETTLEMENTS.from_pb(request.settlement, "settlement")
    )


def account_to_pb(account: CreditAccount, waiting: Waiting) -> pb.CreditAccount:
    """An account with its exposure, and what waits for it."""
    currency = account.currency
    return pb.CreditAccount(
        seller_id=account.seller_id,
        credit_account_id=account.credit_account_id,
        limit_amount=minor_to_pb(account.limit_minor, currency),
        status=CREDIT_STATUSES.to_pb(account.status),
        version=account.version,
        exposure=minor_to_pb(account.exposure_minor, currency),
        available=minor_to_pb(account.limit_minor - account.exposure_minor, currency),
        waiting=minor_to_pb(waiting.needed_minor, currency),
        create_time=instant_to_pb(account.created_at),
    )


def use_to_pb(use: CreditUse) -> pb.CreditOrder:
    """What an order takes of its account."""
    return pb.CreditOrder(
        order_id=str(use.order_id),
        place_time=instant_to_pb(use.placed_at),
        owed=minor_to_pb(use.owed_minor, use.currency),
        unshipped=minor_to_pb(use.open_minor, use.currency),
        granted=minor_to_pb(use.granted_minor, use.currency),
        waits=use.waits,
    )
