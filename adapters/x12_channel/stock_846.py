"""Units that a buyer may order into an inventory advice (846). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from adapters.sdk.x12.writing import Elements, WrittenSet, day
from crossdock.partner.channel.v1.channel_pb2 import StockLevel

AVAILABLE: Final = "33"


def inventory(levels: Sequence[StockLevel], reference: str, qualifier: str, at: datetime) -> WrittenSet:
    """Return the 846 of these levels.

    Args:
        levels: Units that can be ordered, by SKU.
        reference: What names this advice, at most 30 characters.
        qualifier: What kind of id our SKU is to the buyer (LIN02).
        at: When it was so.
    """
    beginning: Elements = ("BIA", "00", "SI", reference, day(at), at.strftime("%H%M"))
    return WrittenSet("846", "IB", [beginning, *_lines(levels, qualifier), ("CTT", str(len(levels)))])


def _lines(levels: Sequence[StockLevel], qualifier: str) -> Iterator[Elements]:
    for level in levels:
        yield ("LIN", "", qualifier, level.sku)
        yield ("QTY", AVAILABLE, str(max(level.available, 0)), "EA")
