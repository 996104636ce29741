"""`crossdock person`: everything that is kept about a person, and its erasure.

A person is found by e-mail address, phone number or party id. Each order names parties of its own, so a person may be
many parties.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crossdock.orders.v1 import order_service_pb2
from crossdock.parties.v1 import parties_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2
from hub.app.cli import wording
from hub.app.cli.output import plain
from hub.app.cli.paging import all_of
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED, HubClient, HubError

_ALL = 1_000_000
"""More rows than are kept about anybody."""

Email = Annotated[str, typer.Option(help="E-mail address of the person.")]
Phone = Annotated[str, typer.Option(help="Phone number of the person, as it was stated.")]
PartyId = Annotated[str, typer.Option("--party", metavar="ID", help="Id of one party of an order.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(no_args_is_help=True, help="What is kept about a person: export it, or erase it for ever.")
    group.command("export")(export)
    group.command("erase")(erase)
    app.add_typer(group, name="person")


def export(context: typer.Context, *, email: Email = "", phone: Phone = "", party: PartyId = "") -> None:
    """Print everything that is kept about a person, as JSON: contacts, orders and what happened to them."""
    session = session_of(context, as_json=True)
    asked = _asked(email, phone, party)
    with session.hub() as hub:
        found = all_of(hub, hub.parties.FindParties, asked, "parties", _ALL)
        order_ids = dict.fromkeys(order_id for one in found for order_id in one.order_ids)
        orders = [_order(hub, order_id) for order_id in order_ids]
    session.output.json({"parties": [plain(one.party) for one in found], "orders": orders})


def erase(
    context: typer.Context,
    *,
    email: Email = "",
    phone: Phone = "",
    party: PartyId = "",
    yes: Annotated[bool, typer.Option("--yes", help="Erase; without it, only tell how many parties would be.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person for ever: the keys of all its parties are destroyed. Orders and amounts stay."""
    session = session_of(context, as_json=as_json)
    asked = _asked(email, phone, party)
    with session.hub() as hub:
        found = all_of(hub, hub.parties.FindParties, asked, "parties", _ALL)
        for one in found if yes else ():
            erasing = parties_pb2.ErasePartyRequest(request_id=wording.new_request(), party_id=one.party.party_id)
            hub.call(hub.parties.EraseParty, erasing)
    if session.output.as_json:
        session.output.json({"party_ids": [one.party.party_id for one in found], "erased": yes and bool(found)})
    elif yes or not found:
        session.output.say(f"Erased {len(found)} parties." if found else "Nobody is kept who is known by that.")
    else:
        session.output.say(f"{len(found)} parties would be erased for ever. Run it again with --yes.")


def _asked(email: str, phone: str, party: str) -> parties_pb2.FindPartiesRequest:
    if [email, phone, party].count("") != 2:
        raise HubError("INVALID_ARGUMENT", "Name the person by one of --email, --phone and --party.", exit_code=REFUSED)
    if email:
        return parties_pb2.FindPartiesRequest(email=email)
    if phone:
        return parties_pb2.FindPartiesRequest(phone=phone)
    return parties_pb2.FindPartiesRequest(party_id=wording.identity(party, "--party"))


def _order(hub: HubClient, order_id: str) -> dict[str, Any]:
    """Everything that is kept of an order, but other people's contacts."""
    order = hub.call(hub.orders.GetOrder, order_service_pb2.GetOrderRequest(order_id=order_id)).order
    timeline = order_service_pb2.GetTimelineRequest(order_id=order_id)
    returns = returns_pb2.ListReturnsRequest(order_id=order_id)
    payments = hub.call(hub.payments.GetPayments, payments_pb2.GetPaymentsRequest(order_id=order_id))
    return {
        "order": plain(order),
        "payments": plain(payments),
        "returns": [plain(one) for one in all_of(hub, hub.returns.ListReturns, returns, "returns", _ALL)],
        "timeline": [plain(one) for one in all_of(hub, hub.orders.GetTimeline, timeline, "entries", _ALL)],
    }
