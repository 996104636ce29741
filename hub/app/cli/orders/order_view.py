"""One order for a person: lines with their slices, money, parcels, holds, and what happened. Pure drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from google.type.money_pb2 import Money
from msgspec import Struct

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output


class OrderStory(Struct, frozen=True):
    """All that is told of an order."""

    order: orders_pb2.Order
    payments: payments_pb2.GetPaymentsResponse
    fulfillment_orders: Sequence[fulfillment_pb2.FulfillmentOrder]
    timeline: Sequence[order_service_pb2.TimelineEntry]


def show(output: Output, story: OrderStory) -> None:
    """Prints an order."""
    order = story.order
    state = wording.state(orders_pb2.OrderState, order.state, "ORDER_STATE_")
    output.say(
        f"{order.channel_id} {order.channel_reference}   {state}   {wording.money(order.grand_total)}", style="bold"
    )
    placed, country = wording.instant(order.placed_time), order.ship_to_country_code or "unknown country"
    changed = f", changed {wording.instant(order.update_time)} UTC" if order.HasField("update_time") else ""
    output.say(f"order {order.order_id}, version {order.version}, placed {placed} UTC{changed}, to {country}")
    _lines(output, order)
    _stated(output, order)
    _money(output, story)
    _parcels(output, story)
    _holds(output, order)
    _timeline(output, story.timeline)


def slices_of(line: orders_pb2.OrderLine) -> str:
    """2 SHIPPED at DC-NL, 1 OPEN."""
    told = []
    for slice_ in line.slices:
        where = f" at {slice_.node_id}" if slice_.node_id else ""
        told.append(f"{slice_.quantity} {wording.state(orders_pb2.SliceState, slice_.state, 'SLICE_STATE_')}{where}")
    return wording.listed(told)


def _lines(output: Output, order: orders_pb2.Order) -> None:
    output.say("")
    rows: list[tuple[object, ...]] = [
        (
            line.line_number,
            line.sku,
            line.quantity,
            wording.money(line.line_total),
            slices_of(line),
            wording.day(line.promised_time),
        )
        for line in order.lines
    ]
    rows += [("", charge.code, "", _charged(charge), "", "") for charge in order.charges]
    output.table(("LINE#", "SKU", "UNITS#", "AMOUNT#", "WHERE THE UNITS ARE", "PROMISED"), rows)


def _charged(charge: orders_pb2.Charge) -> str:
    """5.00 EUR + 1.05 EUR."""
    added = [tax.amount for tax in charge.taxes if not tax.included]
    return " + ".join(map(wording.money, [charge.amount, *added]))


def _stated(output: Output, order: orders_pb2.Order) -> None:
    """Prints what the channel stated beside amounts: when lines ship, what lowers them, the totals."""
    for line in order.lines:
        _say(output, f"line {line.line_number}", [*_windows(line), *_amounts(line.discounts, line.taxes)])
    for charge in order.charges:
        _say(output, charge.code, _amounts((), charge.taxes))
    wish = [f"wished for {order.wish.day} {order.wish.slot_id}".strip()] if order.HasField("wish") else []
    _say(output, "order", [*wish, *_totals(order.stated_totals), *_amounts(order.discounts, order.taxes)])


def _say(output: Output, subject: str, facts: Sequence[str]) -> None:
    if facts:
        output.say(f"{subject}: {wording.listed(facts)}")


def _amounts(discounts: Iterable[orders_pb2.Discount], taxes: Iterable[orders_pb2.Tax]) -> list[str]:
    named = [("discount", one.code, one.amount) for one in discounts]
    named += [("tax", f"{one.title} {one.rate}".strip(), one.amount) for one in taxes]
    return [f"{kind} {name} {wording.money(amount)}".replace("  ", " ") for kind, name, amount in named]


def _windows(line: orders_pb2.OrderLine) -> list[str]:
    times = {
        "ships not before": line.ship_not_before_time,
        "not after": line.ship_not_after_time,
        "canceled after": line.cancel_after_time,
    }
    return [f"{name} {wording.instant(at)} UTC" for name, at in times.items() if at.seconds]


def _totals(stated: orders_pb2.StatedTotals) -> list[str]:
    names = {"goods_total": "goods", "tax_total": "tax", "grand_total": "total"}
    return [
        f"stated {name} {wording.money(getattr(stated, field))}"
        for field, name in names.items()
        if stated.HasField(field)
    ]


def _money(output: Output, story: OrderStory) -> None:
    sums = story.payments
    output.say("")
    rows = [
        (
            instrument.kind,
            wording.state(orders_pb2.InstrumentHolder, instrument.holder, "INSTRUMENT_HOLDER_").lower(),
            wording.money(instrument.amount),
            wording.money(instrument.authorized),
            wording.money(instrument.captured),
        )
        for instrument in sums.instruments
    ]
    output.table(("PAID BY", "HELD BY", "UP TO#", "AUTHORIZED#", "CAPTURED#"), rows)
    named = (
        ("captured", sums.captured),
        ("capture asked for", sums.capture_requested),
        ("invoiced", sums.receivable),
        ("not collectable", sums.uncollectable),
    )
    output.say(wording.listed(f"{name} {wording.money(amount)}" for name, amount in named if _some(amount)))


def _parcels(output: Output, story: OrderStory) -> None:
    if not story.fulfillment_orders:
        return
    output.say("")
    rows = []
    for fulfillment_order in story.fulfillment_orders:
        state = wording.state(
            fulfillment_pb2.FulfillmentOrderState, fulfillment_order.state, "FULFILLMENT_ORDER_STATE_"
        )
        rows.append((fulfillment_order.node_id, state, _units(fulfillment_order.lines), "", ""))
        for parcel in fulfillment_order.shipments:
            carried = wording.state(fulfillment_pb2.ShipmentState, parcel.state, "SHIPMENT_STATE_")
            shipped = wording.instant(parcel.ship_time)
            rows.append(("  parcel", carried, _units(parcel.lines), parcel.tracking_number, shipped))
    output.table(("NODE", "STATE", "UNITS", "TRACKING", "SHIPPED"), rows)


def part_of(hold: orders_pb2.Hold) -> str:
    """Return what of its order a hold is of, in words."""
    if hold.scope == orders_pb2.HOLD_SCOPE_LINE:
        return f"{wording.count(hold.quantity, 'unit')} of line {hold.line_number}"
    if hold.scope == orders_pb2.HOLD_SCOPE_FULFILLMENT_ORDER:
        return f"fulfillment order {hold.fulfillment_order_id}"
    if hold.scope == orders_pb2.HOLD_SCOPE_INSTRUMENT:
        return f"instrument {hold.instrument_number}"
    return "the order"


def _holds(output: Output, order: orders_pb2.Order) -> None:
    for hold in order.holds:
        kind = wording.state(orders_pb2.HoldType, hold.type, "HOLD_TYPE_")
        active = hold.status == orders_pb2.HOLD_STATUS_ACTIVE
        status = "on hold" if active else wording.state(orders_pb2.HoldStatus, hold.status, "HOLD_STATUS_").lower()
        output.say("")
        output.say(f"{kind} {status}: {hold.reason}", style="bold yellow" if active else "dim")
        if active and hold.scope > orders_pb2.HOLD_SCOPE_ORDER:
            output.say(f"  of {part_of(hold)}, blocks {', '.join(hold.blocks)}")
        if active:
            output.say(f"  crossdock order {order.order_id} --resolve {hold.hold_id}   lets it go on")
            output.say(f"  crossdock order {order.order_id} --reject {hold.hold_id}   cancels it")


def _timeline(output: Output, entries: Sequence[order_service_pb2.TimelineEntry]) -> None:
    output.say("")
    rows = [(wording.instant(entry.occur_time), entry.type, entry.summary) for entry in entries]
    output.table(("BUSINESS TIME", "EVENT", "WHAT HAPPENED"), rows)


def _units(lines: Sequence[fulfillment_pb2.FulfillmentLine]) -> str:
    return wording.listed(f"{line.quantity} x {line.sku or f'line {line.line_number}'}" for line in lines)


def _some(amount: Money) -> bool:
    return bool(amount.units or amount.nanos)
