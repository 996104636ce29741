"""What orders on terms take of credit accounts: it follows every change of an order, in the transaction that makes it.

Equality kept for every account: its exposure = what its orders have invoiced and not settled + what those of them that
do not wait for the limit are still to invoice.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.holds import hold
from hub.cases.worth import still_to_ship, withheld
from hub.credit import operations as credit
from hub.credit.errors import CreditUndecided
from hub.credit.model import AccountKey, CreditAccount, CreditUse
from hub.credit.policy import changed, granted, held, why_not
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Hold, HoldStatus, HoldType
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.tasks import ReviewCredit
from hub.orders.lifecycle import ENDED
from hub.orders.model import Check, CheckState
from hub.payments.model import Holder
from hub.payments.policy import invoiced, spendable


def account_of(case: Case) -> str:
    """Return the credit account that an order is counted against; empty where it is counted against none."""
    return next((one.credit_account_id for one in case.payments.instruments if one.credit_account_id), "")


def taken(case: Case) -> tuple[int, int]:
    """Return what an order owes on its account and what it is still to be invoiced for, in minor units.

    An order that was credited below nothing takes nothing; it lends nothing to others.
    """
    named = [one for one in case.payments.instruments if one.holder is Holder.TERMS and one.credit_account_id]
    owed = sum(invoiced(case.payments, one) for one in named)
    pledged = sum(spendable(case.payments, one) for one in named)
    to_invoice = still_to_ship(case) + sum(withheld(case).values())
    return max(0, owed), max(0, min(pledged, to_invoice))


def active_holds(case: Case) -> list[Hold]:
    """Return the CREDIT_LIMIT holds that an order is on."""
    return [one for one in case.holds if one.type is HoldType.CREDIT_LIMIT and one.status is HoldStatus.ACTIVE]


def hold_for_credit(case: Case, why: str, at: Instant) -> None:
    """Puts an order on a CREDIT_LIMIT hold, unless it is on one; only a person lets it go on over the limit."""
    if not active_holds(case):
        command = f'crossdock credit release {case.order_id} "REASON"'
        named = ExceptionReason.CREDIT_EXCEEDED
        hold(case, HoldType.CREDIT_LIMIT, why, at, command=command, named=named)


def refuse_resolving_credit(case: Case) -> CreditUndecided:
    """Return the refusal to end a hold of the credit limit as others are ended."""
    return CreditUndecided(
        f"The order is over the limit of credit account {account_of(case)}; raise the limit, record what was paid, or"
        f' let it go on over the limit: `crossdock credit release {case.order_id} "REASON"`.',
        order_id=case.order_id,
    )


def is_of_credit(case: Case, one: Hold) -> bool:
    """Return whether a hold is one of the credit limit of an order's account."""
    return one.type is HoldType.CREDIT_LIMIT and bool(account_of(case))


async def follow_credit(flow: FlowContext, cases: Sequence[Case]) -> None:
    """Keeps what changed orders take of their accounts, and holds those that take more than the limit lets.

    A new order waits until its account is reviewed; one that was taken over from another system went on there.
    """
    named = [case for case in cases if account_of(case)]
    if not named:
        return
    known = await credit.uses(flow.tx, [case.order_id for case in named])
    pairs = [(case, known.get(case.order_id) or _new(case)) for case in named]
    moved = [(case, before, now) for case, before in pairs if (now := _now(case, before)) != known.get(case.order_id)]
    counted = {before.key for _, before, now in moved if now.counted_minor != before.counted_minor}
    accounts = await credit.lock(flow.tx, counted)
    uses = [_follow(case, before, now, accounts, flow.at) for case, before, now in moved]
    await credit.save(flow.tx, [accounts[key] for key in sorted(accounts)], uses)
    await _review(flow, [(case, before, use) for (case, before, _), use in zip(moved, uses, strict=True)], known)


def _new(case: Case) -> CreditUse:
    order = case.order
    waits = order.checks.get(Check.CREDIT) is CheckState.PENDING
    return CreditUse(order.order_id, order.seller_id, account_of(case), order.currency, order.placed_at, waits=waits)


def _now(case: Case, before: CreditUse) -> CreditUse:
    now = changed(before, *taken(case))
    return granted(now) if case.order.state in ENDED else now


def _follow(
    case: Case, before: CreditUse, now: CreditUse, accounts: dict[AccountKey, CreditAccount], at: Instant
) -> CreditUse:
    """Counts one order, or holds it where what it is to invoice rose above what the limit lets."""
    account = accounts.get(before.key)
    more = now.counted_minor - before.counted_minor
    asks = more > 0 and now.open_minor > before.open_minor and Check.CREDIT in case.order.checks
    if asks and (why := why_not(account, now, more)):
        hold_for_credit(case, why, at)
        now = held(now, before)
    count(accounts, now, now.counted_minor - before.counted_minor)
    return now


def count(accounts: dict[AccountKey, CreditAccount], use: CreditUse, more_minor: int) -> None:
    """Adds to the exposure of an order's account what the order counts more; another currency counts nothing."""
    account = accounts.get(use.key)
    if account is not None and account.currency == use.currency:
        accounts[use.key] = replace(account, exposure_minor=account.exposure_minor + more_minor)


async def _review(
    flow: FlowContext, moved: Sequence[tuple[Case, CreditUse, CreditUse]], known: dict[UUID, CreditUse]
) -> None:
    """Has accounts reviewed for which an order came to wait or needs less, or of which others may have what is free."""
    freed = {now.key for _, before, now in moved if now.counted_minor < before.counted_minor}
    waited_for = await credit.awaited(flow.tx, freed)
    asked = set[AccountKey]()
    for case, before, now in moved:
        comes = now.waits and (case.order_id not in known or now.needed_minor < before.needed_minor)
        if now.key not in asked and (comes or (now.key in freed and now.key in waited_for)):
            asked.add(now.key)
            review_credit_of(case, now.key)


def review_credit_of(case: Case, key: AccountKey) -> None:
    """Has an account reviewed after this transaction, for what happened to an order."""
    payload = ReviewCredit(seller_id=key[0], credit_account_id=key[1])
    case.send(payload, lane_of(key), derived(case.order_id, payload.KIND, case.order.version), priority=3)


def lane_of(key: AccountKey) -> str:
    """Return the lane in which an account is reviewed: one review after another."""
    return f"credit:{key[0]}:{key[1]}"
