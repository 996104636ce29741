"""What happens in the two weeks, and when: documents that arrive, people who act, a partner that fails.

All instants are business time. Documents arrive some minutes after they were written; `examples/documents/README.md`
tells what is in each.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from hub.kernel.instant import Instant

EXAMPLES: Final = Path(__file__).parents[3] / "examples"


def _on(day: int, hour: int, minute: int = 0) -> Instant:
    """An instant of November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


START: Final = _on(2, 5, 30)
END: Final = _on(16, 5, 30)

_MEDIA_TYPES: Final = {
    ".json": "application/json",
    ".x12": "application/edi-x12",
    ".csv": "text/csv",
    ".ndjson": "application/x-ndjson",
}


class Arrival(Struct, frozen=True):
    """A document that comes in: when, which file, and under which account."""

    at: Instant
    file: str
    account_id: str

    @property
    def media_type(self) -> str:
        """Its media type, by the ending of its name."""
        return _MEDIA_TYPES[Path(self.file).suffix]


STOCK: Final = (
    Arrival(START, "stock-dc-nl.csv", "stock-files"),
    Arrival(START, "stock-dc-uk.csv", "stock-files"),
    Arrival(START, "stock-stores.ndjson", "stock-files"),
    Arrival(START, "stock-sup-it.csv", "stock-sup-it"),
)
ORDERS: Final = (
    Arrival(_on(2, 10, 31), "web-nl-1002-split.json", "shopify-nl"),
    Arrival(_on(2, 11, 16), "web-nl-1003-short.json", "shopify-nl"),
    Arrival(_on(3, 7, 35), "b2b-de-3001.x12", "x12-de"),
    Arrival(_on(3, 9, 1), "web-nl-1001-plain.json", "shopify-nl"),
    Arrival(_on(3, 10, 31), "web-uk-2001-plain.json", "shopify-uk"),
    Arrival(_on(3, 13, 6), "web-nl-1004-bundle.json", "shopify-nl"),
    Arrival(_on(4, 7, 35), "b2b-de-3002-three-orders.x12", "x12-de"),
    Arrival(_on(4, 8, 21), "web-nl-1005-two-discounts.json", "shopify-nl"),
    Arrival(_on(4, 18, 1), "web-uk-2002-two-lines.json", "shopify-uk"),
    Arrival(_on(4, 19, 41), "web-nl-1006-gift-card.json", "shopify-nl"),
    Arrival(_on(5, 7, 11), "web-nl-1007-does-not-add-up.json", "shopify-nl"),
    Arrival(_on(5, 15, 46), "web-nl-1008-to-germany.json", "shopify-nl"),
    Arrival(_on(6, 7, 35), "b2b-de-3005-two-interchanges.x12", "x12-de"),
    Arrival(_on(6, 11, 12), "web-uk-2003-bundle.json", "shopify-uk"),
    Arrival(_on(6, 12, 1), "web-nl-1009-canceled-later.json", "shopify-nl"),
    Arrival(_on(9, 8, 3), "web-nl-1010-two-orders.json", "shopify-nl"),
    Arrival(_on(10, 21, 31), "web-uk-2004-free-shipping.json", "shopify-uk"),
)
REFERENCES: Final = (
    *(f"50010{number:02}" for number in range(1, 12)),
    *(f"50020{number:02}" for number in range(1, 5)),
    *(f"PO-30{number:02}" for number in range(1, 6)),
    "SL-3006",
)
"""Every order in the documents, by the reference of its channel."""

SPLIT: Final = "5001002"
SHORT: Final = "5001003"
CANCELED: Final = "5001009"
HELD: Final = "5001007"

MISCOUNTED_NODE: Final = "ST-AMS"
MISCOUNTED_SKU: Final = "SCARF-RED"
REALLY_THERE: Final = 3

FAILING_ACCOUNT: Final = "carrier"
FAILING_ADAPTER: Final = "double_transport"
FAILING_METHOD: Final = "RegisterParcel"
FAILS_FROM: Final = _on(3, 11)
FAILURE_SEEN: Final = _on(3, 17)
FAILS_UNTIL: Final = _on(4, 6)

CANCELS_AT: Final = _on(6, 12, 31)
CHANGES_AT: Final = _on(6, 8, 45)
GIFT_MESSAGE: Final = "Happy birthday!"
RESOLVES_AT: Final = _on(6, 9)

STORE_RETURN: Final = "5001001"
STORE: Final = "ST-AMS"
STORE_RETURN_AT: Final = _on(11, 9)
TOTE_RETURN: Final = "5001008"
DROP_OFF: Final = "ST-BER"
TOTE_TO: Final = "DC-NL"
HANDED_IN_AT: Final = _on(11, 13)
TOTE_ARRIVES_AT: Final = _on(12, 9)
BEST_NODE: Final = "ST-AMS"
SENT_ON_ARRIVES_AT: Final = _on(13, 12)
