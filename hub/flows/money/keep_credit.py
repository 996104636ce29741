"""Opens credit accounts and changes them, and lets orders go on over a limit by a person's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.credit import account_of, active_holds, lane_of
from hub.cases.money.balances import sees_seller
from hub.cases.money.credit_limits import let_go
from hub.cases.money.resumption import go_on
from hub.cases.store import load, save
from hub.credit import operations as credit
from hub.credit.errors import CreditAccountInUse, CreditAccountNotFound
from hub.credit.model import AccountKey, CreditAccount, CreditStatus, Waiting
from hub.holds.errors import HoldNotFound
from hub.kernel.errors import CurrencyMismatch, Refusal, refuse_other_version
from hub.kernel.money import Money
from hub.messages.tasks import ReviewCredit
from hub.orders.errors import OrderNotFound
from hub.outbox import operations as outbox
from hub.outbox.model import Message

FLOW: Final = "keep_credit"

_NOBODY: Final = Waiting()


class CreditDraft(Struct, frozen=True):
    """A credit account as a person wants it; `expected_version` 0 is any."""

    seller_id: str
    credit_account_id: str
    currency: str
    limit_minor: int
    status: CreditStatus
    expected_version: int = 0

    @property
    def key(self) -> AccountKey:
        """Seller and name."""
        return self.seller_id, self.credit_account_id


class CreditRelease(Struct, frozen=True):
    """An order that is to go on over the limit of its account, and why."""

    order_id: UUID
    reason: str


def account_not_found(key: AccountKey) -> CreditAccountNotFound:
    """Return the refusal that there is no such account, or none that the caller sees."""
    return CreditAccountNotFound(
        f"There is no credit account {key[1]} of {key[0]}; check both names, or put the account.",
        seller_id=key[0],
        credit_account_id=key[1],
    )


async def put_credit_accounts(flow: FlowContext, drafts: Sequence[CreditDraft]) -> list[CreditAccount | Refusal]:
    """Keeps accounts in order. What orders take of one that is new counts at once; a limit below it holds none again.

    Refuses CREDIT_ACCOUNT_NOT_FOUND for a seller that is not seen, STATE_CHANGED, CURRENCY_MISMATCH,
    CREDIT_ACCOUNT_IN_USE.
    """
    keys = {one.key for one in drafts}
    accounts = await credit.lock(flow.tx, keys)
    waiting = await credit.awaited(flow.tx, keys)
    answers: list[CreditAccount | Refusal] = []
    for draft in drafts:
        try:
            accounts[draft.key] = await _put(flow, accounts.get(draft.key), draft, waiting.get(draft.key, _NOBODY))
            answers.append(accounts[draft.key])
        except Refusal as refusal:
            answers.append(refusal)
    put = {one.key: one for one in answers if isinstance(one, CreditAccount)}
    await credit.save(flow.tx, list(put.values()), [])
    reviews = [
        Message(flow.new_id(), lane_of(key), ReviewCredit(seller_id=key[0], credit_account_id=key[1]))
        for key in sorted(put)
        if key in waiting
    ]
    await outbox.append(flow.tx, reviews, at=flow.at)
    return answers


async def _put(flow: FlowContext, before: CreditAccount | None, draft: CreditDraft, waiting: Waiting) -> CreditAccount:
    if not sees_seller(flow.network, flow.scope, draft.seller_id):
        raise account_not_found(draft.key)
    refuse_other_version("The credit account", draft.expected_version, before.version if before else 0)
    if before is None:
        exposure = await credit.counted(flow.tx, draft.key, draft.currency)
        before = CreditAccount(*draft.key, draft.currency, 0, draft.status, flow.at, 0, exposure)
    if before.currency != draft.currency:
        raise CurrencyMismatch(
            f"The credit account is in {before.currency}; state its limit in that, or put another account.",
            currency=before.currency,
        )
    if draft.status is CreditStatus.CLOSED and (before.exposure_minor or waiting.orders):
        used = Money(before.exposure_minor, before.currency)
        raise CreditAccountInUse(
            f"{used} of the credit account are used and {waiting.orders} orders wait for it; stop it until they are"
            " settled or canceled, then close it.",
            exposure=used,
            waiting_orders=waiting.orders,
        )
    return replace(before, limit_minor=draft.limit_minor, status=draft.status, version=before.version + 1)


async def release_credit_holds(flow: FlowContext, releases: Sequence[CreditRelease]) -> list[Case | Refusal]:
    """Lets orders go on, whatever the limit says. Refuses ORDER_NOT_FOUND, HOLD_NOT_FOUND."""
    loaded = await load(flow, FLOW, [one.order_id for one in releases])
    uses = await credit.uses(flow.tx, loaded.cases)
    accounts = await credit.lock(flow.tx, {use.key for use in uses.values() if use.waits})
    answers: list[Case | Refusal] = []
    for one in releases:
        case, use = loaded.cases.get(one.order_id), uses.get(one.order_id)
        if case is None:
            answers.append(OrderNotFound(f"There is no order {one.order_id}.", order_id=one.order_id))
            continue
        note = f"released over the credit limit: {one.reason}"
        if use is not None and use.waits:
            uses[use.order_id] = let_go(flow, case, use, accounts, note)
        elif account_of(case) and (holds := active_holds(case)):
            for held in holds:
                go_on(case, flow.network.channel(case.order.channel_id), held, note, flow.at)
        else:
            answers.append(HoldNotFound("The order waits for no credit limit.", order_id=one.order_id))
            continue
        answers.append(case)
    await credit.save(flow.tx, list(accounts.values()), list(uses.values()))
    await save(flow, FLOW, loaded)
    return answers
