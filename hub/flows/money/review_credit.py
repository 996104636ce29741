"""Decides which orders that wait for a credit account go on: in the order of their placement, each that the limit lets.

Orders are locked first, then accounts, so that several workers never pass a limit together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.credit import lane_of
from hub.cases.money.credit_limits import keep_back, let_go
from hub.cases.store import load, save
from hub.credit import operations as credit
from hub.credit.model import AccountKey, CreditAccount, CreditUse
from hub.credit.policy import fitting, why_not
from hub.messages.tasks import ReviewCredit
from hub.outbox import operations as outbox
from hub.outbox.model import Message

FLOW: Final = "review_credit"

MOST_ORDERS: Final = 200
"""Orders that one transaction decides; the others are decided after it."""

WITHIN: Final = "within the credit limit"
"""What the timeline says of a hold that ends because the limit lets its order go on."""


async def review_credit(flow: FlowContext, asked: Sequence[ReviewCredit]) -> list[None]:
    """Decides orders of accounts: each that fits goes on, each that was not looked at yet and does not fit is held."""
    keys = sorted({(one.seller_id, one.credit_account_id) for one in asked})
    seen = await credit.read(flow.tx, keys)
    waiting = await credit.waiting(flow.tx, keys)
    chosen = _chosen(keys, seen, waiting)
    loaded = await load(flow, FLOW, [one.order_id for one in chosen])
    accounts = await credit.lock(flow.tx, keys)
    uses = await credit.uses(flow.tx, [one.order_id for one in chosen])
    freer = {key for key in keys if _is_freer(accounts.get(key), seen.get(key))}
    decided = list[CreditUse]()
    for one in chosen:
        use, case = uses[one.order_id], loaded.cases[one.order_id]
        if not use.waits or use.key in freer:
            continue
        why = why_not(accounts.get(use.key), use, use.needed_minor) if use.needed_minor else ""
        if why:
            keep_back(flow, case, why)
            decided.append(replace(use, told=True))
        else:
            decided.append(let_go(flow, case, use, accounts, WITHIN))
    await credit.save(flow.tx, list(accounts.values()), decided)
    await save(flow, FLOW, loaded)
    again = freer | ({one.key for one in chosen} if len(chosen) == MOST_ORDERS else set())
    await outbox.append(flow.tx, [review_of(flow, key) for key in sorted(again)], at=flow.at)
    return [None] * len(asked)


def review_of(flow: FlowContext, key: AccountKey) -> Message[ReviewCredit]:
    """Return the message that has an account reviewed."""
    payload = ReviewCredit(seller_id=key[0], credit_account_id=key[1])
    return Message(message_id=flow.new_id(), lane=lane_of(key), payload=payload)


def _chosen(
    keys: Sequence[AccountKey], accounts: Mapping[AccountKey, CreditAccount], waiting: Sequence[CreditUse]
) -> list[CreditUse]:
    """The orders to decide, in the order of their placement: those that fit, and those that nobody looked at yet."""
    fits = {
        use.order_id for key in keys for use in fitting(accounts.get(key), [one for one in waiting if one.key == key])
    }
    return [one for one in waiting if one.order_id in fits or not one.told][:MOST_ORDERS]


def _is_freer(now: CreditAccount | None, seen: CreditAccount | None) -> bool:
    """Whether an account lets more than when its orders were chosen: then they are chosen anew."""
    if now is None or seen is None:
        return now is not seen
    return (
        now.exposure_minor < seen.exposure_minor or now.limit_minor > seen.limit_minor or now.status is not seen.status
    )
