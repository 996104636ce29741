"""What becomes of each field of an order that is placed: who outside reads it, or what it changes.

A fingerprint, a stored copy and the order as it is read back are no readers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import orders_pb2 as pb
from tests.support.world import TUESDAY
from tests.unit.api.serving import euros

Change = Callable[[pb.OrderDraft], object]

NODE, BOOKS, SCREEN, MAIL, CARDS, SHOP, TAXES = (
    "warehouse.ReleaseFulfillmentOrder",
    "erp.PostDocument",
    "fraud.ScreenOrder",
    "notice.SendNotice",
    "payment.Authorize",
    "channel.ReportProgress",
    "tax.DetermineTax",
)


def _contact(path: str, word: str, country: str, reader: str) -> dict[str, tuple[object, str]]:
    values = {
        "name": f"{word} Name",
        "company": f"{word} Company",
        "email": f"{word}@example.com",
        "phone": f"+31 6 {word}",
        "external_id": f"{word}-GLN",
        "address.street_lines": f"{word} Street",
        "address.city": f"{word} City",
        "address.region_code": f"{word}-R",
        "address.postal_code": f"{word}-1",
        "address.country_code": country,
    }
    numbers = {"BE": "BE0403019261", "DE": "DE136695976", "FR": "FR40303265045"}
    values["vat_number"] = numbers[country]
    return {f"{path}.{name}": (value, reader) for name, value in values.items()}


CARRIED: Final[Mapping[str, tuple[object, str]]] = {
    "channel_reference": ("REF-77", SHOP),
    "lines.sku": ("SHIRT", NODE),
    "lines.quantity": (7, NODE),
    "lines.personalization": ("For Ada 77", NODE),
    "gift_message": ("Happy birthday 77", NODE),
    "delivery_instructions": ("Ring twice 77", NODE),
    "lines.title": ("Shirt, blue", NODE),
    "lines.channel_line_reference": ("LINE-77", SHOP),
    "lines.customs.hs_code": ("61091000", NODE),
    "lines.customs.origin_country_code": ("PT", NODE),
    "lines.discounts.code": ("SUMMER-77", BOOKS),
    "lines.taxes.title": ("VAT of lines", TAXES),
    "lines.taxes.rate": ("0.2177", TAXES),
    "charges.code": ("FREIGHT-77", BOOKS),
    "charges.taxes.title": ("VAT of freight", TAXES),
    "charges.taxes.rate": ("0.1277", TAXES),
    "discounts.code": ("LOYAL-77", BOOKS),
    "taxes.title": ("VAT of all", TAXES),
    "taxes.rate": ("0.0977", TAXES),
    "instruments.kind": ("CARD-77", BOOKS),
    "instruments.token": ("tok_77", CARDS),
    "service_code": ("STANDARD", NODE),
    "language_code": ("nl-BE", MAIL),
    "incoterm": ("DDP", BOOKS),
    "placed_time": (int((TUESDAY - timedelta(days=3)).timestamp()), BOOKS),
    "attributes": ("Happy birthday", NODE),
    **_contact("customer", "Buyer", "BE", SCREEN),
    **_contact("ship_to", "Recipient", "DE", NODE),
    **_contact("bill_to", "Payer", "FR", BOOKS),
}
"""Path -> (value, rpc of a partner that reads it); a map's value is that of an entry, an instant's is in seconds."""


def add_amounts(order: pb.OrderDraft) -> None:
    """Give an order each kind of discount and tax that it may have."""
    line, charge = order.lines[0], order.charges[0]
    for discounts in (order.discounts, line.discounts):
        discounts.add(amount=euros(1))
    for taxes in (order.taxes, line.taxes, charge.taxes):
        taxes.add(amount=euros(1))


@dataclass(frozen=True)
class Obeyed:
    """How a field is obeyed: an order with `changed` comes out otherwise than one without; both have `given`."""

    changed: Change
    given: Change = lambda order: None


def _in_days(days: int) -> int:
    return int((TUESDAY + timedelta(days=days)).timestamp())


def _fact(order: pb.OrderDraft, location: str = "$.gift", value: str = "", reason: str = "Nobody wraps.") -> None:
    order.unread_facts.add(location=location, value=value, reason=reason)


def _taxed(order: pb.OrderDraft) -> None:
    order.taxes.add(amount=euros(3))


def _on_terms(order: pb.OrderDraft) -> None:
    del order.instruments[:]
    order.instruments.add(holder=pb.INSTRUMENT_HOLDER_TERMS, kind="INVOICE")


def _cup(order: pb.OrderDraft) -> None:
    order.lines[0].sku = "CUP"


NOBODY: Final = UUID(int=7)

OBEYED: Final[Mapping[str, Obeyed]] = {
    "channel_id": Obeyed(lambda order: setattr(order, "channel_id", "NOWHERE")),
    "currency_code": Obeyed(lambda order: setattr(order, "currency_code", "USD")),
    "lines.unit_price": Obeyed(lambda order: order.lines[0].unit_price.CopyFrom(euros(49))),
    "lines.unit_code": Obeyed(lambda order: setattr(order.lines[0], "unit_code", "KGM")),
    "lines.discounts.amount": Obeyed(lambda order: order.lines[0].discounts.add(amount=euros(3))),
    "lines.taxes.amount": Obeyed(lambda order: order.lines[0].taxes.add(amount=euros(3))),
    "lines.taxes.included": Obeyed(
        lambda order: setattr(order.lines[0].taxes[0], "included", True),
        lambda order: order.lines[0].taxes.add(amount=euros(3)),
    ),
    "lines.ship_not_before_time": Obeyed(
        lambda order: setattr(order.lines[0].ship_not_before_time, "seconds", _in_days(1))
    ),
    "lines.cancel_after_time": Obeyed(lambda order: setattr(order.lines[0].cancel_after_time, "seconds", _in_days(-1))),
    "lines.ship_not_after_time": Obeyed(
        lambda order: setattr(order.lines[0].ship_not_after_time, "seconds", _in_days(-1))
    ),
    "charges.amount": Obeyed(lambda order: order.charges[0].amount.CopyFrom(euros(6))),
    "charges.taxes.amount": Obeyed(lambda order: order.charges[0].taxes.add(amount=euros(1))),
    "charges.taxes.included": Obeyed(
        lambda order: setattr(order.charges[0].taxes[0], "included", True),
        lambda order: order.charges[0].taxes.add(amount=euros(1)),
    ),
    "discounts.amount": Obeyed(lambda order: order.discounts.add(amount=euros(3))),
    "taxes.amount": Obeyed(_taxed),
    "taxes.included": Obeyed(lambda order: setattr(order.taxes[0], "included", True), _taxed),
    "instruments.holder": Obeyed(lambda order: setattr(order.instruments[0], "holder", pb.INSTRUMENT_HOLDER_CHANNEL)),
    "instruments.amount": Obeyed(lambda order: order.instruments[0].amount.CopyFrom(euros(5))),
    "instruments.reference": Obeyed(lambda order: setattr(order.instruments[0], "reference", "NET30"), _on_terms),
    "stated_totals.goods_total": Obeyed(lambda order: order.stated_totals.goods_total.CopyFrom(euros(1))),
    "stated_totals.tax_total": Obeyed(lambda order: order.stated_totals.tax_total.CopyFrom(euros(1))),
    "stated_totals.grand_total": Obeyed(lambda order: order.stated_totals.grand_total.CopyFrom(euros(1))),
    "delivery_method": Obeyed(lambda order: setattr(order, "delivery_method", pb.DELIVERY_METHOD_PICKUP)),
    "pickup_node_id": Obeyed(
        lambda order: setattr(order, "pickup_node_id", "ST-AMS"),
        lambda order: setattr(order, "delivery_method", pb.DELIVERY_METHOD_PICKUP),
    ),
    "shortage_policy": Obeyed(
        lambda order: setattr(order, "shortage_policy", network_pb2.SHORTAGE_POLICY_BACKORDER),
        lambda order: setattr(order.lines[0], "sku", "NONE-LEFT"),
    ),
    "demand_class": Obeyed(lambda order: setattr(order, "demand_class", "B2B"), _cup),
    "wish.day": Obeyed(lambda order: setattr(order.wish, "day", "2026-11-20")),
    "wish.slot_id": Obeyed(
        lambda order: setattr(order.wish, "slot_id", "EVENING"), lambda order: setattr(order.wish, "day", "2026-11-20")
    ),
    "reservation_ids": Obeyed(lambda order: order.reservation_ids.append(str(NOBODY))),
    "unread_facts.location": Obeyed(lambda order: setattr(order.unread_facts[0], "location", "$.wrap"), _fact),
    "unread_facts.value": Obeyed(lambda order: setattr(order.unread_facts[0], "value", "yes"), _fact),
    "unread_facts.reason": Obeyed(lambda order: setattr(order.unread_facts[0], "reason", "Nobody writes."), _fact),
    "discounts.units_needed": Obeyed(
        lambda order: setattr(order.discounts[0], "units_needed", 2), lambda order: order.discounts.add(amount=euros(3))
    ),
}
"""Path -> how it is obeyed."""

SHOWN: Final[Mapping[str, str]] = {
    "tax_treatment": "tests/journeys/orders/test_vat_numbers.py::test_a_number_in_force_is_looked_up_once_and_proved",
    "lines.value_added_services": "tests/journeys/orders/test_what_nodes_can_do.py"
    "::test_lines_that_are_wrapped_ship_from_nodes_that_wrap_and_these_are_told",
    "instruments.balance_code": "tests/unit/api/orders/test_balance_service.py"
    "::test_an_order_is_paid_by_a_code_that_is_stored_and_shown_nowhere",
    "instruments.credit_account_id": "tests/journeys/money/test_credit_limits.py"
    "::test_scenario_30_is_held_at_250_000_euros_and_goes_on_once_an_invoice_is_paid",
    "instruments.store_credit": "tests/unit/api/orders/test_balance_service.py"
    "::test_store_credit_of_a_party_is_found_by_it_and_pays_an_order",
    "promise.quote_id": "tests/journeys/orders/test_promised_orders.py"
    "::test_an_order_gets_the_dates_the_fee_and_the_service_that_were_quoted",
    "promise.option_number": "tests/journeys/orders/test_promised_orders.py"
    "::test_an_order_that_differs_from_its_quote_is_refused",
    **dict.fromkeys(
        ("lines.taxes.kind", "charges.taxes.kind", "taxes.kind"),
        "tests/unit/api/orders/test_landed_quotes.py"
        "::test_a_tax_of_the_import_is_on_lines_and_no_tax_engine_hears_of_it",
    ),
    "lines.discounts.units_needed": "tests/journeys/returns/test_scenario_23_broken_promotion.py"
    "::test_scenario_23_three_units_come_back_one_by_one_and_sum_to_what_was_paid",
    "reservation_policy": "tests/unit/api/stock/test_reservation_service.py"
    "::test_an_order_whose_reservation_ended_may_take_free_stock",
}
"""Path -> the test that shows how it is obeyed, because an order alone does not show it."""
