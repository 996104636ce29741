"""The tax contract: the payload of `tax.determine` to a request, taxes from a response."""

from __future__ import annotations

from typing import Any

from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.tax.v1 import tax_pb2
from hub.messages.tax import Determination, DeterminedTax, DetermineTax, TaxLine
from hub.wire.money import money_from_pb
from hub.wire.partners.calls import amount_to_pb


def determine_to_pb(call: call_pb2.Call, payload: DetermineTax) -> tax_pb2.DetermineTaxRequest:
    """The request of `tax.determine`."""
    currency = payload.currency
    return tax_pb2.DetermineTaxRequest(
        call=call,
        order_id=str(payload.order_id),
        to_country_code=payload.to_country_code,
        lines=[
            tax_pb2.TaxLine(
                line_number=line.line_number,
                sku=line.sku,
                amount=amount_to_pb(line.amount_minor, currency),
                stated_tax=_stated(line, currency),
            )
            for line in payload.lines
        ],
        stated_taxes=[
            tax_pb2.StatedTax(
                line_number=tax.line_number,
                title=tax.title,
                rate=tax.rate,
                amount=amount_to_pb(tax.amount_minor, currency),
                charge_code=tax.charge_code,
            )
            for tax in payload.stated_taxes
        ],
    )


def determination_from_pb(response: tax_pb2.DetermineTaxResponse | tax_pb2.FindOperationResponse) -> Determination:
    """The result of a determination; raises InvalidField for a tax that is no amount of its currency."""
    return Determination(
        tuple(
            DeterminedTax(tax.line_number, tax.rate, money_from_pb(tax.tax, field="taxes.tax"))
            for tax in response.taxes
        )
    )


def _stated(line: TaxLine, currency: str) -> Any:
    stated = line.stated_tax_minor
    return None if stated is None else amount_to_pb(stated, currency)
