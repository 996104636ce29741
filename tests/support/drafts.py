"""Orders as tests state them: drafts with good defaults, and items for the catalog. Amounts are euros as text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hub.catalog.model import Component, Item
from hub.kernel.money import Money
from hub.orders.model import ChargeDraft, Draft, InstrumentDraft, LineDraft
from hub.parties.model import Contact, PostalAddress
from hub.payments.model import Holder
from tests.support.network import CHANNEL


def minor(euros: str) -> int:
    """Cents of an amount in euros."""
    return Money.of(euros, "EUR").minor


def item(sku: str, price: str | None = None, **changes: Any) -> Item:
    """An item, with a list price where one is given."""
    prices = {"EUR": Money.of(price, "EUR")} if price else {}
    return Item(sku, title=f"Item {sku}", prices=prices, **changes)


def bundle(sku: str, parts: Mapping[str, int], price: str | None = None) -> Item:
    """A bundle of so many units of each item."""
    return item(sku, price, components=tuple(Component(part, units) for part, units in parts.items()))


def line(sku: str, quantity: int = 1, price: str | None = "10.00", **changes: Any) -> LineDraft:
    """A line; without a price the catalog's counts."""
    return LineDraft(sku, quantity, Decimal(price) if price else None, **changes)


def contact(name: str = "Ada Visser", country: str = "NL") -> Contact:
    """A customer."""
    address = PostalAddress(("Keizersgracht 1",), "Amsterdam", country, postal_code="1015 AA")
    return Contact(name, email="ada@example.com", phone="+31201234567", address=address)


def card(euros: str | None = None, token: str = "tok_visa") -> InstrumentDraft:
    """A card the hub authorizes and captures."""
    return InstrumentDraft(Holder.HUB, "CARD", token=token, amount_minor=minor(euros) if euros else None)


def gift_card(euros: str) -> InstrumentDraft:
    """A gift card the hub authorizes and captures."""
    return InstrumentDraft(Holder.HUB, "GIFT_CARD", token="gift_1", amount_minor=minor(euros))


def prepaid(euros: str | None = None) -> InstrumentDraft:
    """Money the channel has taken already."""
    amount = minor(euros) if euros else None
    return InstrumentDraft(Holder.CHANNEL, "CHANNEL", amount_minor=amount, reference="paid-1")


def on_terms() -> InstrumentDraft:
    """An invoice."""
    return InstrumentDraft(Holder.TERMS, "INVOICE")


def draft(
    reference: str,
    lines: Sequence[LineDraft],
    *,
    shipping: str | None = None,
    instruments: Sequence[InstrumentDraft] | None = None,
    **changes: Any,
) -> Draft:
    """An order in the test channel, paid by card unless said."""
    charges = (ChargeDraft("SHIPPING", minor(shipping)),) if shipping else ()
    given: dict[str, Any] = {
        "channel_id": CHANNEL,
        "channel_reference": reference,
        "currency": "EUR",
        "lines": tuple(lines),
        "customer": contact(),
        "charges": charges,
        "instruments": (card(),) if instruments is None else tuple(instruments),
    } | changes
    made = Draft(**given)
    content = repr((made.lines, made.charges, made.instruments, made.stated))
    return Draft(**given | {"content_hash": hashlib.sha256(content.encode()).hexdigest()})
