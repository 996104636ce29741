"""Issues and adjusts balances for people: gift cards under their codes, store credit of parties."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.balances import operations as balances
from hub.balances.errors import BalanceNotFound, BalanceTaken
from hub.balances.model import Balance, BalanceKind, Cause
from hub.balances.policy import adjust, issue, normal_code
from hub.cases.context import FlowContext
from hub.cases.money.balances import BalanceBook, gift_card_id, sees_seller, store_credit_id
from hub.kernel.errors import CurrencyMismatch, InvalidField, Refusal
from hub.kernel.instant import Instant
from hub.orders import operations as orders
from hub.orders.model import OrderFilter
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound


class BalanceDraft(Struct, frozen=True):
    """A balance to issue: a gift card under a code, or store credit of a party. The code is a secret."""

    seller_id: str
    currency: str
    amount_minor: int
    code: str = ""
    party_id: UUID | None = None
    expires_at: Instant | None = None
    reason: str = ""

    def __repr__(self) -> str:
        return f"BalanceDraft({self.seller_id}, {self.amount_minor}, {self.currency})"


class Adjustment(Struct, frozen=True):
    """An amount that a person puts on a balance, or takes off where it is below zero."""

    balance_id: UUID
    currency: str
    amount_minor: int
    reason: str


async def issue_balances(flow: FlowContext, drafts: Sequence[BalanceDraft]) -> list[Balance | Refusal]:
    """Issues balances. Refuses BALANCE_TAKEN, BALANCE_NOT_FOUND for a seller that is not seen, PARTY_NOT_FOUND."""
    made: list[Balance | Refusal] = []
    for draft in drafts:
        try:
            made.append(await _drafted(flow, draft))
        except Refusal as refusal:
            made.append(refusal)
    new = await balances.open_new(flow.tx, [one for one in made if isinstance(one, Balance)])
    book = BalanceBook(await balances.lock(flow.tx, {one.balance_id for one in made if isinstance(one, Balance)}))
    answers: list[Balance | Refusal] = []
    for draft, one in zip(drafts, made, strict=True):
        if isinstance(one, Refusal):
            answers.append(one)
        elif one.kind is BalanceKind.GIFT_CARD and one.balance_id not in new:
            answers.append(BalanceTaken("A balance was issued under this code; put more on it with AdjustBalance."))
        else:
            new.discard(one.balance_id)
            cause = Cause(flow.at, flow.scope.principal, draft.reason)
            book.take(issue(book.balances[one.balance_id], draft.amount_minor, cause))
            answers.append(book.balances[one.balance_id])
    await balances.save(flow.tx, book.moved, book.movements)
    return answers


async def adjust_balances(flow: FlowContext, asked: Sequence[Adjustment]) -> list[Balance | Refusal]:
    """Adjusts balances in order. Refuses BALANCE_NOT_FOUND, BALANCE_TOO_LOW, CURRENCY_MISMATCH."""
    book = BalanceBook(await balances.lock(flow.tx, {one.balance_id for one in asked}))
    answers: list[Balance | Refusal] = []
    for one in asked:
        try:
            answers.append(_adjusted(flow, book, one))
        except Refusal as refusal:
            answers.append(refusal)
    await balances.save(flow.tx, book.moved, book.movements)
    return answers


async def owner_of(flow: FlowContext, party_id: UUID) -> bytes:
    """Whose store credit a party's is: their e-mail address's, or the party's own. Raises PartyNotFound."""
    seen = flow.scope.unlimited or await orders.find(
        flow.tx, flow.scope, OrderFilter(party_id=party_id), after=None, size=1
    )
    contact = (await parties.contacts(flow.tx, [party_id], flow.secrets.people)).get(party_id) if seen else None
    if contact is None:
        raise PartyNotFound("There is no party with this id, or it was erased.", party_id=party_id)
    return (await parties.email_indexes(flow.tx, [party_id])).get(party_id, party_id.bytes)


def not_found() -> BalanceNotFound:
    """No such balance, or one that is not seen; what is wrong about a code is not told."""
    return BalanceNotFound("There is no balance with this id, code or owner; check it, or issue one.")


async def _drafted(flow: FlowContext, draft: BalanceDraft) -> Balance:
    """A balance before its first movement. Raises what `issue_balances` refuses."""
    if not sees_seller(flow.network, flow.scope, draft.seller_id):
        raise BalanceNotFound(
            f"There is no seller {draft.seller_id} whose balances you keep; name one of a channel that you see.",
            seller_id=draft.seller_id,
        )
    empty = Balance(UUID(int=0), BalanceKind.GIFT_CARD, draft.seller_id, draft.currency, flow.at)
    if draft.party_id is not None:
        owner = await owner_of(flow, draft.party_id)
        balance_id = store_credit_id(flow.secrets, draft.seller_id, draft.currency, owner)
        return replace(empty, balance_id=balance_id, kind=BalanceKind.STORE_CREDIT)
    code = normal_code(draft.code)
    if code is None:
        raise InvalidField("code is no code; it has at least 10 letters and digits.", code="not a code")
    if draft.expires_at is None:
        return replace(empty, balance_id=gift_card_id(flow.secrets, code))
    if draft.expires_at <= flow.at:
        raise InvalidField("expire_time is over; state one to come, or none.", expire_time="in the past")
    lasts = int((draft.expires_at - flow.at).total_seconds())
    return replace(
        empty, balance_id=gift_card_id(flow.secrets, code), expires_at=draft.expires_at, lasts_seconds=max(1, lasts)
    )


def _adjusted(flow: FlowContext, book: BalanceBook, asked: Adjustment) -> Balance:
    balance = book.balances.get(asked.balance_id)
    if balance is None or not sees_seller(flow.network, flow.scope, balance.seller_id):
        raise not_found()
    if asked.currency != balance.currency:
        raise CurrencyMismatch(
            f"The balance is in {balance.currency}; state the amount in that currency.",
            expected=balance.currency,
            found=asked.currency,
        )
    book.take(adjust(balance, asked.amount_minor, Cause(flow.at, flow.scope.principal, asked.reason)))
    return book.balances[asked.balance_id]
