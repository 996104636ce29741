"""What the readers of a warehouse's documents share: where they note, what a line names, days and weights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Final

from adapters.sdk.documents.reading import decimal_of, plain, shown, whole_of
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.segments import day_of, end_of
from adapters.sdk.x12.tokenizer import Segment
from adapters.sdk.x12.unread import report_unread
from adapters.x12_warehouse.facts import FACTS
from adapters.x12_warehouse.settings import Settings

MOST_UNITS: Final = 100_000_000
GRAMS: Final = {"LB": Decimal("453.59237"), "KG": Decimal(1000), "GR": Decimal(1), "OZ": Decimal("28.349523125")}


@dataclass(frozen=True)
class Reader:
    """Reads elements of one transaction as the account's profile says; notes what cannot be read."""

    settings: Settings
    notes: Notes
    at: datetime

    def units(self, segment: Segment, element: int) -> int:
        """Return a whole number of units; refuses any other text."""
        text = segment.element(element)
        units = whole_of(text)
        if units is None or not 0 <= units <= MOST_UNITS:
            self.notes.refuse(segment, element, f"{shown(text)} is no number of units")
            return 0
        return units

    def sku(self, segment: Segment, first: int, last: int) -> str:
        """Return the SKU among pairs of qualifier and id from element `first` to `last`; refuses a line without one."""
        pairs = {segment.element(at): plain(segment.element(at + 1)) for at in range(last - 1, first - 1, -2)}
        sku = next((pairs[known] for known in self.settings.sku_qualifiers if pairs.get(known)), "")
        if not 1 <= len(sku) <= 80:
            self.notes.refuse(
                segment, first, f"no product id is a SKU: {', '.join(map(shown, sorted(filter(None, pairs))))}"
            )
        return sku

    def refuse_other_unit(self, segment: Segment, element: int) -> None:
        """Refuse units that are not those in which we count."""
        unit = segment.element(element)
        if unit and unit != self.settings.unit:
            self.notes.refuse(segment, element, f"expected units of {shown(self.settings.unit)}, found {shown(unit)}")

    def happened(self, segment: Segment, day_element: int, time_element: int) -> datetime:
        """Return when something happened: at the minute stated, else at the day's end, but not after now."""
        start = day_of(segment.element(day_element), self.settings.time_zone)
        if start is None:
            self.notes.refuse(segment, day_element, f"{shown(segment.element(day_element))} is no day")
            return self.at
        minute = segment.element(time_element) if time_element else ""
        if len(minute) >= 4 and minute.isascii() and minute.isdigit() and minute[:2] < "24" and minute[2:4] < "60":
            return min(datetime.combine(start.date(), time(int(minute[:2]), int(minute[2:4])), start.tzinfo), self.at)
        return min(end_of(start), self.at)

    def grams(self, segment: Segment, weight: int, unit: int) -> int:
        """Return a weight in grams; 0 where none is stated in a unit that is known."""
        amount, factor = decimal_of(segment.element(weight)), GRAMS.get(segment.element(unit))
        grams = round(amount * factor) if amount is not None and factor is not None else 0
        return grams if 0 <= grams <= MOST_UNITS else 0

    def report_unread(self, set_id: str, segments: tuple[Segment, ...]) -> None:
        """Report the segments that no list settles, each tag once; refuse those that change what the rest says."""
        report_unread(set_id, FACTS[set_id], self.settings.ignored_facts, segments, self.notes)
