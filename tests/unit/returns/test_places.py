"""What each node makes of a returned unit, by the costs that sourcing uses and what items and nodes state."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hub.catalog.model import Item, Resale
from hub.kernel.money import Money
from hub.network.model import Network, NodeKind, ReturnTerms
from hub.network.model.carriers import Destination
from hub.returns.policy.places import Journey, Origin, places_for
from hub.returns.policy.routing import Place
from tests.unit.network.networks import a_lane, a_network, a_node, euros

TERMS = ReturnTerms(Decimal("0.8"))
COAT = Item("COAT", prices={"EUR": euros("50.00")})


def network(**changes: Any) -> Network:
    store = {"kind": NodeKind.STORE, "returns": TERMS} | changes
    return a_network(
        nodes=[a_node(returns=TERMS), a_node("ST-BER", **store)],
        lanes=[a_lane(to_country_code="NL"), a_lane("ST-BER", "NL", parcel_rate=euros("9.00"))],
    )


def looked_at(
    given: Network, *, item: Item = COAT, country: str = "NL", node_id: str = "", currency: str = "EUR", units: int = 1
) -> tuple[dict[str, Place], dict[str, str]]:
    journey = Journey(item, Origin(Destination(country), node_id), currency, "STANDARD", units)
    places, excluded = places_for(given, list(given.nodes.values()), journey)
    return {one.node_id: one for one in places}, excluded


def test_a_unit_that_is_with_the_customer_travels_the_lane_backward_at_its_rate() -> None:
    places, excluded = looked_at(network())

    assert places == {
        "DC-NL": Place("DC-NL", euros("50.00"), Decimal("0.8"), euros("6.50"), euros("1.50")),
        "ST-BER": Place("ST-BER", euros("50.00"), Decimal("0.8"), euros("9.00"), euros("1.50")),
    }
    assert not excluded


def test_a_unit_that_is_at_a_node_stays_there_for_nothing_and_travels_on_from_there() -> None:
    places, _ = looked_at(network(), node_id="ST-BER")

    assert (places["ST-BER"].freight, places["DC-NL"].freight) == (euros("0.00"), euros("9.00"))


def test_units_of_one_parcel_share_its_rate_half_up() -> None:
    places, _ = looked_at(network(), units=12)

    assert (places["DC-NL"].freight, places["ST-BER"].freight) == (euros("0.54"), euros("0.75"))


def test_the_cost_of_a_return_counts_before_the_cost_of_a_fulfillment_order() -> None:
    terms = ReturnTerms(Decimal("0.8"), handling_cost=euros("3.25"))

    places, _ = looked_at(network(returns=terms))

    assert (places["ST-BER"].handling, places["DC-NL"].handling) == (euros("3.25"), euros("1.50"))


@pytest.mark.parametrize(
    ("resales", "value", "share"),
    [
        ((), "50.00", "0.8"),
        ((Resale(Money(2000, "EUR")),), "20.00", "0.8"),
        ((Resale(Money(2000, "EUR")), Resale(Money(3000, "EUR"), node_kind="STORE")), "30.00", "0.8"),
        (
            (
                Resale(Money(3000, "EUR"), Decimal("0.6"), node_kind="STORE"),
                Resale(Money(4000, "EUR"), Decimal("0.1"), node_id="ST-BER"),
            ),
            "40.00",
            "0.1",
        ),
        ((Resale(Money(3000, "EUR"), Decimal(0)),), "30.00", "0"),
        ((Resale(Money(9000, "EUR"), node_id="DC-NL"), Resale(Money(9000, "GBP"))), "50.00", "0.8"),
    ],
    ids=["list price", "everywhere", "kind of node", "node", "sells nowhere", "elsewhere or in another currency"],
)
def test_the_most_specific_resale_of_the_item_counts(resales: tuple[Resale, ...], value: str, share: str) -> None:
    item = Item("COAT", prices={"EUR": euros("50.00")}, resales=resales)

    places, _ = looked_at(network(), item=item)

    assert (places["ST-BER"].resale, places["ST-BER"].sell_through) == (euros(value), Decimal(share))


def test_a_unit_of_which_no_value_is_known_is_worth_nothing_anywhere() -> None:
    places, _ = looked_at(network(), item=Item("COAT"))

    assert {one.resale for one in places.values()} == {euros("0.00")}


def test_a_node_without_terms_without_a_lane_or_with_bookkeeping_in_another_currency_is_no_place() -> None:
    assert looked_at(network(returns=None))[1] == {"ST-BER": "it takes no returns"}
    assert looked_at(network(returns=ReturnTerms(Decimal(1), currency="GBP")))[1] == {
        "ST-BER": "its bookkeeping is in GBP, the order is in EUR"
    }
    assert looked_at(network(), country="FR") == (
        {},
        {"DC-NL": "no STANDARD lane between it and FR", "ST-BER": "no STANDARD lane between it and FR"},
    )
