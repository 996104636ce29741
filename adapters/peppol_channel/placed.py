"""Orders that were taken, as what is written about them must name them again: kept at the hub, no person in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.peppol_channel.people import identity_of
from adapters.sdk.documents.reading import plain
from adapters.sdk.ubl.elements import Element, basic, coded, group
from adapters.sdk.ubl.parties import Party


@dataclass(frozen=True)
class PlacedLine:
    """A line as it was ordered: its number, ids and name of the product, and the unit."""

    reference: str
    name: str
    seller_id: str
    standard_id: str
    buyer_id: str
    unit: str

    def item(self) -> Element:
        """Return the product as cac:Item."""
        return group(
            "Item",
            basic("Name", self.name),
            group("BuyersItemIdentification", basic("ID", self.buyer_id)),
            group("SellersItemIdentification", basic("ID", self.seller_id)),
            group("StandardItemIdentification", coded("ID", self.standard_id)),
        )


@dataclass(frozen=True)
class Placed:
    """An order: its number, day and currency, the buyer as a firm, its lines."""

    number: str
    date: str
    currency_code: str
    buyer_name: str
    buyer_endpoint: str
    buyer_company_id: str
    lines: tuple[PlacedLine, ...]

    @property
    def buyer(self) -> Party:
        """The buyer."""
        return Party(name=self.buyer_name, endpoint=self.buyer_endpoint, company_id=self.buyer_company_id)

    def line(self, position: int, reference: str, sku: str) -> PlacedLine:
        """Return the line of this reference, else of this position from 1, else one of our SKU."""
        named = (line for line in self.lines if reference and line.reference == reference)
        ours = PlacedLine(reference or str(position), sku, sku, "", "", "")
        return next(named, self.lines[position - 1] if 1 <= position <= len(self.lines) else ours)


def placed_of(source: Element, reference: str) -> Placed:
    """Return what an order that was taken states; `reference` is its number."""
    buyer = source.first("cac:BuyerCustomerParty/cac:Party") or Element("")
    return Placed(
        number=reference,
        date=source.value("cbc:IssueDate"),
        currency_code=source.value("cbc:DocumentCurrencyCode"),
        buyer_name=buyer.value("cac:PartyLegalEntity/cbc:RegistrationName") or buyer.value("cac:PartyName/cbc:Name"),
        buyer_endpoint=identity_of(buyer.first("cbc:EndpointID")),
        buyer_company_id=identity_of(buyer.first("cac:PartyLegalEntity/cbc:CompanyID")),
        lines=tuple(
            _line(item, number) for number, item in enumerate(source.all("cac:OrderLine/cac:LineItem"), start=1)
        ),
    )


def _line(source: Element, number: int) -> PlacedLine:
    item = source.first("cac:Item") or Element("")
    quantity = source.first("cbc:Quantity") or Element("")
    return PlacedLine(
        reference=plain(source.value("cbc:ID"), 80) or str(number),
        name=plain(item.value("cbc:Name"), 300),
        seller_id=item.value("cac:SellersItemIdentification/cbc:ID"),
        standard_id=identity_of(item.first("cac:StandardItemIdentification/cbc:ID")),
        buyer_id=item.value("cac:BuyersItemIdentification/cbc:ID"),
        unit=quantity.attributes.get("unitCode", ""),
    )


def placed_from(kept: Mapping[str, Any]) -> Placed:
    """Return an order that was kept."""
    return Placed(**{**kept, "lines": tuple(PlacedLine(**line) for line in kept["lines"])})
