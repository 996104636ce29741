"""`crossdock credit`: credit accounts and their limits, orders that wait for them, and invoices that were paid."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from crossdock.credit.v1 import credit_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of

_STATUS: Final = "CREDIT_STATUS_"
_ACCOUNT_COLUMNS: Final = ("SELLER", "ACCOUNT", "STATUS", "LIMIT", "EXPOSURE", "AVAILABLE", "WAITING")
_ORDER_COLUMNS: Final = ("ORDER", "PLACED", "OWED", "UNSHIPPED", "GRANTED", "WAITS")

SellerName = Annotated[str, typer.Argument(metavar="SELLER", help="Seller.")]
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Name of the account with the seller.")]
OrderId = Annotated[str, typer.Argument(metavar="ORDER", help="Id of the order.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Keep credit limits of customers on terms.", no_args_is_help=True)
    for name, command in (("put", put), ("show", show), ("list", accounts), ("orders", orders)):
        group.command(name)(command)
    group.command("release")(release)
    group.command("settle")(settle)
    app.add_typer(group, name="credit")


def put(
    context: typer.Context,
    seller: SellerName,
    account: Account,
    limit: Annotated[str, typer.Argument(metavar="LIMIT", help="Most that may be owed, for example 250000.00 EUR.")],
    *,
    status: Annotated[str, typer.Option(metavar="STATUS", help="OPEN, STOPPED or CLOSED.")] = "OPEN",
    version: Annotated[int, typer.Option(metavar="N", help="Version that it must have; 0 for any.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Open a credit account, or change its limit and status."""
    session = session_of(context, as_json=as_json)
    request = pb.PutCreditAccountRequest(
        request_id=wording.new_request(),
        seller_id=seller,
        credit_account_id=account,
        limit_amount=wording.amount_of(limit, "LIMIT"),
        status=wording.state_value(pb.CreditStatus, status, _STATUS, "--status"),
        expected_version=version,
    )
    with session.hub() as hub:
        found = hub.call(hub.credit.PutCreditAccount, request).account
    _tell(session, found)


def show(context: typer.Context, seller: SellerName, account: Account, *, as_json: AsJson = False) -> None:
    """Show a credit account with its exposure."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        request = pb.GetCreditAccountRequest(seller_id=seller, credit_account_id=account)
        found = hub.call(hub.credit.GetCreditAccount, request).account
    _tell(session, found)


def accounts(
    context: typer.Context,
    *,
    seller: Annotated[str, typer.Option(metavar="SELLER", help="Only those of this seller.")] = "",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List credit accounts."""
    session = session_of(context, as_json=as_json)
    request = pb.ListCreditAccountsRequest(seller_id=seller)
    with session.hub() as hub:
        found = all_of(hub, hub.credit.ListCreditAccounts, request, "accounts", limit)
    if session.output.as_json:
        session.output.json({"accounts": found})
        return
    session.output.table(_ACCOUNT_COLUMNS, [_row(one) for one in found], empty="No credit accounts.")


def orders(
    context: typer.Context,
    seller: SellerName,
    account: Account,
    *,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only orders that wait for the limit.")] = False,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List what orders take of a credit account, in the order of their placement."""
    session = session_of(context, as_json=as_json)
    request = pb.ListCreditOrdersRequest(seller_id=seller, credit_account_id=account, only_waiting=waiting)
    with session.hub() as hub:
        found = all_of(hub, hub.credit.ListCreditOrders, request, "orders", limit)
    if session.output.as_json:
        session.output.json({"orders": found})
        return
    rows = [
        (
            one.order_id,
            wording.instant(one.place_time),
            *(wording.money(amount) for amount in (one.owed, one.unshipped, one.granted)),
            "yes" if one.waits else "no",
        )
        for one in found
    ]
    session.output.table(_ORDER_COLUMNS, rows, empty="No order takes anything of it.")


def release(
    context: typer.Context,
    order: OrderId,
    reason: Annotated[str, typer.Argument(metavar="REASON", help="Why, for people, without personal data.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Let an order go on over the limit of its credit account."""
    session = session_of(context, as_json=as_json)
    request = pb.ReleaseCreditHoldRequest(
        request_id=wording.new_request(), order_id=wording.identity(order, "ORDER"), reason=reason
    )
    with session.hub() as hub:
        response = hub.call(hub.credit.ReleaseCreditHold, request)
    if session.output.as_json:
        session.output.json(response)
        return
    session.output.line(f"Order {order} goes on over the limit.")


def settle(
    context: typer.Context,
    order: OrderId,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="Amount with its currency, for example 40.00 EUR.")],
    reference: Annotated[
        str, typer.Argument(metavar="REFERENCE", help="Reference of the payment, or of the decision.")
    ],
    *,
    write_off: Annotated[bool, typer.Option("--write-off", help="Give the amount up; it was not paid.")] = False,
    as_json: AsJson = False,
) -> None:
    """Record that invoices of an order on terms were paid, or are given up."""
    session = session_of(context, as_json=as_json)
    kind = pb.RECEIVABLE_SETTLEMENT_WRITTEN_OFF if write_off else pb.RECEIVABLE_SETTLEMENT_PAID
    request = pb.SettleReceivableRequest(
        request_id=wording.new_request(),
        order_id=wording.identity(order, "ORDER"),
        amount=wording.amount_of(amount, "AMOUNT"),
        reference=reference,
        settlement=kind,
    )
    with session.hub() as hub:
        response = hub.call(hub.credit.SettleReceivable, request)
    if session.output.as_json:
        session.output.json(response)
        return
    session.output.line(f"{wording.money(response.open)} of the invoices of order {order} are open.")


def _row(account: pb.CreditAccount) -> tuple[object, ...]:
    amounts = (account.limit_amount, account.exposure, account.available, account.waiting)
    status = wording.state(pb.CreditStatus, account.status, _STATUS)
    return (account.seller_id, account.credit_account_id, status, *(wording.money(one) for one in amounts))


def _tell(session: Session, account: pb.CreditAccount) -> None:
    if session.output.as_json:
        session.output.json(account)
        return
    status = wording.state(pb.CreditStatus, account.status, _STATUS)
    session.output.line(
        f"{account.credit_account_id} of {account.seller_id} is {status}, version {account.version}:"
        f" {wording.money(account.exposure)} of {wording.money(account.limit_amount)} are used,"
        f" {wording.money(account.available)} are left, {wording.money(account.waiting)} wait."
    )
