"""The facts of a Shopify order: which are acted on, which are left with the shop, and which refuse the order.

What is left with the shop changes neither what is shipped, nor where to, nor who pays how much. A fact that would
change one of these and is not acted on refuses the order, so that a person looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.reading import decimal_of, shown
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.settings import Settings

ACTED_ON: Final[Mapping[str, frozenset[str]]] = {
    "order": frozenset(
        [
            "id",
            "name",
            "source_name",
            "po_number",
            "created_at",
            "currency",
            "email",
            "phone",
            "customer",
            "shipping_address",
            "billing_address",
            "line_items",
            "shipping_lines",
            "discount_applications",
            "discount_codes",
            "total_discounts",
            "tax_lines",
            "taxes_included",
            "subtotal_price",
            "total_tax",
            "total_price",
            "total_outstanding",
            "total_tip_received",
            "financial_status",
            "gateway",
            "payment_gateway_names",
            "payment_terms",
            "transactions",
            "note_attributes",
            "customer_locale",
        ]
    ),
    "line": frozenset(
        [
            "id",
            "sku",
            "variant_id",
            "name",
            "title",
            "quantity",
            "price",
            "tax_lines",
            "discount_allocations",
            "total_discount",
            "duties",
            "tip",
        ]
    ),
    "shipping": frozenset(["code", "price", "discounted_price", "tax_lines", "discount_allocations", "is_removed"]),
    "transaction": frozenset(["id", "kind", "status", "gateway", "amount", "amount_set", "currency"]),
    "address": frozenset(
        [
            "name",
            "first_name",
            "last_name",
            "company",
            "address1",
            "address2",
            "city",
            "zip",
            "province_code",
            "country_code",
            "phone",
        ]
    ),
}
"""Facts that are read into the order, by what states them."""

REFUSED: Final[Mapping[str, frozenset[str]]] = {
    "order": frozenset(
        [
            "cancelled_at",
            "closed_at",
            "test",
            "fulfillment_status",
            "fulfillments",
            "refunds",
            "current_total_price",
            "current_subtotal_price",
            "current_total_tax",
            "current_total_discounts",
            "duties_included",
            "original_total_duties_set",
        ]
    ),
    "line": frozenset(
        ["current_quantity", "fulfillable_quantity", "fulfillment_status", "requires_shipping", "gift_card"]
    ),
    "shipping": frozenset({"delivery_category"}),
    "transaction": frozenset(),
    "address": frozenset({"country"}),
}
"""Facts that refuse the order where they say that it is not to be shipped whole, to its address, at its first price."""

LEFT_WITH_THE_SHOP: Final[Mapping[str, frozenset[str]]] = {
    "order": frozenset(
        [
            "admin_graphql_api_id",
            "app_id",
            "browser_ip",
            "buyer_accepts_marketing",
            "cancel_reason",
            "cart_token",
            "checkout_id",
            "checkout_token",
            "client_details",
            "company",
            "confirmation_number",
            "confirmed",
            "contact_email",
            "current_total_duties_set",
            "current_total_price_set",
            "current_subtotal_price_set",
            "current_total_tax_set",
            "current_total_discounts_set",
            "current_total_additional_fees_set",
            "current_shipping_price_set",
            "device_id",
            "estimated_taxes",
            "landing_site",
            "landing_site_ref",
            "location_id",
            "merchant_business_entity_id",
            "merchant_of_record_app_id",
            "note",
            "number",
            "order_number",
            "order_status_url",
            "original_total_additional_fees_set",
            "payment_details",
            "presentment_currency",
            "processed_at",
            "processing_method",
            "reference",
            "referring_site",
            "returns",
            "source",
            "source_identifier",
            "source_url",
            "subtotal_price_set",
            "tags",
            "tax_exempt",
            "token",
            "total_cash_rounding_payment_adjustment_set",
            "total_cash_rounding_refund_adjustment_set",
            "total_discounts_set",
            "total_line_items_price",
            "total_line_items_price_set",
            "total_price_set",
            "total_price_usd",
            "total_shipping_price_set",
            "total_tax_set",
            "total_weight",
            "updated_at",
            "user_id",
            "line_item_groups",
        ]
    ),
    "line": frozenset(
        [
            "admin_graphql_api_id",
            "attributed_staffs",
            "destination_location",
            "fulfillment_service",
            "grams",
            "origin_location",
            "pre_tax_price",
            "price_set",
            "product_exists",
            "product_id",
            "properties",
            "sales_line_item_group_id",
            "taxable",
            "total_discount_set",
            "variant_inventory_management",
            "variant_title",
            "vendor",
            "line_item_group",
        ]
    ),
    "shipping": frozenset(
        [
            "carrier_identifier",
            "current_discounted_price_set",
            "discounted_price_set",
            "id",
            "phone",
            "price_set",
            "requested_fulfillment_service_id",
            "source",
            "title",
        ]
    ),
    "transaction": frozenset(
        [
            "admin_graphql_api_id",
            "authorization",
            "created_at",
            "device_id",
            "error_code",
            "location_id",
            "message",
            "order_id",
            "parent_id",
            "payment_details",
            "payment_id",
            "payments_refund_attributes",
            "processed_at",
            "receipt",
            "source_name",
            "test",
            "user_id",
            "total_unsettled_set",
            "manual_payment_gateway",
            "authorization_expires_at",
            "extended_authorization_attributes",
        ]
    ),
    "address": frozenset({"id", "customer_id", "default", "latitude", "longitude", "province", "country_name"}),
}
"""Facts for people, statistics and money of the buyer, which have no effect on goods or money of the hub."""

_AS_FIRST_PLACED: Final = {
    "current_total_price": "total_price",
    "current_subtotal_price": "subtotal_price",
    "current_total_tax": "total_tax",
    "current_total_discounts": "total_discounts",
}


def refuse_unfulfillable(order: Place, settings: Settings) -> None:
    """Refuses orders that are over, in mid-life or edited: taken as new, they would ship what nobody wants any more."""
    for name in ("cancelled_at", "closed_at"):
        if order.at(name).is_there:
            order.at(name).refuse("is stated: the order is over in the shop, and nothing of it is to be shipped")
    if order.at("fulfillment_status").text() not in {"", "unfulfilled"}:
        status = order.at("fulfillment_status")
        status.refuse(f"is {shown(status.value)}: goods have already moved, so it is no new order")
    for fulfillment in order.each("fulfillments"):
        if fulfillment.at("status").text() in {"success", "pending", "open"}:
            fulfillment.at("status").refuse("says that goods are on their way from the shop, so it is no new order")
    if any(refund.value for refund in order.each("refunds")):
        order.at("refunds").refuse("is not empty: goods or money went back in the shop; enter the rest by hand")
    if order.at("test").value is True and not settings.take_test_orders:
        order.at("test").refuse("is true: a test order is taken only where the profile says take_test_orders")
    _refuse_edited(order)
    _refuse_duties_without_lines(order)


def refuse_line(line: Place) -> None:
    """Refuses a line that was edited, has moved, or is nothing to ship."""
    for name in ("current_quantity", "fulfillable_quantity"):
        left = line.at(name)
        if left.is_there and decimal_of(left.value) != decimal_of(line.at("quantity").value):
            ordered = shown(line.at("quantity").value)
            left.refuse(f"is {shown(left.value)} of {ordered}: the order was edited in the shop; enter it by hand")
    status = line.at("fulfillment_status")
    if status.text() not in {"", "unfulfilled"}:
        status.refuse(f"is {shown(status.value)}: goods of the line have already moved")
    if line.at("requires_shipping").value is False or line.at("gift_card").value is True:
        what = "gift_card" if line.at("gift_card").value is True else "requires_shipping"
        line.at(what).refuse("says that nothing is to be shipped; name the line's title in the profile's line_charges")


def refuse_shipping(line: Place) -> None:
    """Refuses a delivery that is no shipment, for example collection in a shop."""
    category = line.at("delivery_category")
    if category.text() not in {"", "shipping"}:
        category.refuse(f"is {shown(category.value)}: only shipments to an address are taken; serve it in the shop")


def _refuse_edited(order: Place) -> None:
    for name, first in _AS_FIRST_PLACED.items():
        now, then = order.at(name), order.at(first)
        if now.is_there and then.is_there and decimal_of(now.value) != decimal_of(then.value):
            reason = f"is {shown(now.value)}, and {first} is {shown(then.value)}"
            now.refuse(f"{reason}: the order was edited in the shop; enter it by hand")


def _refuse_duties_without_lines(order: Place) -> None:
    """Refuses duties that lines do not state, or that their prices contain."""
    has_duties = any(line.at("duties").value for line in order.each("line_items"))
    total = order.at("original_total_duties_set").at("shop_money").at("amount")
    if decimal_of(total.value) and not has_duties:
        total.refuse("states duties, and no line does: on which goods they are cannot be told")
    if has_duties and order.at("duties_included").value is True:
        order.at("duties_included").refuse("is true: duties within prices are not read; enter the order by hand")
