"""What a draft must be before the hub takes it: of items that are sold, in their units, and free to ship still."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item, ItemState
from hub.kernel.instant import Instant, iso
from hub.orders.errors import ItemEnded, ShipWindowPassed, UnitMismatch
from hub.orders.model import Draft, LineDraft

PIECES: Final = frozenset({"", "EA", "C62", "H87", "PCE"})
"""Unit codes that all mean one piece."""


def refuse_unknown_items(draft: Draft, items: Mapping[str, Item]) -> None:
    """Raises UnknownSku for an item that the catalog lacks, UnitMismatch for one that is counted in another unit."""
    for line in draft.lines:
        item = items.get(line.sku)
        if item is None:
            raise UnknownSku(f"{line.sku} is not in the catalog; create the item with PutItems first.", sku=line.sku)
        if line.unit_code and line.unit_code != item.unit_code and not {line.unit_code, item.unit_code} <= PIECES:
            raise UnitMismatch(
                f"{line.sku} is ordered in {line.unit_code}, and counted in {item.unit_code}; order it in"
                f" {item.unit_code}.",
                sku=line.sku,
                ordered_unit=line.unit_code,
                item_unit=item.unit_code,
            )


def refuse_past(draft: Draft, items: Mapping[str, Item], at: Instant) -> None:
    """Raises ItemEnded for what is sold no more, ShipWindowPassed for lines whose last instant to ship is over."""
    for line in draft.lines:
        item = items[line.sku]
        for sku in (line.sku, *(part.sku for part in item.components)):
            if sku in items and items[sku].state is ItemState.ENDED:
                raise ItemEnded(f"{sku} is sold no more; order another item.", sku=sku)
        _refuse_passed_window(line, at)


def _refuse_passed_window(line: LineDraft, at: Instant) -> None:
    for name, end in (("cancel_after_time", line.cancel_after), ("ship_not_after_time", line.ship_not_after)):
        if end is not None and end <= at:
            raise ShipWindowPassed(
                f"{line.sku} may not ship after {iso(end)}, which is over; give a later {name}.",
                sku=line.sku,
                field=name,
                end=iso(end),
            )
