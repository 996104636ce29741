"""Orders as callers state them, from the wire: amounts exact, mixtures and excess refused by the field's name."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from google.type import money_pb2
from hypothesis import given
from hypothesis import strategies as st

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import orders_pb2 as pb
from hub.kernel.errors import CurrencyMismatch, InvalidField
from hub.kernel.money import LARGEST_MINOR, Money
from hub.network.model import ShortagePolicy
from hub.orders.model import DeliveryMethod, Discount, InstrumentDraft, LineDraft, StatedTotals, TaxDraft, UnreadFact
from hub.payments.model import Holder
from hub.wire.orders.drafts import draft_from_pb
from hub.wire.prices import minor_from_pb, minor_to_pb, price_from_pb, price_to_pb


def money(units: int = 1, nanos: int = 0, currency: str = "EUR") -> money_pb2.Money:
    return money_pb2.Money(currency_code=currency, units=units, nanos=nanos)


def stated(**changes: object) -> pb.OrderDraft:
    made = pb.OrderDraft(channel_id="WEB", channel_reference="1", currency_code="EUR")
    made.lines.add(sku="A", quantity=2, unit_price=money(10))
    made.customer.name = "Ada"
    for name, value in changes.items():
        setattr(made, name, value)
    return made


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_minor_units_go_over_the_wire_and_back_exactly(minor: int, currency: str) -> None:
    message = minor_to_pb(minor, currency)

    assert minor_from_pb(message, currency, field="x", least=-LARGEST_MINOR) == minor


@given(st.decimals(min_value=0, max_value=10**12, places=9))
def test_prices_finer_than_the_minor_unit_go_over_the_wire_and_back_exactly(price: Decimal) -> None:
    assert price_from_pb(price_to_pb(price, "EUR"), "EUR", field="x") == price


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**31), 2**31 - 1))
def test_any_amount_is_taken_exactly_or_refused(units: int, nanos: int) -> None:
    with suppress(InvalidField):
        minor = minor_from_pb(money(units, nanos), "EUR", field="amount")
        assert Decimal(minor).scaleb(-2) == Decimal(units) + Decimal(nanos).scaleb(-9)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**31), 2**31 - 1), st.sampled_from(["JPY", "eur", ""]))
def test_an_amount_in_another_currency_is_never_taken(units: int, nanos: int, currency: str) -> None:
    with pytest.raises(CurrencyMismatch):
        minor_from_pb(money(units, nanos, currency), "EUR", field="amount")


def test_a_draft_keeps_all_that_was_stated() -> None:
    message = stated(delivery_method=pb.DELIVERY_METHOD_PICKUP, pickup_node_id="ST-AMS", service_code="FAST")
    message.shortage_policy = network_pb2.SHORTAGE_POLICY_BACKORDER
    message.placed_time.FromJsonString("2026-03-03T09:00:00Z")
    message.attributes["gift"] = "yes"
    message.lines[0].MergeFrom(
        pb.OrderLineDraft(
            discounts=[pb.Discount(code="SPRING", amount=money(1, 500_000_000))],
            taxes=[pb.Tax(title="VAT", rate="0.21", amount=money(3), included=True)],
            channel_line_reference="L1",
            customs=pb.CustomsData(hs_code="610910", origin_country_code="PT"),
        )
    )
    message.charges.add(code="SHIPPING", amount=money(5), taxes=[pb.Tax(amount=money(0, 870_000_000))])
    message.discounts.add(amount=money(2))
    message.instruments.add(holder=pb.INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok", amount=money(20))
    message.instruments.add(holder=pb.INSTRUMENT_HOLDER_TERMS, kind="INVOICE", reference="NET30")
    message.stated_totals.grand_total.CopyFrom(money(-1))
    message.ship_to.name = "Bob"
    message.unread_facts.add(location="$.wish", value="'blue'", reason="no list names it")

    draft = draft_from_pb(message, draft_unknown_skus=True)

    assert draft.lines == (
        LineDraft(
            "A",
            2,
            Decimal(10),
            discounts=(Discount(150, "SPRING"),),
            taxes=(TaxDraft(300, "VAT", "0.21", included=True),),
            channel_line_reference="L1",
            hs_code="610910",
            origin_country="PT",
        ),
    )
    assert [(one.code, one.amount_minor, one.taxes[0].amount_minor) for one in draft.charges] == [("SHIPPING", 500, 87)]
    assert draft.discounts == (Discount(200),)
    assert draft.instruments == (
        InstrumentDraft(Holder.HUB, "CARD", "tok", 2000),
        InstrumentDraft(Holder.TERMS, "INVOICE", reference="NET30"),
    )
    assert draft.stated == StatedTotals(None, None, -100)
    assert (draft.customer.name, draft.ship_to and draft.ship_to.name, draft.bill_to) == ("Ada", "Bob", None)
    assert (draft.delivery_method, draft.pickup_node_id) == (DeliveryMethod.PICKUP, "ST-AMS")
    assert (draft.shortage_policy, draft.placed_at) == (ShortagePolicy.BACKORDER, datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert draft.attributes == {"gift": "yes"}
    assert draft.unread_facts == (UnreadFact("$.wish", "'blue'", "no list names it"),)
    assert draft.draft_unknown_skus


def test_what_is_not_stated_is_left_to_channel_and_catalog() -> None:
    message = stated()
    message.lines[0].ClearField("unit_price")

    draft = draft_from_pb(message)

    assert (draft.lines[0].unit_price, draft.shortage_policy, draft.placed_at) == (None, None, None)
    assert (draft.delivery_method, draft.instruments, draft.stated) == (DeliveryMethod.SHIP, (), StatedTotals())
    assert not draft.draft_unknown_skus


def test_a_price_of_nothing_is_a_price() -> None:
    message = stated()
    message.lines[0].unit_price.CopyFrom(money(0))

    assert draft_from_pb(message).lines[0].unit_price == 0


def test_equal_content_has_an_equal_hash_and_other_content_another() -> None:
    one, same, other = stated(), stated(), stated(channel_reference="2")
    one.attributes["a"], one.attributes["b"] = "1", "2"
    same.attributes["b"], same.attributes["a"] = "2", "1"

    assert draft_from_pb(one).content_hash == draft_from_pb(same).content_hash
    assert draft_from_pb(one).content_hash != draft_from_pb(other).content_hash


def test_a_second_currency_is_refused_wherever_it_stands() -> None:
    message = stated()
    message.charges.add(code="SHIPPING", amount=money(5, currency="USD"))

    with pytest.raises(CurrencyMismatch) as refused:
        draft_from_pb(message)

    assert refused.value.metadata == {"field": "charges[0].amount", "expected": "EUR", "found": "USD"}


@pytest.mark.parametrize(
    ("amount", "field"),
    [
        (money(0, 5_000_000), "lines[0].taxes[0].amount"),
        (money(-1), "lines[0].taxes[0].amount"),
        (money(2**60), "lines[0].taxes[0].amount"),
        (money(1, -10_000_000), "lines[0].taxes[0].amount"),
    ],
)
def test_an_amount_that_is_none_is_refused_by_the_name_of_its_field(amount: money_pb2.Money, field: str) -> None:
    message = stated()
    message.lines[0].taxes.add(amount=amount)

    with pytest.raises(InvalidField) as refused:
        draft_from_pb(message)

    assert list(refused.value.metadata) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delivery_method": 77}, "delivery_method"),
        ({"shortage_policy": 9}, "shortage_policy"),
        ({"delivery_method": pb.DELIVERY_METHOD_PICKUP}, "pickup_node_id"),
        ({"pickup_node_id": "ST-AMS"}, "pickup_node_id"),
    ],
)
def test_values_that_the_contract_lacks_or_that_clash_are_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidField) as refused:
        draft_from_pb(stated(**changes))

    assert list(refused.value.metadata) == [field]


def test_an_instant_beyond_the_calendar_is_refused() -> None:
    message = stated()
    message.placed_time.seconds = 10**12

    with pytest.raises(InvalidField):
        draft_from_pb(message)


def test_money_of_the_kernel_and_of_the_wire_agree() -> None:
    assert minor_to_pb(Money.of("12.34", "EUR").minor, "EUR") == money(12, 340_000_000)
