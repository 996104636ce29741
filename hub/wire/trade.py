"""Trade rules, consignments and landed cost on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from google.type import money_pb2

from crossdock.trade.v1 import trade_pb2 as pb
from hub.kernel.errors import InvalidField, inside
from hub.kernel.money import Money
from hub.trade.model.landed_cost import (
    Charge,
    ChargeKind,
    Collection,
    Consignment,
    Declaration,
    Goods,
    Incoterm,
    LandedCost,
    Settlement,
)
from hub.trade.model.rules import ExchangeRate, Flow
from hub.wire.codes import country_from_text, currency_from_text
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import day_from_text
from hub.wire.money import money_from_pb, money_to_pb

FLOWS: Final = Names(Flow, pb.TradeFlow, "TRADE_FLOW")
INCOTERMS: Final = Names(Incoterm, pb.Incoterm, "INCOTERM")
DECLARATIONS: Final = Names(Declaration, pb.Declaration, "DECLARATION")
_KINDS: Final = Names(ChargeKind, pb.ChargeKind, "CHARGE_KIND")
_COLLECTIONS: Final = Names(Collection, pb.ChargeCollection, "CHARGE_COLLECTION")


def files_from_pb(messages: Sequence[pb.RuleFile]) -> dict[str, str]:
    """Return the files of rules by name. Raises InvalidField where two have one name."""
    files = {message.name: message.content for message in messages}
    if len(files) < len(messages):
        raise InvalidField("files has two files of one name; send each once.", files="two of one name")
    return files


def files_to_pb(files: Mapping[str, str]) -> list[pb.RuleFile]:
    """Return files of rules, sorted by name."""
    return [pb.RuleFile(name=name, content=content) for name, content in sorted(files.items())]


def consignments_from_pb(request: pb.CalculateLandedCostRequest) -> list[Consignment]:
    """Return the consignments of a request. Raises InvalidField, naming the field."""
    consignments = []
    for number, message in enumerate(request.consignments):
        with inside(f"consignments[{number}]"):
            consignments.append(_consignment(message))
    return consignments


def rates_from_pb(messages: Sequence[pb.StatedRate]) -> list[ExchangeRate]:
    """Return the exchange rates that a request states, each for its day. Raises InvalidField, naming the field."""
    rates = []
    for number, message in enumerate(messages):
        with inside(f"rates[{number}]"):
            day = day_from_text(message.rate_date, field="rate_date")
            if not Decimal(message.rate):
                raise InvalidField("rate is 0; state a rate above 0.", rate="is 0")
            rates.append(
                ExchangeRate(
                    rule_id="",
                    from_currency=currency_from_text(message.from_currency_code, field="from_currency_code"),
                    to_currency=currency_from_text(message.to_currency_code, field="to_currency_code"),
                    rate=Decimal(message.rate),
                    since=day,
                    until=date.fromordinal(day.toordinal() + 1),
                    source=message.source,
                )
            )
    return rates


def landed_cost_to_pb(cost: LandedCost, sources: Mapping[str, str]) -> pb.LandedCost:
    """Return a landed cost; `sources` maps the name of each rule's source to its citation."""
    conversion = None
    if cost.conversion:
        conversion = pb.StatedRate(
            from_currency_code=cost.conversion.from_currency,
            to_currency_code=cost.conversion.to_currency,
            rate=str(cost.conversion.rate),
            rate_date=str(cost.import_day),
            source=sources.get(cost.conversion.source, cost.conversion.source),
        )
    return pb.LandedCost(
        consignment_id=cost.consignment_id,
        territory=cost.territory,
        rules_version=cost.rules_version,
        goods=money_to_pb(cost.goods),
        freight=money_to_pb(cost.freight),
        insurance=money_to_pb(cost.insurance),
        duty=money_to_pb(cost.sum_of(ChargeKind.DUTY)),
        tax=money_to_pb(cost.sum_of(ChargeKind.TAX)),
        fees=money_to_pb(cost.sum_of(ChargeKind.FEE)),
        total=money_to_pb(cost.total),
        prepaid=money_to_pb(cost.prepaid),
        due_on_delivery=money_to_pb(cost.due_on_delivery),
        charges=[_charge(charge, sources) for charge in cost.charges],
        conversion=conversion,
    )


def settlement_to_pb(settlement: Settlement, sources: Mapping[str, str]) -> pb.SettledConsignment:
    """Return what a consignment that left came to; `sources` as for a landed cost."""
    return pb.SettledConsignment(
        shipment_id=str(settlement.shipment_id),
        landed_cost=landed_cost_to_pb(settlement.landed.cost, sources),
        charged=money_to_pb(settlement.charged),
        owed=money_to_pb(settlement.owed),
        variance=money_to_pb(settlement.variance),
    )


def _charge(charge: Charge, sources: Mapping[str, str]) -> pb.Charge:
    return pb.Charge(
        kind=_KINDS.to_pb(charge.kind),
        rule_id=charge.rule_id,
        references=charge.references,
        base=money_to_pb(charge.base),
        rate=charge.rate,
        amount=money_to_pb(charge.amount),
        charged=money_to_pb(charge.charged),
        collection=_COLLECTIONS.to_pb(charge.collection),
        source=sources.get(charge.source, charge.source),
    )


def _consignment(message: pb.Consignment) -> Consignment:
    goods = []
    for number, part in enumerate(message.goods):
        with inside(f"goods[{number}]"):
            goods.append(_goods(part))
    currency = goods[0].value.currency
    return Consignment(
        consignment_id=message.consignment_id,
        from_country=country_from_text(message.from_country_code, field="from_country_code"),
        to_country=country_from_text(message.to_country_code, field="to_country_code"),
        import_day=day_from_text(message.import_date, field="import_date"),
        flow=FLOWS.from_pb(message.flow, "flow"),
        goods=tuple(goods),
        freight=_amount(message.freight, currency, "freight"),
        insurance=_amount(message.insurance, currency, "insurance"),
        incoterm=INCOTERMS.from_pb(meant(message, "incoterm"), "incoterm"),
        declaration=DECLARATIONS.from_pb(meant(message, "declaration"), "declaration"),
        order_number=message.order_number,
        recipient=message.recipient_reference,
    )


def _goods(message: pb.Goods) -> Goods:
    return Goods(
        reference=message.reference,
        value=money_from_pb(message.value, field="value"),
        hs_code=message.hs_code,
        origin=message.origin_country_code,
        preference=message.preference,
        tax_category=meant(message, "tax_category"),
        weight_grams=message.weight_grams,
    )


def _amount(message: money_pb2.Money, currency: str, field: str) -> Money:
    return money_from_pb(message, field=field) if message.currency_code else Money.zero(currency)
