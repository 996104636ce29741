"""Draws docs/facts.md: what the adapters that read documents do with each fact of their formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.edifact_channel.facts import FACTS as EDIFACT
from adapters.peppol_channel.facts import FACTS as PEPPOL
from adapters.sdk.documents.facts import Facts
from adapters.shopify_channel.facts import FACTS as SHOPIFY
from adapters.stock_files.facts import FACTS as STOCK
from adapters.x12_channel.facts import FACTS as X12
from adapters.x12_transport.facts import FACTS as X12_TRANSPORT
from adapters.x12_warehouse.facts import FACTS as X12_WAREHOUSE
from tools.markdown import table

ADAPTERS: Final[Mapping[str, Mapping[str, Facts]]] = {
    "shopify_channel": SHOPIFY,
    "x12_channel": X12,
    "edifact_channel": EDIFACT,
    "peppol_channel": PEPPOL,
    "stock_files": STOCK,
    "x12_warehouse": X12_WAREHOUSE,
    "x12_transport": X12_TRANSPORT,
}
OPENING: Final = """# Facts of documents

What the adapters that read documents do with each fact of their formats. A listed fact that changes goods, place or
money is acted on, or refuses the order where its value asks for it. A fact on no list holds the order, unless
`ignored_facts` of the profile names it as `record.fact`. A stock file has no order to hold: it is refused.
A report of a warehouse or a carrier is taken, and the fact is named as a problem of its document.
[A decision](decisions/0030-unknown-facts-hold-an-order.md) says why.
"""
HEAD: Final = ("record", "acted on", "refuse", "hold", "left with the partner")


def page() -> str:
    """Return the lists of each adapter, a row per sort of record."""
    text = OPENING
    for adapter, lists in ADAPTERS.items():
        rows = (
            (record, *map(_names, (facts.acted_on, facts.refused, facts.held, facts.left)))
            for record, facts in lists.items()
        )
        text += f"\n## {adapter}\n\n" + table(HEAD, rows)
    return text


def _names(facts: frozenset[str]) -> str:
    return " ".join(sorted(facts))
