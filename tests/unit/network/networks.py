"""Networks for tests: two nodes, a calendar each, lanes between two countries; every part can be replaced."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from hub.kernel.money import Money
from hub.network.model import Calendar, Channel, Network, Node, NodeAddress, NodeKind, PartnerAccount, PartnerKind
from hub.network.model.carriers import Lane

WEEKDAYS = frozenset({1, 2, 3, 4, 5})
NL = Calendar("nl", WEEKDAYS, frozenset({date(2026, 4, 27)}))
DE = Calendar("de", WEEKDAYS, frozenset({date(2026, 5, 1)}))


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def a_node(node_id: str = "DC-NL", **changes: Any) -> Node:
    facts: dict[str, Any] = {
        "kind": NodeKind.DISTRIBUTION_CENTER,
        "address": NodeAddress(("Havenweg 12",), "Tilburg", "NL"),
        "time_zone": "Europe/Amsterdam",
        "calendar_id": "nl",
        "cut_off": time(16),
        "handling_cost": euros("1.50"),
        "warehouse_account_id": "wms",
    }
    return Node(node_id, **facts | changes)


def a_lane(from_node_id: str = "DC-NL", to_country_code: str = "DE", **changes: Any) -> Lane:
    facts: dict[str, Any] = {
        "service_code": "STANDARD",
        "transit_days": 2,
        "calendar_id": "de",
        "parcel_rate": euros("6.50"),
        "transport_account_id": "carrier",
    }
    return Lane(from_node_id, to_country_code, **facts | changes)


def an_account(account_id: str, kind: PartnerKind, **changes: Any) -> PartnerAccount:
    return PartnerAccount(account_id, kind, **{"adapter": "double"} | changes)


def a_channel(channel_id: str = "WEB-NL", **changes: Any) -> Channel:
    return Channel(channel_id, **{"seller_id": "SELLER", "channel_account_id": "web"} | changes)


def a_network(**changes: Any) -> Network:
    parts: dict[str, Any] = {
        "nodes": [a_node(), a_node("ST-BER", kind=NodeKind.STORE)],
        "calendars": [NL, DE],
        "lanes": [a_lane(), a_lane("ST-BER", "NL", calendar_id="nl")],
        "accounts": [
            an_account("wms", PartnerKind.WAREHOUSE, poll_interval_seconds=60, profile_json='{"pick": 1}'),
            an_account("carrier", PartnerKind.TRANSPORT),
            an_account("web", PartnerKind.CHANNEL),
        ],
        "channels": [a_channel(), a_channel("WEB-DE", node_ids=frozenset({"ST-BER"}), stock_buffer=2)],
    }
    return Network.of(**parts | changes)
