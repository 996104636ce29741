"""The certification of the adapter: each point against a mailbox of its own."""

from __future__ import annotations

from adapters.peppol_channel.adapter import build
from adapters.sdk.certification.buyers import Buyer, certification_of
from adapters.sdk.certification.points import Certification
from adapters.sdk.ubl.elements import Element, basic, group
from adapters.sdk.ubl.parties import Party
from adapters.sdk.ubl.writing import write


def _order(*more: Element) -> bytes:
    buyer = Party(name="Buyer AG", endpoint="0088:4012345000009", country_code="DE")
    item = group("Item", basic("Name", "Mug"), group("SellersItemIdentification", basic("ID", "MUG-BLUE")))
    line = group("LineItem", basic("ID", "1"), basic("Quantity", "3", unitCode="H87"), item)
    children = (
        basic("ID", "P-1"),
        basic("IssueDate", "2026-03-03"),
        *more,
        basic("DocumentCurrencyCode", "EUR"),
        group("BuyerCustomerParty", buyer.element()),
        group("OrderLine", line),
    )
    return write("Order", children)


def certification() -> Certification:
    """Return the checks of all points."""
    order = _order()
    return certification_of(
        Buyer(
            build=build,
            profile={"seller": {"name": "Crossdock Outfitters", "endpoint": "0106:12345678", "country_code": "NL"}},
            order=order,
            newer=_order(basic("Novelty", "1")),
            broken=order[:-9],
            response=b"<OrderResponse ",
            waiting=b">1</cbc:MaximumBackorderQuantity>",
            no_edi="a UBL document is one XML document: it has no interchange and no counts",
        )
    )
