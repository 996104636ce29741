"""`crossdock landed-cost`: what goods cost across a border, to the door, and by which rules."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf import json_format

from crossdock.trade.v1 import trade_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.files import FileUnreadable


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("landed-cost")(landed_cost)


def landed_cost(
    context: typer.Context,
    *,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Request as JSON of the contract.")] = None,
    goods: Annotated[
        list[str] | None, typer.Option(metavar="CODE:ORIGIN:AMOUNT", help="Goods, as 610910:CN:200.00; repeat it.")
    ] = None,
    currency: Annotated[str, typer.Option(help="Currency of all amounts.")] = "EUR",
    sender: Annotated[str, typer.Option("--from", help="Country from which it is sent.")] = "",
    to: Annotated[str, typer.Option(help="Country to which it is sent.")] = "",
    freight: Annotated[str, typer.Option(help="Freight to the door.")] = "0",
    insurance: Annotated[str, typer.Option(help="Insurance.")] = "0",
    day: Annotated[str, typer.Option("--date", help="Day of import, as 2026-07-15; today unless stated.")] = "",
    flow: Annotated[str, typer.Option(help="IOSS, POSTAL, EXPRESS or FREIGHT.")] = "EXPRESS",
    incoterm: Annotated[str, typer.Option(help="Incoterm; DDP: the seller pays what is due at import.")] = "DDP",
    declaration: Annotated[str, typer.Option(help="REDUCED or FULL.")] = "REDUCED",
    rate: Annotated[
        list[str] | None,
        typer.Option(metavar="FROM:TO:RATE:SOURCE", help="Rate of the day, as USD:EUR:0.92:ECB."),
    ] = None,
    rules_version: Annotated[int, typer.Option(min=0, help="Version of the trade rules; 0: in force.")] = 0,
    order: Annotated[str, typer.Option(help="Order, by its id: what it was quoted and owes; again by --date.")] = "",
    as_json: AsJson = False,
) -> None:
    """Compute what goods cost across a border, to the door, and show each rule that was used."""
    session = session_of(context, as_json=as_json)
    if [file is not None, bool(goods), bool(order)].count(True) != 1:
        raise typer.BadParameter("give a FILE, or --goods with --from and --to, or --order")
    if order:
        asked = pb.GetOrderLandedCostRequest(order_id=order, rules_version=rules_version, import_date=day)
        _tell_order(session, asked)
        return
    if file is not None:
        request = read_request(file)
    else:
        day = day or datetime.now(UTC).date().isoformat()
        consignment = pb.Consignment(
            consignment_id="1",
            from_country_code=sender,
            to_country_code=to,
            import_date=day,
            flow=wording.state_value(pb.TradeFlow, flow, "TRADE_FLOW_", "--flow"),
            goods=[_goods(text, number, currency) for number, text in enumerate(goods or (), start=1)],
            freight=wording.amount_of(f"{freight} {currency}", "--freight"),
            insurance=wording.amount_of(f"{insurance} {currency}", "--insurance"),
            incoterm=wording.state_value(pb.Incoterm, incoterm, "INCOTERM_", "--incoterm"),
            declaration=wording.state_value(pb.Declaration, declaration, "DECLARATION_", "--declaration"),
        )
        rates = [_rate(text, day) for text in rate or ()]
        request = pb.CalculateLandedCostRequest(consignments=[consignment], rates=rates, rules_version=rules_version)
    with session.hub() as hub:
        response = hub.call(hub.trade.CalculateLandedCost, request)
    if session.output.as_json:
        session.output.json(response)
        return
    for cost in response.landed_costs:
        tell(session.output, cost)


def _tell_order(session: Session, request: pb.GetOrderLandedCostRequest) -> None:
    with session.hub() as hub:
        response = hub.call(hub.trade.GetOrderLandedCost, request)
    if session.output.as_json:
        session.output.json(response)
        return
    for cost in response.quoted:
        tell(session.output, cost)
    rows = [
        (one.shipment_id, wording.money(one.charged), wording.money(one.owed), wording.money(one.variance))
        for one in response.settled
    ]
    session.output.table(("SHIPMENT", "CHARGED#", "OWED#", "VARIANCE#"), rows, empty="Nothing left yet.")


def read_request(file: Path) -> pb.CalculateLandedCostRequest:
    """Return the request of a file. Raises FileUnreadable."""
    try:
        return json_format.Parse(file.read_text(encoding="utf-8"), pb.CalculateLandedCostRequest())
    except OSError as error:
        raise FileUnreadable(f"{file} cannot be read: {error.strerror}.") from error
    except (json_format.ParseError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{file} is not JSON of a landed cost request: {error}") from error


def tell(output: Output, cost: pb.LandedCost) -> None:
    """Prints a landed cost: its sums, then each charge with its rule."""
    where = f"into {cost.territory}" if cost.territory else "without a customs border"
    output.say(f"Consignment {cost.consignment_id} {where}, trade rules version {cost.rules_version}", style="bold")
    sums = ("goods", "freight", "insurance", "duty", "tax", "fees", "total", "prepaid", "due_on_delivery")
    rows = [(name.replace("_", " "), wording.money(getattr(cost, name))) for name in sums]
    output.table(("PART", "AMOUNT#"), rows)
    charges = [
        (
            wording.state(pb.ChargeKind, charge.kind, "CHARGE_KIND_"),
            charge.rule_id,
            wording.money(charge.base),
            charge.rate,
            wording.money(charge.amount),
            wording.money(charge.charged),
            wording.state(pb.ChargeCollection, charge.collection, "CHARGE_COLLECTION_"),
            charge.source,
        )
        for charge in cost.charges
    ]
    columns = ("CHARGE", "RULE", "BASE#", "RATE", "AMOUNT#", "CHARGED#", "COLLECTED", "SOURCE")
    output.table(columns, charges, empty="Nothing is charged.")
    if cost.HasField("conversion"):
        used = cost.conversion
        pair = f"1 {used.from_currency_code} = {used.rate} {used.to_currency_code}"
        output.say(f"Converted at {pair} on {used.rate_date} ({used.source}).")


def _goods(text: str, number: int, currency: str) -> pb.Goods:
    code, origin, amount = _parts(text, 3, "--goods", "610910:CN:200.00")
    value = wording.amount_of(f"{amount} {currency}", "--goods")
    return pb.Goods(reference=f"line {number}", hs_code=code, origin_country_code=origin, value=value)


def _rate(text: str, day: str) -> pb.StatedRate:
    base, quote, rate, source = _parts(text, 4, "--rate", "USD:EUR:0.92:ECB")
    return pb.StatedRate(from_currency_code=base, to_currency_code=quote, rate=rate, rate_date=day, source=source)


def _parts(text: str, count: int, option: str, example: str) -> list[str]:
    parts = text.split(":", count - 1)
    if len(parts) != count:
        raise typer.BadParameter(f"{text!r} has {len(parts)} parts; write {example}", param_hint=option)
    return parts
