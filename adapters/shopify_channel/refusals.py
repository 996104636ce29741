"""Facts of a Shopify order that refuse it: they say that it is not to be shipped, or not to an address."""

from __future__ import annotations

from adapters.sdk.documents.reading import decimal_of, shown
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.settings import Settings


def refuse_unfulfillable(order: Place, settings: Settings) -> None:
    """Refuse orders that are over or in mid-life: taken as new, they would ship what nobody wants any more."""
    for name in ("cancelled_at", "closed_at"):
        if order.at(name).is_there:
            order.at(name).refuse("is stated: the order is over in the shop, and nothing of it is to be shipped")
    if order.at("fulfillment_status").text() not in {"", "unfulfilled"}:
        status = order.at("fulfillment_status")
        status.refuse(f"is {shown(status.value)}: goods have already moved, so it is no new order")
    for fulfillment in order.each("fulfillments"):
        if fulfillment.at("status").text() in {"success", "pending", "open"}:
            fulfillment.at("status").refuse("says that goods are on their way from the shop, so it is no new order")
    if order.at("returns").value:
        order.at("returns").refuse("is not empty: goods came back to the shop, so it is no new order")
    if order.at("test").value is True and not settings.take_test_orders:
        order.at("test").refuse("is true: a test order is taken only where the profile says take_test_orders")
    _refuse_refunds(order)
    _refuse_duties_without_lines(order)


def refuse_line(line: Place) -> None:
    """Refuse a line that has moved, or is nothing to ship."""
    now = line.at("current_quantity") if line.at("current_quantity").is_there else line.at("quantity")
    left = line.at("fulfillable_quantity")
    if left.is_there and decimal_of(left.value) != decimal_of(now.value):
        reason = f"is {shown(left.value)}, and {now.name} is {shown(now.value)}"
        left.refuse(f"{reason}: units have moved, or wait in the shop; enter the rest by hand")
    status = line.at("fulfillment_status")
    if status.text() not in {"", "unfulfilled"}:
        status.refuse(f"is {shown(status.value)}: goods of the line have already moved")
    if line.at("requires_shipping").value is False or line.at("gift_card").value is True:
        what = "gift_card" if line.at("gift_card").value is True else "requires_shipping"
        line.at(what).refuse("says that nothing is to be shipped; name the line's title in the profile's line_charges")


def refuse_shipping(line: Place) -> None:
    """Refuse a delivery that is no shipment, for example collection in a shop."""
    category = line.at("delivery_category")
    if category.text() not in {"", "shipping"}:
        category.refuse(f"is {shown(category.value)}: only shipments to an address are taken; serve it in the shop")


def _refuse_refunds(order: Place) -> None:
    """Refuse refunds that gave money back, or took back lines whose current quantity is not stated."""
    for refund in order.each("refunds"):
        for name in ("transactions", "order_adjustments"):
            if refund.at(name).value:
                refund.at(name).refuse("is not empty: money went back in the shop; enter the rest by hand")
    is_current = all(line.at("current_quantity").is_there for line in order.each("line_items"))
    if any(refund.value for refund in order.each("refunds")) and not is_current:
        order.at("refunds").refuse("is not empty, and lines state no current_quantity; enter the rest by hand")


def _refuse_duties_without_lines(order: Place) -> None:
    """Refuse duties that lines do not state, or that their prices contain."""
    has_duties = any(line.at("duties").value for line in order.each("line_items"))
    total = order.at("original_total_duties_set").at("shop_money").at("amount")
    if decimal_of(total.value) and not has_duties:
        total.refuse("states duties, and no line does: on which goods they are cannot be told")
    if has_duties and order.at("duties_included").value is True:
        order.at("duties_included").refuse("is true: duties within prices are not read; enter the order by hand")
