"""What is given to histories: shops, nodes and orders. The model decides by it, and a hub is set up by it.

Amounts are minor units of the order's currency, prices billionths of its unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

DIGITS: Final = {"JPY": 0, "EUR": 2, "USD": 2, "GBP": 2, "KWD": 3}
"""Currency -> digits after the point of its minor unit."""

SKUS: Final = ("A", "B", "C")

ROUND: Final = timedelta(minutes=45)
"""Time between two commands. Nodes say as often what they answered, at the same instants."""

NODES: Final[Mapping[str, tuple[int, bool]]] = {
    "DC-NL": (0, True),
    "ST-BER": (30, True),
    "DC-UK": (100, True),
    "ST-AMS": (0, False),
    "ST-LON": (30, False),
    "SUP-IT": (100, False),
}
"""Node -> (minutes after which it answers a request to cancel, whether with yes)."""

ANSWER_MINUTES: Final = 60
"""Minutes in which a node is to answer a request to cancel; an answer that comes later is taken all the same."""


@dataclass(frozen=True)
class Shop:
    """A channel: the fee that it takes for a return, and two policies.

    It may give the charge back once all units are back, and claw back discounts that what is kept does not earn.
    """

    fee: int = 0
    gives_charge_back: bool = True
    claws_back: bool = False


SHOPS: Final[Mapping[str, Shop]] = {
    "WEB-NL": Shop(),
    "WEB-DE": Shop(fee=250),
    "WEB-GB": Shop(gives_charge_back=False, claws_back=True),
}


@dataclass(frozen=True)
class LineDraft:
    """Units of a SKU at a price, less a discount: given once for each `needed` units, if these are several."""

    sku: str
    quantity: int
    price_nanos: int
    discount: int = 0
    needed: int = 0


@dataclass(frozen=True)
class TenderDraft:
    """A means of payment: who has the money, the most it pays (None for the rest), and whether it is declined."""

    holder: str
    most: int | None = None
    declined: bool = False


@dataclass(frozen=True)
class Draft:
    """An order as placed at a shop. Its charge is for shipping; its discount and tax are shared by its lines."""

    channel: str
    currency: str
    lines: tuple[LineDraft, ...]
    tenders: tuple[TenderDraft, ...] = ()
    charge: int = 0
    discount: int = 0
    tax: int = 0
