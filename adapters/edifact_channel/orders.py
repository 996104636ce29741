"""An order (ORDERS) into an order draft. Amounts are carried as stated, none is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from adapters.edifact_channel.facts import FACTS
from adapters.edifact_channel.parties import parties_of
from adapters.edifact_channel.settings import Settings
from adapters.sdk.documents.facts import why_held
from adapters.sdk.documents.reading import decimal_of, is_currency, money_of, plain, shown, whole_of
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.edifact.tokenizer import Segment, Signs
from adapters.sdk.times import timestamp_of
from crossdock.orders.v1.orders_pb2 import (
    DELIVERY_METHOD_SHIP,
    INSTRUMENT_HOLDER_TERMS,
    OrderDraft,
    OrderLineDraft,
)

ORIGINAL: Final = frozenset({"", "9"})
NOT_BEFORE: Final = ("37", "10")
NOT_AFTER: Final = ("38", "61", "63")
MOST_LINES: Final = 1000
PERSONAL: Final = frozenset({"FTX", "NAD", "CTA", "COM"})
FORMATS: Final = {"102": "%Y%m%d", "203": "%Y%m%d%H%M", "204": "%Y%m%d%H%M%S"}


@dataclass(frozen=True)
class Parts:
    """An order in parts: before its first LIN, a part per LIN, and from UNS on."""

    header: tuple[Segment, ...]
    lines: tuple[tuple[Segment, ...], ...]
    summary: tuple[Segment, ...]


@dataclass(frozen=True)
class Reader:
    """Reads elements of one order as the profile and the signs say; notes what cannot be read."""

    settings: Settings
    signs: Signs
    notes: Notes
    currency_code: str

    def number(self, segment: Segment, element: int, component: int) -> Decimal | None:
        """Return a number; refuse any other text."""
        text = segment.value(element, component)
        value = decimal_of(text.replace(self.signs.decimal, ".") if self.signs.decimal != "." else text)
        if value is None or value < 0:
            self.notes.refuse(segment, element, f"{shown(text)} is no number of at least 0")
        return value

    def instant(self, segment: Segment) -> datetime | None:
        """Return the instant of a DTM; refuse a text or format that is none. A day is its start."""
        text, form = segment.value(1, 2), FORMATS.get(segment.value(1, 3), "")
        try:
            instant = datetime.strptime(text, form).replace(tzinfo=self.settings.time_zone) if form else None
        except ValueError:
            instant = None
        if instant is None or not 1900 <= instant.year < 9000:
            self.notes.refuse(segment, 1, f"{shown(text)} is no day in format {shown(segment.value(1, 3))}")
            return None
        return instant


def draft_of(
    segments: Sequence[Segment], channel_id: str, settings: Settings, signs: Signs, notes: Notes
) -> OrderDraft:
    """Return the draft of an order; what keeps it from being taken is noted."""
    parts = _parts(segments)
    reader = Reader(settings, signs, notes, _currency(parts, settings, notes))
    order = OrderDraft(
        channel_id=settings.channel_id or channel_id,
        currency_code=reader.currency_code,
        demand_class=settings.demand_class,
        delivery_method=DELIVERY_METHOD_SHIP,
    )
    order.instruments.add(holder=INSTRUMENT_HOLDER_TERMS, kind="INVOICE", reference=settings.terms)
    if not order.channel_id:
        notes.refuse(segments[0], 0, "neither the profile's channel_id nor the call names a channel")
    _read_header(order, parts, reader)
    _read_parties(order, parts, reader)
    _read_lines(order, parts, reader)
    _read_summary(order, parts, reader)
    _judge_facts(parts, reader)
    return order


def _parts(segments: Sequence[Segment]) -> Parts:
    header: list[Segment] = []
    lines: list[list[Segment]] = []
    summary: list[Segment] = []
    for segment in segments[1:]:
        if summary or segment.tag in {"UNS", "UNT"}:
            summary.append(segment)
        elif segment.tag == "LIN":
            lines.append([segment])
        else:
            (lines[-1] if lines else header).append(segment)
    return Parts(tuple(header), tuple(map(tuple, lines)), tuple(summary))


def _read_header(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    begin = next((segment for segment in parts.header if segment.tag == "BGM"), None)
    if begin is None:
        reader.notes.refuse(parts.summary[0], 0, "the message has no BGM: there is no order in it")
        return
    number = plain(begin.value(2) or begin.value(2, 3))
    if not 1 <= len(number) <= 120:
        reader.notes.refuse(begin, 2, "the order's number must have 1 to 120 characters")
    if begin.value(3) not in ORIGINAL:
        reader.notes.refuse(begin, 3, f"function {shown(begin.value(3))} is no new order (9): it is left to people")
    order.channel_reference = number[:120]
    for segment in parts.header:
        if segment.tag == "DTM" and segment.value(1) == "137":
            placed = reader.instant(segment)
            if placed is not None:
                order.placed_time.CopyFrom(timestamp_of(placed))
        elif segment.tag == "DTM" and segment.value(1) == "2":
            order.attributes["edifact.dtm.2"] = plain(segment.value(1, 2), 40)
        elif segment.tag == "RFF" and f"RFF={segment.value(1)}" in FACTS["header"].acted_on:
            order.attributes[f"edifact.rff.{segment.value(1)}"] = reader.notes.words(segment, segment.value(1, 2), 80)


def _read_parties(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    parties = parties_of(parts.header, reader.settings.country_code, reader.notes)
    ship_to = parties.get("DP") or parties.get("ST")
    customer = parties.get("BY") or parties.get("IV") or ship_to
    if customer is None:
        reader.notes.refuse(parts.header[0] if parts.header else parts.summary[0], 0, "no NAD names a buyer (BY)")
        return
    order.customer.CopyFrom(customer)
    if ship_to is not None:
        order.ship_to.CopyFrom(ship_to)
    if "IV" in parties:
        order.bill_to.CopyFrom(parties["IV"])


def _read_lines(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    if not parts.lines:
        reader.notes.refuse(parts.summary[0], 0, "no LIN stands before it: there is nothing to order")
    elif len(parts.lines) > MOST_LINES:
        reader.notes.refuse(parts.lines[MOST_LINES][0], 0, f"the order has more than {MOST_LINES} lines")
        return
    for number, loop in enumerate(parts.lines, start=1):
        line = _line(loop, number, reader)
        for segment in (*parts.header, *loop):
            _read_window(line, segment, reader)
        order.lines.append(line)


def _line(loop: Sequence[Segment], number: int, reader: Reader) -> OrderLineDraft:
    start = loop[0]
    line = OrderLineDraft(channel_line_reference=plain(start.value(1), 80) or str(number), sku=_sku(loop, reader))
    quantities = [segment for segment in loop if segment.tag == "QTY" and segment.value(1) == "21"]
    if len(quantities) != 1:
        reader.notes.refuse(start, 0, f"{len(quantities)} QTY say how many units are ordered (21), expected one")
        return line
    line.quantity = _units(quantities[0], reader)
    unit = quantities[0].value(1, 3)
    line.unit_code = reader.settings.units.get(unit, unit)[:3]
    for segment in loop:
        if segment.tag == "PRI" and segment.value(1) == "AAA":
            _read_price(line, segment, reader)
        elif segment.tag == "IMD" and not line.title:
            line.title = reader.notes.words(segment, f"{segment.value(3, 4)} {segment.value(3, 5)}", 300)
    return line


def _sku(loop: Sequence[Segment], reader: Reader) -> str:
    ids: dict[str, str] = {}
    if loop[0].value(3):
        ids[loop[0].value(3, 2)] = plain(loop[0].value(3))
    for segment in loop:
        for element in range(2, 7) if segment.tag == "PIA" else ():
            ids.setdefault(segment.value(element, 2), plain(segment.value(element)))
    sku = next((ids[kind] for kind in reader.settings.sku_types if ids.get(kind)), "")
    if not 1 <= len(sku) <= 80:
        reader.notes.refuse(
            loop[0], 3, f"no product id is a SKU: {', '.join(map(shown, sorted(ids))) or 'none is stated'}"
        )
    return sku


def _units(segment: Segment, reader: Reader) -> int:
    number = reader.number(segment, 1, 2)
    units = whole_of(number) if number is not None else None
    if number is not None and (units is None or not 1 <= units <= 10_000_000):
        reader.notes.refuse(segment, 1, f"{shown(segment.value(1, 2))} is no whole number of units")
    return units or 0


def _read_price(line: OrderLineDraft, segment: Segment, reader: Reader) -> None:
    """Read a net price, divided by the units that it is for."""
    amount = reader.number(segment, 1, 2)
    basis = reader.number(segment, 1, 5) if segment.value(1, 5) else Decimal(1)
    if amount is None or basis is None:
        return
    price = decimal_of(amount / basis) if basis in {1, 10, 100, 1000} else None
    if price is None:
        reader.notes.refuse(segment, 1, f"a price for {shown(segment.value(1, 5))} units cannot be carried exactly")
    elif reader.currency_code:
        line.unit_price.CopyFrom(money_of(price, reader.currency_code))


def _read_window(line: OrderLineDraft, segment: Segment, reader: Reader) -> None:
    kind = segment.value(1) if segment.tag == "DTM" else ""
    instant = reader.instant(segment) if kind in {*NOT_BEFORE, *NOT_AFTER} else None
    if instant is None:
        return
    if kind in NOT_BEFORE:
        line.ship_not_before_time.CopyFrom(timestamp_of(instant))
    else:
        end = instant + timedelta(days=1, seconds=-1) if segment.value(1, 3) == "102" else instant
        line.cancel_after_time.CopyFrom(timestamp_of(end))


def _read_summary(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    for segment in parts.summary:
        kind = segment.value(1)
        if segment.tag == "MOA" and kind in {"86", "79"} and reader.currency_code:
            amount = reader.number(segment, 1, 2)
            total = order.stated_totals.grand_total if kind == "86" else order.stated_totals.goods_total
            total.CopyFrom(money_of(amount or Decimal(0), reader.currency_code))
        elif segment.tag == "CNT" and kind in {"1", "2"} and "CNT" not in reader.settings.tolerate:
            expected = len(order.lines) if kind == "2" else sum(line.quantity for line in order.lines)
            if whole_of(segment.value(1, 2)) != expected:
                reader.notes.refuse(segment, 1, f"expected {expected}, found {shown(segment.value(1, 2))}")


def _judge_facts(parts: Parts, reader: Reader) -> None:
    """Refuse what says that goods go elsewhere, and hold the order for each fact that no list settles."""
    for area, segment in _segments(parts):
        facts, coded = FACTS[area], f"{segment.tag}={segment.value(1)}"
        if {segment.tag, coded} & facts.refused:
            reader.notes.refuse(segment, 0, "the line goes elsewhere or at several times, which is not read")
        ignored = {f"{area}.{segment.tag}", f"{area}.{coded}"} & reader.settings.ignored_facts
        if not ignored and not {segment.tag, coded} & facts.settled:
            is_coded = any(name.startswith(f"{segment.tag}=") for name in facts.settled)
            fact = f"{area}.{coded if is_coded else segment.tag}"
            value = "" if segment.tag in PERSONAL else shown(segment.value(1, 2) or segment.value(1))
            reader.notes.hold(segment, 0, value, why_held(plain(fact, 60)))


def _segments(parts: Parts) -> Iterator[tuple[str, Segment]]:
    yield from (("header", segment) for segment in parts.header)
    yield from (("line", segment) for loop in parts.lines for segment in loop)
    yield from (("summary", segment) for segment in parts.summary)


def _currency(parts: Parts, settings: Settings, notes: Notes) -> str:
    stated = next((segment for segment in parts.header if segment.tag == "CUX"), None)
    code = plain(stated.value(1, 2)) if stated else settings.currency_code
    if is_currency(code):
        return code
    place = stated or (parts.header[0] if parts.header else parts.summary[0])
    reason = f"{shown(code)} is no ISO 4217 code" if stated else "no CUX names a currency, nor does the profile"
    notes.refuse(place, 1 if stated else 0, reason)
    return ""
