"""What a credit limit lets."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from hub.credit.model import CreditAccount, CreditStatus, CreditUse
from hub.credit.policy import changed, fitting, granted, held, why_not
from hub.kernel.instant import EPOCH

ACCOUNT = CreditAccount("S", "D", "EUR", 100, CreditStatus.OPEN, EPOCH, 1, 60)


def waits(number: int, open_minor: int, granted_minor: int = 0, currency: str = "EUR") -> CreditUse:
    return CreditUse(UUID(int=number), "S", "D", currency, EPOCH, 0, open_minor, granted_minor, waits=True)


@pytest.mark.parametrize(
    ("account", "more", "fits"),
    [
        (ACCOUNT, 40, True),
        (ACCOUNT, 41, False),
        (replace(ACCOUNT, exposure_minor=200), 0, True),
        (replace(ACCOUNT, status=CreditStatus.STOPPED), 1, False),
        (replace(ACCOUNT, status=CreditStatus.CLOSED), 0, False),
        (replace(ACCOUNT, currency="USD"), 1, False),
        (None, 1, False),
    ],
)
def test_an_order_fits_up_to_the_limit_of_an_open_account_in_its_currency(
    account: CreditAccount | None,
    more: int,
    fits: bool,  # noqa: FBT001 - a value of the table
) -> None:
    assert (why_not(account, waits(1, more), more) == "") is fits


def test_each_that_the_limit_still_lets_goes_on_in_turn() -> None:
    one, large, small, rest = waits(1, 30), waits(2, 20), waits(3, 10), waits(4, 1)
    nothing = waits(5, 7, 7)
    assert fitting(ACCOUNT, [one, large, small, rest, nothing]) == (one, small, nothing)
    assert fitting(None, [one, nothing]) == (nothing,)


def test_what_waits_is_granted_no_more_than_before_and_never_more_than_it_has_open() -> None:
    use = waits(1, 50, 30)
    assert changed(use, 5, 60).granted_minor == 30
    assert changed(use, 5, 20).counted_minor == 25
    free = granted(use)
    assert (free.granted_minor, free.waits, changed(free, 0, 80).granted_minor) == (50, False, 80)
    again = held(changed(free, 0, 80), free)
    assert (again.granted_minor, again.needed_minor, again.waits) == (50, 30, True)
