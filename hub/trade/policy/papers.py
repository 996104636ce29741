"""What the papers of a consignment must say, and which form a postal one needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from hub.kernel.money import Money
from hub.trade.errors import ExchangeRateMissing, PapersIncomplete
from hub.trade.model.landed_cost import Incoterm
from hub.trade.model.papers import ConsignmentPapers, PaperForm, PaperGoods, PaperParty
from hub.trade.model.rules import ExchangeRate, Flow, RegistrationKind
from hub.trade.policy.exact import conversion

MOST_CN22_GRAMS: Final = 2000
MOST_CN22_SDR: Final = 300_00
"""Hundredths of a special drawing right (XDR). Up to both limits the small form is enough."""


def paper_form(value: Money, grams: int, rates: Sequence[ExchangeRate], day: date) -> PaperForm:
    """Return the postal form for goods of a value and weight; CN23 also where there is no rate to XDR."""
    try:
        worth = conversion(rates, value.currency, "XDR", day).to_abroad(value)
    except ExchangeRateMissing:
        return PaperForm.CN23
    small = grams <= MOST_CN22_GRAMS and worth.minor <= MOST_CN22_SDR
    return PaperForm.CN22 if small else PaperForm.CN23


def seller_imports(incoterm: Incoterm, flow: Flow | None) -> bool:
    """Return whether the seller is importer of record: under DDP, except for sales by IOSS, which the buyer imports."""
    return incoterm is Incoterm.DDP and flow is not Flow.IOSS


def refuse_incomplete(papers: ConsignmentPapers) -> None:
    """Raises PapersIncomplete with each fact that the papers lack."""
    if lacks := list(_lacks(papers)):
        raise PapersIncomplete(papers.consignment_id, lacks)


def _lacks(papers: ConsignmentPapers) -> Iterator[str]:
    for goods in papers.goods:
        yield from (f"line {goods.line_number} ({goods.sku}) has no {fact}" for fact in _lacks_of_goods(goods))
    yield from (f"the sending node has no {fact}" for fact in _lacks_of_party(papers.exporter))
    yield from (f"the recipient has no {fact}" for fact in _lacks_of_party(papers.recipient))
    if papers.flow is Flow.IOSS and RegistrationKind.IOSS.value not in papers.registrations:
        yield "registrations.csv has no IOSS number of the seller for the day"


def _lacks_of_goods(goods: PaperGoods) -> Iterator[str]:
    facts = {
        "description (title of the item)": goods.description.strip(),
        "HS code": goods.hs_code,
        "country of origin": goods.origin,
        "weight": goods.net_grams,
    }
    return (name for name, value in facts.items() if not value)


def _lacks_of_party(party: PaperParty) -> Iterator[str]:
    facts = {"name": party.name.strip(), "street": any(party.street_lines), "city": party.city.strip()}
    return (name for name, value in facts.items() if not value)
