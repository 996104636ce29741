"""Lines of a purchase order: PO1 with what follows it, every amount and quantity as the partner states it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from adapters.sdk.documents.reading import MOST_UNITS, decimal_of, money_of, shown, whole_of
from adapters.sdk.times import timestamp_of
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.segments import Po1, Sac, day_of, end_of
from adapters.sdk.x12.tokenizer import Segment
from adapters.x12_channel.settings import Partner
from crossdock.orders.v1.orders_pb2 import Charge, CustomsData, Discount, OrderLineDraft, Tax

NOT_BEFORE = ("037", "010")
NOT_AFTER = ("038", "001")
UNKNOWN_UNIT = "ZZ"
RESALE_PRICES = frozenset({"RES", "RTL", "MSR", "SRP", "MAP"})
"""Prices of CTP at which the goods are sold on; they are not what the partner pays."""


@dataclass(frozen=True)
class Window:
    """When goods may ship: from the start of a day, to the end of one."""

    start: Timestamp | None = None
    end: Timestamp | None = None


@dataclass(frozen=True)
class Adjustments:
    """What lowers or raises an amount: allowances, charges and taxes."""

    discounts: tuple[Discount, ...] = ()
    charges: tuple[Charge, ...] = ()
    taxes: tuple[Tax, ...] = ()


@dataclass(frozen=True)
class Reader:
    """What reading one order needs: how its sender's documents are read, its currency, and where to note problems."""

    partner: Partner
    currency_code: str
    notes: Notes

    def line(self, loop: Sequence[Segment], number: int, window: Window) -> tuple[OrderLineDraft, tuple[Charge, ...]]:
        """Reads a PO1 loop. `window` holds where the line states no dates. Charges on it are answered beside it."""
        start = loop[0]
        stated = Po1.of(start)
        own = self.window(loop)
        adjustments = self.adjustments(loop)
        title = next((one for one in loop if one.tag == "PID" and one.element(1) == "F"), None)
        line = OrderLineDraft(
            sku=self._sku(start, stated),
            quantity=self._quantity(start, stated),
            unit_price=self._price(start, stated) if stated.price else self._catalog_price(loop),
            unit_code=self._unit(start, stated),
            discounts=adjustments.discounts,
            taxes=adjustments.taxes,
            channel_line_reference=self.notes.whole(start, 1, 80) or str(number),
            title=self.notes.words(title, 5, 300) if title else "",
            customs=self._customs(loop),
            ship_not_before_time=own.start or window.start,
            cancel_after_time=own.end or window.end,
        )
        return line, adjustments.charges

    def window(self, segments: Sequence[Segment]) -> Window:
        """Reads when goods may ship, from DTM."""
        start = self._day(segments, NOT_BEFORE)
        end = self._day(segments, NOT_AFTER)
        return Window(timestamp_of(start) if start else None, timestamp_of(end_of(end)) if end else None)

    def adjustments(self, segments: Sequence[Segment]) -> Adjustments:
        """Reads allowances and charges (SAC) and taxes (TXI)."""
        discounts, charges, taxes = [], [], []
        for segment in segments:
            if segment.tag == "TXI" and (tax := self.amount(segment, 2)):
                taxes.append(Tax(title=self.notes.words(segment, 1, 120), amount=tax))
            if segment.tag != "SAC" or segment.element(1) not in {"A", "C"}:
                continue
            sac = Sac.of(segment)
            amount = self._hundredths(segment, sac)
            if sac.indicator == "A":
                discounts.append(Discount(code=self.notes.words(segment, 15 if sac.words else 2, 120), amount=amount))
            else:
                stated = self.notes.words(segment, 2 if sac.code else 15, 76)
                code = self.partner.charge_codes.get(sac.code) or f"SAC-{stated}"
                charges.append(Charge(code=code, amount=amount))
        return Adjustments(tuple(discounts), tuple(charges), tuple(taxes))

    def amount(self, segment: Segment, element: int) -> Money | None:
        """Reads an amount of zero or more; None and a refusal when it is none."""
        number = decimal_of(segment.element(element))
        if number is None or number < 0:
            stated = shown(segment.element(element))
            self.notes.refuse(segment, element, f"{stated} is no decimal amount of zero or more")
            return None
        return money_of(number, self.currency_code)

    def day(self, segment: Segment, element: int) -> datetime | None:
        """Reads a day; None and a refusal when it is none."""
        day = day_of(segment.element(element), ZoneInfo(self.partner.time_zone))
        if day is None:
            self.notes.refuse(segment, element, f"{shown(segment.element(element))} is no day as CCYYMMDD")
        return day

    def _day(self, segments: Sequence[Segment], qualifiers: Sequence[str]) -> datetime | None:
        for qualifier in qualifiers:
            for segment in segments:
                if segment.tag == "DTM" and segment.element(1) == qualifier and segment.element(2):
                    return self.day(segment, 2)
        return None

    def _sku(self, segment: Segment, stated: Po1) -> str:
        for qualifier in self.partner.sku_qualifiers:
            if sku := stated.ids.get(qualifier, ""):
                if len(sku) > 80:
                    self.notes.refuse(segment, 7, f"product id {shown(sku)} is longer than 80 characters")
                return sku[:80]
        known = ", ".join(shown(qualifier) for qualifier in stated.ids) or "none"
        reason = f"no product id is a SKU: found {known}; sku_qualifiers of the profile names them"
        self.notes.refuse(segment, 6, reason)
        return ""

    def _quantity(self, segment: Segment, stated: Po1) -> int:
        quantity = whole_of(stated.quantity)
        if quantity is None or not 1 <= quantity <= MOST_UNITS:
            self.notes.refuse(segment, 2, f"{shown(stated.quantity)} is no whole number of 1 to {MOST_UNITS} units")
            return 0
        return quantity

    def _unit(self, segment: Segment, stated: Po1) -> str:
        """Answers the unit; an unknown one is taken as ZZ (mutually defined), named, and reported."""
        if not stated.unit:
            return ""
        unit = self.partner.units.get(stated.unit, "")
        if not unit:
            reason = f"unit {shown(stated.unit)} is not in the profile's units; the line is taken as {UNKNOWN_UNIT}"
            self.notes.report(segment, 3, reason)
        return unit or UNKNOWN_UNIT

    def _price(self, segment: Segment, stated: Po1) -> Money | None:
        divisor = self.partner.price_bases.get(stated.basis)
        if divisor is None:
            reason = f"price basis {shown(stated.basis)} is not in the profile's price_bases"
            self.notes.refuse(segment, 5, f"{reason}: of how many units it is the price cannot be told")
            return None
        price = decimal_of(stated.price)
        per_unit = decimal_of(price / Decimal(divisor)) if price is not None else None
        if per_unit is None or per_unit < 0:
            self.notes.refuse(segment, 4, f"{shown(stated.price)} is no decimal price of zero or more")
            return None
        return money_of(per_unit, self.currency_code)

    def _catalog_price(self, loop: Sequence[Segment]) -> Money | None:
        """Reads the price of a line whose PO104 is empty, from its first CTP that states what the partner pays."""
        for segment in loop:
            if segment.tag == "CTP" and segment.element(3) and segment.element(2) not in RESALE_PRICES:
                return self.amount(segment, 3)
        return None

    def _hundredths(self, segment: Segment, sac: Sac) -> Money | None:
        """Reads an amount without its point: 495 is 4.95."""
        number = whole_of(sac.amount) if sac.amount.isdigit() else None
        if number is None:
            reason = f"{shown(sac.amount)} is no amount in hundredths; rates alone are not computed"
            self.notes.refuse(segment, 5, reason)
            return None
        return money_of(Decimal(number).scaleb(-2), self.currency_code)

    def _customs(self, loop: Sequence[Segment]) -> CustomsData | None:
        """Reads the Harmonized System code; one that is none is reported and left out."""
        for segment in loop:
            if segment.tag != "TC2" or segment.element(1) != "J":
                continue
            code = segment.element(2).replace(".", "").replace(" ", "")
            if code.isascii() and code.isdigit() and 6 <= len(code) <= 10:
                return CustomsData(hs_code=code)
            self.notes.report(segment, 2, f"{shown(segment.element(2))} is no code of 6 to 10 digits; it is left out")
        return None
