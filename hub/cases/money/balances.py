"""Whose balance is whose: the identities of gift cards and of store credit, and the moves that orders ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.balances.model import Balance, BalanceKind, Movement
from hub.balances.policy import Moved
from hub.cases.case import Case
from hub.cases.context import Secrets
from hub.cases.money.authorizing import authorize
from hub.kernel.ids import derived, text_of
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.network.model import Network
from hub.payments.model import Holder, Instrument, Transaction

_GIFT_CARD: Final = BalanceKind.GIFT_CARD.value
_STORE_CREDIT: Final = BalanceKind.STORE_CREDIT.value


def gift_card_id(secrets: Secrets, code: str) -> UUID:
    """The balance of a gift card by its code, as `normal_code` gives it."""
    return secrets.balance_id(_GIFT_CARD, code)


def store_credit_id(secrets: Secrets, seller_id: str, currency: str, owner: bytes) -> UUID:
    """The store credit that a seller owes in a currency; `owner` is the blind index of an e-mail address, or of a party
    without one its id.
    """
    return secrets.balance_id(_STORE_CREDIT, seller_id, currency, owner)


class BalanceBook:
    """Balances that one flow has locked, as they are by now, and what moved on them."""

    def __init__(self, balances: Mapping[UUID, Balance]) -> None:
        self.balances = dict(balances)
        self.movements: list[Movement] = []
        self._moved: set[UUID] = set()

    @property
    def moved(self) -> list[Balance]:
        """The balances that moved."""
        return [self.balances[balance_id] for balance_id in sorted(self._moved)]

    def take(self, moved: Moved) -> int:
        """Note movements of a balance; return the number of the last."""
        self.balances[moved.balance.balance_id] = moved.balance
        self.movements += moved.movements
        self._moved.add(moved.balance.balance_id)
        return moved.balance.movements


def leave_to_next(
    case: Case, instrument: Instrument, payer: Instrument, asked: Transaction, covered_minor: int, at: Instant
) -> None:
    """Have another instrument pay what a balance lacks of an authorization, which is then of what it covers."""
    lacking = asked.amount_minor - covered_minor
    less = replace(instrument, amount_minor=instrument.amount_minor - lacking)
    more = replace(payer, amount_minor=payer.amount_minor + lacking)
    changed = {one.instrument_id: one for one in (less, more)}
    known = tuple(changed.get(one.instrument_id, one) for one in case.payments.instruments)
    case.payments = replace(case.payments, instruments=known)
    if covered_minor:
        case.put_transaction(replace(asked, amount_minor=covered_minor))
    if more.holder is Holder.HUB:
        authorize(case, more, lacking, derived(more.instrument_id, "rest of", text_of(asked.transaction_id)), at)


def sees_seller(network: Network, scope: Scope, seller_id: str) -> bool:
    """Whether balances of a seller are seen: by who sees everything of a channel of theirs."""
    return (
        scope.nodes is None
        and scope.accounts is None
        and any(
            channel.seller_id == seller_id and scope.sees(channel_id=channel.channel_id, seller_id=seller_id)
            for channel in network.channels.values()
        )
    )
