"""A purchase order (850) into an order draft: header, lines, totals. Amounts are carried as stated, none is computed.

Segments that change what is shipped where, and are not read, keep the order from being taken; the rest of what is not
read holds it (`unread`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.sdk.documents.reading import Findings, decimal_of, is_currency, plain, shown, whole_of
from adapters.sdk.times import timestamp_of
from adapters.sdk.x12.envelope import Transaction
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.segments import Beg, Po1, violations
from adapters.sdk.x12.tokenizer import Segment
from adapters.x12_channel.header_850 import (
    Parts,
    attributes_of,
    incoterm_of,
    may_wait,
    parts_of,
    service_of,
    terms_of,
)
from adapters.x12_channel.lines_850 import RESALE_PRICES, Reader
from adapters.x12_channel.parties import parties_of
from adapters.x12_channel.settings import Partner
from adapters.x12_channel.unread import hold_unread
from crossdock.inbox.v1.inbox_pb2 import Command
from crossdock.network.v1.network_pb2 import SHORTAGE_POLICY_BACKORDER
from crossdock.orders.v1.orders_pb2 import (
    DELIVERY_METHOD_SHIP,
    INSTRUMENT_HOLDER_TERMS,
    OrderDraft,
    OrderLineDraft,
    StatedTotals,
)

CONTAINERS: Final = frozenset({"CA", "CS", "CT", "BX", "PK"})
NEW_ORDER: Final = frozenset({"00"})
MOST_LINES: Final = 1000
NOT_READ: Final = {
    "SDQ": "the line is for several destinations",
    "SCH": "the line is to be delivered on several dates",
    "SLN": "the line is made of others",
    "PO3": "the line has a second quantity or price",
}


def command_of(transaction: Transaction[Partner], channel_id: str, findings: Findings) -> Command | None:
    """Reads one order. None when something keeps it from being taken; `findings` then say what."""
    own = Findings()
    notes = Notes(own, transaction.path)
    _refuse_broken_syntax(transaction, notes)
    parts = parts_of(transaction.segments)
    draft = _draft(transaction, parts, channel_id, notes)
    hold_unread(parts, transaction.partner, notes)
    draft.unread_facts.extend(own.unread_facts)
    findings.add(own)
    if own.refused:
        return None
    partner = transaction.partner
    return Command(place_order=draft, location=transaction.path, draft_unknown_skus=partner.draft_unknown_skus)


def _draft(transaction: Transaction[Partner], parts: Parts, channel_id: str, notes: Notes) -> OrderDraft:
    partner = transaction.partner
    start = parts.first("BEG") or transaction.segments[0]
    if not partner.channel_id and not channel_id:
        notes.refuse(start, 0, "neither the profile's channel_id nor the call names a channel")
    reader = Reader(partner, _currency(parts, partner, start, notes), notes)
    order = OrderDraft(
        channel_id=partner.channel_id or channel_id,
        currency_code=reader.currency_code,
        demand_class=partner.demand_class,
        delivery_method=DELIVERY_METHOD_SHIP,
        service_code=service_of(parts, partner, notes),
        incoterm=incoterm_of(parts, notes),
        shortage_policy=SHORTAGE_POLICY_BACKORDER if may_wait(parts) else None,
        attributes=attributes_of(parts, notes),
    )
    order.instruments.add(holder=INSTRUMENT_HOLDER_TERMS, kind="INVOICE", reference=terms_of(parts, partner, notes))
    _read_beginning(order, start, reader)
    _read_parties(order, parts, partner, start, notes)
    _read_lines(order, parts, reader)
    _read_summary(order, parts, reader)
    return order


def _read_beginning(order: OrderDraft, start: Segment, reader: Reader) -> None:
    beg = Beg.of(start)
    if start.tag != "BEG":
        reader.notes.refuse(start, 0, "the transaction has no BEG: there is no order in it")
        return
    if beg.purpose not in NEW_ORDER:
        reader.notes.refuse(start, 1, f"purpose {shown(beg.purpose)} is no new order (00): it is left to people")
    if not beg.number or len(beg.reference) > 120:
        reader.notes.refuse(start, 3, "the purchase order number, with its release, must have 1 to 120 characters")
    order.channel_reference = beg.reference[:120]
    day = reader.day(start, 5) if beg.date else None
    if day is not None:
        order.placed_time.CopyFrom(timestamp_of(day))


def _read_parties(order: OrderDraft, parts: Parts, partner: Partner, start: Segment, notes: Notes) -> None:
    parties = parties_of(parts.header, partner.country_code, notes)
    customer = parties.get("BY") or parties.get("BT") or parties.get("ST")
    if customer is None:
        notes.refuse(start, 0, "no N1 names a buyer (BY), bill-to (BT) or ship-to (ST)")
        return
    order.customer.CopyFrom(customer)
    if "ST" in parties:
        order.ship_to.CopyFrom(parties["ST"])
    if "BT" in parties:
        order.bill_to.CopyFrom(parties["BT"])


def _read_lines(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    if len(parts.lines) > MOST_LINES:
        reader.notes.refuse(parts.lines[MOST_LINES][0], 0, f"the order has more than {MOST_LINES} lines")
        return
    window = reader.window(parts.header)
    for number, loop in enumerate(parts.lines, start=1):
        _refuse_what_is_not_read(loop, reader)
        line, charges = reader.line(loop, number, window)
        order.lines.append(line)
        order.charges.extend(charges)


def _read_summary(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    """Reads allowances, charges, taxes and totals of the order as a whole, and checks what CTT counts."""
    whole = reader.adjustments((*parts.header, *parts.summary))
    order.discounts.extend(whole.discounts)
    order.charges.extend(whole.charges)
    order.taxes.extend(whole.taxes)
    _read_totals(order, parts, reader)
    if not parts.lines:
        last = parts.summary[0] if parts.summary else parts.header[-1] if parts.header else None
        if last is not None:
            reader.notes.refuse(last, 0, "no PO1 stands before it: there is nothing to order")
    for segment in parts.summary[:1]:
        _check_counts(segment, order.lines, reader)


def _read_totals(order: OrderDraft, parts: Parts, reader: Reader) -> None:
    """Reads AMT: TT is all the buyer pays; 1 is the sum of lines before allowances, beside which it is another fact."""
    totals = StatedTotals()
    has_allowances = bool(order.discounts) or any(line.discounts for line in order.lines)
    for segment in (*parts.header, *parts.summary):
        qualifier = segment.element(1) if segment.tag == "AMT" else ""
        amount = reader.amount(segment, 2) if qualifier in {"1", "TT"} else None
        if amount is not None and qualifier == "TT":
            totals.grand_total.CopyFrom(amount)
        elif amount is not None and has_allowances:
            order.attributes["x12.line_item_total"] = segment.element(2)
        elif amount is not None:
            totals.goods_total.CopyFrom(amount)
    order.stated_totals.CopyFrom(totals)


def _check_counts(ctt: Segment, lines: Sequence[OrderLineDraft], reader: Reader) -> None:
    expected = (len(lines), sum(line.quantity for line in lines))
    for element, count in enumerate(expected, start=1):
        stated = ctt.element(element)
        if stated and whole_of(stated) != count and f"CTT{element:02}" not in reader.partner.tolerate:
            what = "PO1 segments" if element == 1 else "units in them"
            reader.notes.refuse(ctt, element, f"expected {count} {what}, found {shown(stated)}")


def _refuse_broken_syntax(transaction: Transaction[Partner], notes: Notes) -> None:
    for segment in transaction.segments:
        for violation in violations(segment):
            if violation.note not in transaction.partner.tolerate:
                notes.refuse(segment, violation.element, violation.reason)


def _refuse_what_is_not_read(loop: Sequence[Segment], reader: Reader) -> None:
    line = Po1.of(loop[0])
    for segment in loop:
        if segment.tag not in reader.partner.tolerate:
            _refuse_other_facts(segment, line, reader)
        if segment.tag in NOT_READ and segment.tag not in reader.partner.tolerate:
            reader.notes.refuse(segment, 0, f"{NOT_READ[segment.tag]}, which is not read")
        if segment.tag == "N1" and segment.element(1) == "ST" and "PO1.N1" not in reader.partner.tolerate:
            reader.notes.refuse(segment, 1, "the line has a ship-to of its own, which is not read")


def _refuse_other_facts(segment: Segment, line: Po1, reader: Reader) -> None:
    """Refuses a line whose pack, price or currency says something else than its PO1, which alone is read."""
    notes = reader.notes
    if segment.tag == "PO4" and line.unit in CONTAINERS and whole_of(segment.element(1)) not in {None, 1}:
        pieces = f"{segment.element(1)} {segment.element(3)}".strip()
        reason = f"one {shown(line.unit)} holds {shown(pieces)}, and how many pieces are ordered cannot be told"
        notes.refuse(segment, 1, f"{reason}; have the partner order in pieces, or let tolerate forgive PO4")
    price = segment.element(3) if segment.tag == "CTP" and segment.element(2) not in RESALE_PRICES else ""
    if price and line.price and decimal_of(price) != decimal_of(line.price):
        reason = f"price {shown(price)} is not that of PO104, {shown(line.price)}"
        notes.refuse(segment, 3, f"{reason}; have the partner state it in PO104")
    if segment.tag == "CUR" and segment.element(2) != reader.currency_code:
        reason = f"the line is in {shown(segment.element(2))}, the order in {shown(reader.currency_code)}"
        notes.refuse(segment, 2, f"{reason}; have the partner send an order per currency")


def _currency(parts: Parts, partner: Partner, start: Segment, notes: Notes) -> str:
    cur = parts.first("CUR")
    code = plain(cur.element(2)) if cur else ""
    if code and not is_currency(code):
        notes.refuse(cur or start, 2, f"{shown(code)} is no ISO 4217 code")
    elif not code and not partner.currency_code:
        notes.refuse(start, 0, "no CUR names a currency, and neither does the profile's currency_code")
    return code or partner.currency_code
