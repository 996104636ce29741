"""`crossdock balance`: what it asks of the hub, and what it shows; a code is read and never shown."""

from __future__ import annotations

import io

import pytest
from google.type.money_pb2 import Money

from crossdock.balances.v1 import balances_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
CODE = "GIFT-7421-QRST"


def euros(units: int, nanos: int = 0) -> Money:
    return Money(currency_code="EUR", units=units, nanos=nanos)


BALANCE = pb.Balance(
    balance_id=ID,
    kind=pb.BALANCE_KIND_GIFT_CARD,
    seller_id="SHOP-NL",
    amount=euros(40),
    reserved=euros(10),
    available=euros(30),
)


def test_a_gift_card_is_issued_under_a_code_that_is_piped_in_and_not_shown(
    hub: PretendHub, crossdock: Crossdock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.answers["BalanceService.IssueBalance"] = pb.IssueBalanceResponse(balance=BALANCE)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CODE}\n"))

    ran = crossdock("balance", "issue", "40.00 EUR", "--seller", "SHOP-NL", "--reason", "a present")

    assert (ran.code, CODE in ran.out) == (0, False)
    assert f"GIFT CARD {ID} of SHOP-NL has 40.00 EUR: 10.00 EUR reserved, 30.00 EUR to spend." in " ".join(
        ran.out.replace("_", " ").split()
    )
    (asked,) = hub.requests("BalanceService.IssueBalance")
    assert (asked.code, asked.amount, asked.seller_id, asked.reason) == (CODE, euros(40), "SHOP-NL", "a present")


def test_store_credit_is_issued_to_a_party_and_shown_by_it(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["BalanceService.IssueBalance"] = pb.IssueBalanceResponse(balance=BALANCE)
    hub.answers["BalanceService.GetBalance"] = pb.GetBalanceResponse(balance=BALANCE)

    assert crossdock("balance", "issue", "5.00 EUR", "--seller", "SHOP-NL", "--party", ID).code == 0
    assert crossdock("balance", "show", "--party", ID, "--seller", "SHOP-NL").code == 0

    (issued,) = hub.requests("BalanceService.IssueBalance")
    (shown,) = hub.requests("BalanceService.GetBalance")
    assert (issued.party_id, issued.code) == (ID, "")
    assert (shown.store_credit.party_id, shown.store_credit.currency_code) == (ID, "EUR")


def test_a_balance_is_adjusted_with_a_reason_up_or_down(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["BalanceService.AdjustBalance"] = pb.AdjustBalanceResponse(balance=BALANCE)

    assert crossdock("balance", "adjust", ID, "5.50 EUR", "late").code == 0
    assert crossdock("balance", "adjust", ID, "5.50 EUR", "twice", "--take-off").code == 0

    up, down = hub.requests("BalanceService.AdjustBalance")
    assert (up.amount, up.reason) == (euros(5, 500_000_000), "late")
    assert (down.amount, down.reason) == (euros(-5, -500_000_000), "twice")


def test_what_moved_on_a_balance_is_listed(hub: PretendHub, crossdock: Crossdock) -> None:
    moved = pb.BalanceMovement(
        number=2, kind=pb.BALANCE_MOVEMENT_KIND_RESERVED, free=euros(-10), reserved=euros(10), principal="hub"
    )
    hub.answers["BalanceService.ListBalanceMovements"] = pb.ListBalanceMovementsResponse(movements=[moved])

    shown = crossdock("balance", "movements", ID).out

    assert "RESERVED" in shown
    assert "-10.00 EUR" in shown
