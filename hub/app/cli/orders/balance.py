"""`crossdock balance`: gift cards and store credit, issued, shown and adjusted. Codes are read, never words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

import typer
from google.type.money_pb2 import Money

from crossdock.balances.v1 import balances_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of

_KIND: Final = "BALANCE_KIND_"
_MOVEMENT: Final = "BALANCE_MOVEMENT_KIND_"
_COLUMNS: Final = ("#", "WHAT", "FREE", "RESERVED", "TIME", "ORDER", "BY", "REASON")

BalanceId = Annotated[str, typer.Argument(metavar="BALANCE", help="Id of the balance.")]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="Amount with its currency, for example 40.00 EUR.")]
Seller = Annotated[str, typer.Option(metavar="SELLER", help="Seller who owes it.")]
Party = Annotated[str, typer.Option(metavar="PARTY", help="Store credit of this party instead of a gift card.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Keep gift cards and store credit.", no_args_is_help=True)
    for command in (issue, show, adjust, movements):
        group.command(command.__name__)(command)
    app.add_typer(group, name="balance")


def issue(
    context: typer.Context,
    amount: Amount,
    *,
    seller: Seller,
    party: Party = "",
    expires: Annotated[str, typer.Option(metavar="TIME", help="When a gift card expires; never if absent.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, without personal data.")] = "",
    as_json: AsJson = False,
) -> None:
    """Issue a gift card, whose code is asked for, or add to the store credit of a party."""
    session = session_of(context, as_json=as_json)
    request = pb.IssueBalanceRequest(
        request_id=wording.new_request(), seller_id=seller, amount=wording.amount_of(amount, "AMOUNT"), reason=reason
    )
    if (until := wording.timestamp(expires, "--expires")) is not None:
        request.expire_time.CopyFrom(until)
    if party:
        request.party_id = wording.identity(party, "--party")
    else:
        request.code = _code()
    with session.hub() as hub:
        balance = hub.call(hub.balances.IssueBalance, request).balance
    _tell(session, balance)


def show(
    context: typer.Context,
    balance: Annotated[str, typer.Argument(metavar="[BALANCE]", help="Id; without it a code is asked for.")] = "",
    *,
    party: Party = "",
    seller: Annotated[str, typer.Option(metavar="SELLER", help="Seller who owes the store credit.")] = "",
    currency: Annotated[str, typer.Option(metavar="CURRENCY", help="Currency of the store credit.")] = "EUR",
    as_json: AsJson = False,
) -> None:
    """Show a balance: by its id, by its code, which is asked for, or as the store credit of a party."""
    session = session_of(context, as_json=as_json)
    request = pb.GetBalanceRequest()
    if balance:
        request.balance_id = wording.identity(balance, "BALANCE")
    elif party:
        owner = pb.StoreCreditOwner(
            party_id=wording.identity(party, "--party"), seller_id=seller, currency_code=currency
        )
        request.store_credit.CopyFrom(owner)
    else:
        request.code = _code()
    with session.hub() as hub:
        found = hub.call(hub.balances.GetBalance, request).balance
    _tell(session, found)


def adjust(
    context: typer.Context,
    balance: BalanceId,
    amount: Amount,
    reason: Annotated[str, typer.Argument(metavar="REASON", help="Why, for people, without personal data.")],
    *,
    take_off: Annotated[bool, typer.Option("--take-off", help="Take the amount off instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put an amount on a balance, or take it off what is free of it."""
    session = session_of(context, as_json=as_json)
    moved = wording.amount_of(amount, "AMOUNT")
    if take_off:
        moved = Money(currency_code=moved.currency_code, units=-moved.units, nanos=-moved.nanos)
    request = pb.AdjustBalanceRequest(
        request_id=wording.new_request(),
        balance_id=wording.identity(balance, "BALANCE"),
        amount=moved,
        reason=reason,
    )
    with session.hub() as hub:
        found = hub.call(hub.balances.AdjustBalance, request).balance
    _tell(session, found)


def movements(context: typer.Context, balance: BalanceId, *, limit: Limit = 100, as_json: AsJson = False) -> None:
    """List what moved on a balance, oldest first."""
    session = session_of(context, as_json=as_json)
    request = pb.ListBalanceMovementsRequest(balance_id=wording.identity(balance, "BALANCE"))
    with session.hub() as hub:
        found = all_of(hub, hub.balances.ListBalanceMovements, request, "movements", limit)
    if session.output.as_json:
        session.output.json({"movements": found})
        return
    session.output.table(_COLUMNS, _rows(found), empty="Nothing moved on it.")


def _code() -> str:
    """A code as a person types it, unseen, or as it is piped in: as a word of the command others would read it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return str(typer.prompt("Code of the gift card", hide_input=True)).strip()


def _rows(found: Iterable[pb.BalanceMovement]) -> Iterator[tuple[object, ...]]:
    for one in found:
        kind = wording.state(pb.BalanceMovementKind, one.kind, _MOVEMENT)
        amounts = (wording.money(one.free), wording.money(one.reserved))
        yield (one.number, kind, *amounts, wording.instant(one.create_time), one.order_id, one.principal, one.reason)


def _tell(session: Session, balance: pb.Balance) -> None:
    if session.output.as_json:
        session.output.json(balance)
        return
    kind = wording.state(pb.BalanceKind, balance.kind, _KIND)
    until = f" until {wording.instant(balance.expire_time)}" if balance.HasField("expire_time") else ""
    session.output.line(
        f"{kind} {balance.balance_id} of {balance.seller_id} has {wording.money(balance.amount)}:"
        f" {wording.money(balance.reserved)} reserved, {wording.money(balance.available)} to spend{until}."
    )
