"""`crossdock credit`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from google.type.money_pb2 import Money

from crossdock.credit.v1 import credit_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"


def euros(units: int) -> Money:
    return Money(currency_code="EUR", units=units)


ACCOUNT = pb.CreditAccount(
    seller_id="SHOP-NL",
    credit_account_id="DEBTOR-7",
    limit_amount=euros(100),
    status=pb.CREDIT_STATUS_OPEN,
    version=2,
    exposure=euros(90),
    available=euros(10),
    waiting=euros(30),
)
USED = "90.00 EUR of 100.00 EUR are used, 10.00 EUR are left, 30.00 EUR wait."


def test_an_account_is_put_shown_and_listed_with_who_waits_for_it(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["CreditService.PutCreditAccount"] = pb.PutCreditAccountResponse(account=ACCOUNT)
    hub.answers["CreditService.GetCreditAccount"] = pb.GetCreditAccountResponse(account=ACCOUNT)
    hub.answers["CreditService.ListCreditAccounts"] = pb.ListCreditAccountsResponse(accounts=[ACCOUNT])
    waits = pb.CreditOrder(order_id=ID, unshipped=euros(30), waits=True)
    hub.answers["CreditService.ListCreditOrders"] = pb.ListCreditOrdersResponse(orders=[waits])

    ran = crossdock("credit", "put", "SHOP-NL", "DEBTOR-7", "100.00 EUR", "--status", "OPEN", "--version", "1")
    assert USED in " ".join(ran.out.split())
    assert USED in " ".join(crossdock("credit", "show", "SHOP-NL", "DEBTOR-7").out.split())
    assert "DEBTOR-7" in crossdock("credit", "list").out
    assert "30.00 EUR" in crossdock("credit", "orders", "SHOP-NL", "DEBTOR-7", "--waiting").out

    (put,) = hub.requests("CreditService.PutCreditAccount")
    assert (put.limit_amount, put.status, put.expected_version) == (euros(100), pb.CREDIT_STATUS_OPEN, 1)
    (asked,) = hub.requests("CreditService.ListCreditOrders")
    assert (asked.credit_account_id, asked.only_waiting) == ("DEBTOR-7", True)


def test_an_order_goes_on_over_the_limit_and_what_was_paid_is_recorded(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["CreditService.ReleaseCreditHold"] = pb.ReleaseCreditHoldResponse()
    hub.answers["CreditService.SettleReceivable"] = pb.SettleReceivableResponse(open=euros(5))

    assert "over the limit" in crossdock("credit", "release", ID, "they paid by phone").out
    assert "5.00 EUR" in crossdock("credit", "settle", ID, "40.00 EUR", "BANK-1").out
    assert crossdock("credit", "settle", ID, "5.00 EUR", "LOSS-1", "--write-off").code == 0

    (released,) = hub.requests("CreditService.ReleaseCreditHold")
    assert (released.order_id, released.reason) == (ID, "they paid by phone")
    paid, lost = hub.requests("CreditService.SettleReceivable")
    assert (paid.amount, paid.reference) == (euros(40), "BANK-1")
    assert (paid.settlement, lost.settlement) == (
        pb.RECEIVABLE_SETTLEMENT_PAID,
        pb.RECEIVABLE_SETTLEMENT_WRITTEN_OFF,
    )
