"""What a limit lets: which orders go on, and what each counts."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from hub.credit.model import CreditAccount, CreditStatus, CreditUse
from hub.kernel.money import Money


def changed(use: CreditUse, owed_minor: int, open_minor: int) -> CreditUse:
    """Return what an order takes once it owes and has open so much; one that waits is granted no more than before."""
    granted = min(use.granted_minor, open_minor) if use.waits else open_minor
    return replace(use, owed_minor=owed_minor, open_minor=open_minor, granted_minor=granted)


def granted(use: CreditUse) -> CreditUse:
    """Return what an order takes once it waits no more: all that it has open counts."""
    return replace(use, granted_minor=use.open_minor, waits=False, told=False)


def held(use: CreditUse, before: CreditUse) -> CreditUse:
    """Return what an order takes that waits for what it takes more than before."""
    return replace(use, granted_minor=min(before.granted_minor, use.open_minor), waits=True, told=True)


def why_not(account: CreditAccount | None, use: CreditUse, more_minor: int) -> str:
    """Return why an order may not take so much more of its account, as a sentence; empty where it may.

    What needs nothing of an open account fits, also where the exposure is above the limit.
    """
    name = use.credit_account_id
    if account is None:
        return f"there is no credit account {name} of {use.seller_id}"
    if account.currency != use.currency:
        return f"credit account {name} is in {account.currency}, the order in {use.currency}"
    if account.status in {CreditStatus.STOPPED, CreditStatus.CLOSED}:
        return f"credit account {name} is {account.status.value}"
    if more_minor > 0 and account.exposure_minor + more_minor > account.limit_minor:
        limit, used, more = (
            Money(minor, account.currency) for minor in (account.limit_minor, account.exposure_minor, more_minor)
        )
        return f"credit account {name} has a limit of {limit}; {used} are used, and the order takes {more} more"
    return ""


def fitting(account: CreditAccount | None, uses: Iterable[CreditUse]) -> tuple[CreditUse, ...]:
    """Return the orders that go on, of those that wait in the order of their placement: each that the limit still lets.

    One that is too large does not keep later ones waiting.
    """
    found = list[CreditUse]()
    for use in uses:
        if not use.needed_minor:
            found.append(use)
        elif account is not None and not why_not(account, use, use.needed_minor):
            account = replace(account, exposure_minor=account.exposure_minor + use.needed_minor)
            found.append(use)
    return tuple(found)
