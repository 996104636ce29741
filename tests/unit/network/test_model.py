"""What a network answers."""

from __future__ import annotations

import pytest

from hub.network.errors import ConfigurationInvalid, UnknownChannel, UnknownNode
from hub.network.model import Channel, Network, PartnerKind
from hub.network.model.carriers import Destination
from tests.unit.network.networks import a_channel, a_lane, a_network, a_node

NETWORK = a_network()


def test_parts_are_found_by_id() -> None:
    assert NETWORK.node("ST-BER").node_id == "ST-BER"
    assert NETWORK.channel("WEB-NL").seller_id == "SELLER"
    assert NETWORK.lane("DC-NL", Destination("DE"), "STANDARD") == a_lane()
    assert [account.account_id for account in NETWORK.accounts_of(PartnerKind.WAREHOUSE)] == ["wms"]


def test_an_unknown_node_is_named() -> None:
    with pytest.raises(UnknownNode) as refused:
        NETWORK.node("DC-XX")

    assert refused.value.metadata == {"node_id": "DC-XX"}


def test_an_unknown_channel_is_named() -> None:
    with pytest.raises(UnknownChannel) as refused:
        Network().channel("WEB-XX")

    assert refused.value.metadata == {"channel_id": "WEB-XX"}


def test_where_goods_do_not_travel_there_is_no_lane() -> None:
    assert NETWORK.lane("DC-NL", Destination("DE"), "EXPRESS") is None
    assert NETWORK.account("nobody") is None


def test_a_channel_that_names_no_nodes_ships_from_all() -> None:
    assert [node.node_id for node in NETWORK.nodes_for(NETWORK.channel("WEB-NL"))] == ["DC-NL", "ST-BER"]
    assert [node.node_id for node in NETWORK.nodes_for(NETWORK.channel("WEB-DE"))] == ["ST-BER"]


def test_a_warehouse_account_works_its_nodes() -> None:
    assert [node.node_id for node in NETWORK.nodes_of("wms")] == ["DC-NL", "ST-BER"]


def test_what_stands_twice_is_refused_and_each_is_named() -> None:
    with pytest.raises(ConfigurationInvalid) as refused:
        Network.of(nodes=[a_node(), a_node(title="again")], channels=[a_channel(), a_channel()])

    assert refused.value.problems == ("node DC-NL is there twice", "channel WEB-NL is there twice")
    assert refused.value.metadata["problem_2"] == "channel WEB-NL is there twice"


def test_every_account_that_a_channel_can_name_is_among_its_accounts() -> None:
    named = {field: field for field in Channel.__struct_fields__ if field.endswith("_account_id")}

    assert sorted(a_channel(**named).accounts().values()) == sorted(named)


def test_a_partner_that_a_channel_does_without_is_not_among_its_accounts() -> None:
    assert Channel("WEB-NL", "SELLER", payment_account_id="psp").accounts() == {PartnerKind.PAYMENT: "psp"}
