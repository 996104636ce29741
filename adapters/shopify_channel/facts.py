"""The facts of a Shopify order: which are acted on, which refuse or hold the order, which are left with the shop.

What is left with the shop changes neither what is shipped, nor where to, nor who pays how much. `RECORDS` says where
records stand in others; the lists of each are in `FACTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

ADDRESS: Final = Facts(
    acted_on=names("name first_name last_name company address1 address2 city zip province_code country_code phone"),
    refused=names("country"),
    left=names("id customer_id default latitude longitude province country_name"),
)

ORDER: Final = Facts(
    acted_on=names("""
        id name source_name po_number created_at currency email phone customer shipping_address billing_address
        line_items shipping_lines discount_applications discount_codes total_discounts current_total_discounts tax_lines
        taxes_included subtotal_price current_subtotal_price total_tax current_total_tax total_price current_total_price
        total_outstanding total_tip_received financial_status gateway payment_gateway_names payment_terms transactions
        note_attributes customer_locale
    """),
    refused=names("""
        cancelled_at closed_at test fulfillment_status fulfillments refunds returns duties_included
        original_total_duties_set
    """),
    held=names("note"),
    left=names("""
        admin_graphql_api_id app_id browser_ip buyer_accepts_marketing cancel_reason cart_token checkout_id
        checkout_token client_details company confirmation_number confirmed contact_email current_total_duties_set
        current_total_price_set current_subtotal_price_set current_total_tax_set current_total_discounts_set
        current_total_additional_fees_set current_shipping_price_set device_id estimated_taxes landing_site
        landing_site_ref location_id merchant_business_entity_id merchant_of_record_app_id number order_number
        order_status_url original_total_additional_fees_set payment_details presentment_currency processed_at
        processing_method reference referring_site source source_identifier source_url subtotal_price_set tags
        tax_exempt token total_cash_rounding_payment_adjustment_set total_cash_rounding_refund_adjustment_set
        total_discounts_set total_line_items_price total_line_items_price_set total_price_set total_price_usd
        total_shipping_price_set
        total_tax_set total_weight updated_at user_id line_item_groups
    """),
)

LINE: Final = Facts(
    acted_on=names("""
        id sku variant_id name title quantity current_quantity price tax_lines discount_allocations total_discount
        duties tip
    """),
    refused=names("fulfillable_quantity fulfillment_status requires_shipping gift_card"),
    held=names("fulfillment_service properties"),
    left=names("""
        admin_graphql_api_id attributed_staffs destination_location grams origin_location pre_tax_price price_set
        product_exists product_id sales_line_item_group_id taxable total_discount_set variant_inventory_management
        variant_title vendor line_item_group
    """),
)

FACTS: Final[Mapping[str, Facts]] = {
    "order": ORDER,
    "line": LINE,
    "shipping": Facts(
        acted_on=names("code price discounted_price tax_lines discount_allocations is_removed"),
        refused=names("delivery_category"),
        left=names("""
            carrier_identifier current_discounted_price_set discounted_price_set id phone price_set
            requested_fulfillment_service_id source title
        """),
    ),
    "transaction": Facts(
        acted_on=names("id kind status gateway amount amount_set currency"),
        left=names("""
            admin_graphql_api_id authorization created_at device_id error_code location_id message order_id parent_id
            payment_details payment_id payments_refund_attributes processed_at receipt source_name test user_id
            total_unsettled_set manual_payment_gateway authorization_expires_at extended_authorization_attributes
            currency_exchange_adjustment
        """),
    ),
    "address": ADDRESS,
    "customer": Facts(
        acted_on=names("id email first_name last_name name phone default_address"),
        left=names("""
            accepts_marketing accepts_marketing_updated_at addresses admin_graphql_api_id created_at currency
            email_marketing_consent last_order_id last_order_name marketing_opt_in_level multipass_identifier note
            orders_count sms_marketing_consent state tags tax_exempt tax_exemptions total_spent updated_at
            verified_email
        """),
    ),
    "tax": Facts(acted_on=names("title rate price"), left=names("price_set channel_liable")),
    "discount": Facts(
        acted_on=names("code title type"),
        left=names("allocation_method description target_selection target_type value value_type"),
    ),
    "code": Facts(acted_on=names("code amount type")),
    "share": Facts(acted_on=names("amount discount_application_index"), left=names("amount_set")),
    "duty": Facts(
        acted_on=names("shop_money price_set tax_lines"),
        left=names("""
            admin_graphql_api_id country_code_of_origin harmonized_system_code id presentment_money
        """),
    ),
    "terms": Facts(
        acted_on=names("payment_terms_name"),
        left=names("""
            amount created_at currency due_in_days id payment_schedules payment_terms_type updated_at
        """),
    ),
}
"""What is done with each fact, by the sort of record that states it."""

RECORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "order": {
        "line_items": "line",
        "shipping_lines": "shipping",
        "transactions": "transaction",
        "shipping_address": "address",
        "billing_address": "address",
        "customer": "customer",
        "tax_lines": "tax",
        "discount_applications": "discount",
        "discount_codes": "code",
        "payment_terms": "terms",
    },
    "line": {"tax_lines": "tax", "discount_allocations": "share", "duties": "duty"},
    "shipping": {"tax_lines": "tax", "discount_allocations": "share"},
    "customer": {"default_address": "address"},
    "duty": {"tax_lines": "tax"},
}
"""Fields that hold records of another sort, one or a list of them."""

PERSONAL: Final = names("address.* customer.* order.note line.properties")
"""Facts whose values are left out of reasons: they say who somebody is, or are a person's own words."""
