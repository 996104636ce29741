"""`crossdock promise`: how and by when goods would reach a customer, for which fee, and why nodes ship nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from crossdock.network.v1 import carriers_pb2
from crossdock.promising.v1 import promising_pb2 as pb
from crossdock.trade.v1 import trade_pb2
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("promise")(promise)


def promise(
    context: typer.Context,
    *,
    lines: Annotated[list[str], typer.Argument(metavar="SKU[:UNITS]...", help="What is ordered; 1 unit if not said.")],
    channel: Annotated[str, typer.Option(help="Channel in which it is ordered.")],
    to: Annotated[str, typer.Option(metavar="CC", help="Country that it goes to, for example NL.")],
    service: Annotated[
        list[str] | None, typer.Option(help="Carrier service; can be repeated. The channel's default if not given.")
    ] = None,
    demand_class: Annotated[str, typer.Option(help="Demand class of the buyer.")] = "",
    landed: Annotated[
        str, typer.Option(metavar="FLOW:CUR", help="Landed cost by customs flow, in a currency, as EXPRESS:CHF.")
    ] = "",
    wished: Annotated[str, typer.Option(metavar="DAY", help="Day on which it is to arrive, as 2026-12-24.")] = "",
    slot: Annotated[str, typer.Option(help="Slot of the wished day, for example EVENING.")] = "",
    each: Annotated[bool, typer.Option("--each", help="Quote each line as an order of its own.")] = False,
    as_json: AsJson = False,
) -> None:
    """Quote the ways to deliver an order: dates, fees, costs, and the nodes that could not ship it."""
    session = session_of(context, as_json=as_json)
    request = pb.QuotePromisesRequest(
        channel_id=channel,
        to_country_code=to.upper(),
        service_codes=service or (),
        lines=[_line(text) for text in lines],
        demand_class=demand_class,
        each_line_alone=each,
        landed_cost=_landed(landed) if landed else None,
        wish=carriers_pb2.DeliveryWish(day=wished, slot_id=slot) if wished else None,
    )
    with session.hub() as hub:
        answer = hub.call(hub.promising.QuotePromises, request)
    if session.output.as_json:
        session.output.json(answer)
        return
    for quote in answer.quotes:
        _show(session, quote)


def _landed(text: str) -> pb.LandedCostQuestion:
    flow, _, currency = text.partition(":")
    value = wording.state_value(trade_pb2.TradeFlow, flow, "TRADE_FLOW_", "--landed")
    return pb.LandedCostQuestion(flow=value, currency_code=currency.upper())


def _line(text: str) -> pb.PromiseLine:
    sku, _, units = text.rpartition(":") if ":" in text else (text, "", "1")
    if not sku or not units.isdecimal():
        raise typer.BadParameter(f"{text!r} is not SKU:UNITS, for example SHIRT:2", param_hint="SKU[:UNITS]")
    return pb.PromiseLine(sku=sku, quantity=int(units))


def _show(session: Session, quote: pb.PromiseQuote) -> None:
    wanted = ", ".join(f"{line.quantity} x {line.sku}" for line in quote.lines)
    until = wording.instant(quote.expire_time)
    session.output.say(f"{wanted}, quoted until {until} UTC" if quote.options else f"{wanted}: no way to deliver it")
    if why := quote.wish_answer.detail:
        outcome = wording.state(pb.WishOutcome, quote.wish_answer.outcome, "WISH_OUTCOME_")
        session.output.say(f"The wished day cannot be kept ({outcome}): {why}. The nearest days are offered.")
    if quote.options:
        session.output.table(_OPTION, [_row(option) for option in quote.options])
    if imports := [row for option in quote.options for row in _imports(option)]:
        columns = ("#", "NODE AND DAY", "INTO", "GOODS#", "FREIGHT#", "DUTY#", "TAX#", "FEES#", "TOTAL#")
        session.output.table(columns, imports)
    considered = ("NODES", "SERVICE", "EACH HAS#", "COST FROM", "SHIP NOTHING NOW")
    session.output.table(considered, _nodes(quote), empty="The channel has no nodes.")


_NODES_NAMED: Final = 5
"""Of nodes that are alike so many are named; `--json` has them all."""
_OPTION: Final = (
    *("#", "SERVICE", "MODE", "ARRIVES", "ORDER BY", "FEE", "COST", "CO2", "SURE"),
    "UNITS FROM NODE, LEAVING",
)


def _row(option: pb.PromiseOption) -> tuple[object, ...]:
    first, last = wording.day(option.deliver_from_time), wording.day(option.deliver_by_time)
    return (
        option.number,
        option.service_code,
        wording.state(pb.DeliveryMode, option.mode, "DELIVERY_MODE_"),
        first if first == last else f"{first} to {last}",
        wording.instant(option.order_by_time),
        wording.money(option.delivery_fee),
        wording.money(option.cost),
        f"{option.carbon_grams} g" if option.HasField("carbon_grams") else "",
        wording.state(pb.PromiseConfidence, option.confidence, "PROMISE_CONFIDENCE_"),
        ", ".join(
            f"{part.quantity} {part.sku} from {part.node_id}, {wording.day(part.ship_time)}" for part in option.parts
        ),
    )


def _imports(option: pb.PromiseOption) -> Iterator[tuple[object, ...]]:
    for cost in option.landed_costs:
        amounts = (cost.goods, cost.freight, cost.duty, cost.tax, cost.fees, cost.total)
        yield option.number, cost.consignment_id, cost.territory, *map(wording.money, amounts)


def _nodes(quote: pb.PromiseQuote) -> Iterator[tuple[object, ...]]:
    for nodes in quote.nodes:
        reason = wording.state(pb.ExclusionReason, nodes.exclusion, "EXCLUSION_REASON_")
        why = f"{reason}: {nodes.detail}" if reason else ""
        named, more = ", ".join(nodes.node_ids[:_NODES_NAMED]), len(nodes.node_ids) - _NODES_NAMED
        names = f"{named} and {more} more" if more > 0 else named
        yield names, nodes.service_code, nodes.coverable_quantity, wording.money(nodes.least_cost), why
