"""The test network: two distribution centers, three stores, a supplier; every partner account served by a stand-in.

All costs are in EUR. `network_of` takes profiles of accounts, in the stand-ins' own terms, and changes of the channel.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Final

from msgspec.structs import replace

from hub.kernel.money import Money
from hub.network.model import (
    Calendar,
    Channel,
    Network,
    Node,
    NodeAddress,
    NodeKind,
    PartnerAccount,
    PartnerKind,
)
from hub.network.model.carriers import CarrierService, Lane

CHANNEL: Final = "WEB-NL"
SELLER: Final = "SHOP-NL"

ACCOUNTS: Final[Mapping[str, tuple[PartnerKind, str]]] = {
    "wms": (PartnerKind.WAREHOUSE, "double_warehouse"),
    "stores": (PartnerKind.WAREHOUSE, "double_warehouse"),
    "carrier": (PartnerKind.TRANSPORT, "double_transport"),
    "cards": (PartnerKind.PAYMENT, "double_payment"),
    "screening": (PartnerKind.FRAUD, "double_fraud"),
    "tax": (PartnerKind.TAX, "double_tax"),
    "vat": (PartnerKind.VAT_REGISTRY, "double_vat"),
    "customs": (PartnerKind.CUSTOMS, "double_customs"),
    "books": (PartnerKind.ERP, "double_erp"),
    "mail": (PartnerKind.NOTICE, "double_notice"),
    "webshop": (PartnerKind.CHANNEL, "double_channel"),
    "shopify": (PartnerKind.CHANNEL, "shopify_channel"),
    "counts": (PartnerKind.WAREHOUSE, "stock_files"),
}
"""Account -> (kind, adapter)."""

_NODES: Final = (
    # node, kind, country, time zone, cut-off, handling cost, warehouse account
    ("DC-NL", NodeKind.DISTRIBUTION_CENTER, "NL", "Europe/Amsterdam", time(16), 150, "wms"),
    ("DC-UK", NodeKind.DISTRIBUTION_CENTER, "GB", "Europe/London", time(17), 175, "wms"),
    ("ST-AMS", NodeKind.STORE, "NL", "Europe/Amsterdam", time(16), 50, "stores"),
    ("ST-BER", NodeKind.STORE, "DE", "Europe/Berlin", time(16), 400, "stores"),
    ("ST-LON", NodeKind.STORE, "GB", "Europe/London", time(16), 425, "stores"),
    ("SUP-IT", NodeKind.SUPPLIER, "IT", "Europe/Rome", time(12), 650, "wms"),
)
_PARCEL_MINOR: Final = 450
_ABROAD_MINOR: Final = 900
_COUNTRIES: Final = ("NL", "DE", "GB")


def network_of(
    profiles: Mapping[str, Mapping[str, Any]] | None = None,
    channel: Mapping[str, Any] | None = None,
    nodes: Mapping[str, Mapping[str, Any]] | None = None,
    accounts: Mapping[str, Mapping[str, Any]] | None = None,
    abroad: Sequence[str] = (),
    services: Sequence[CarrierService] = (),
) -> Network:
    """The test network; `profiles` maps accounts to their settings, `abroad` are more countries that all nodes ship to,
    `services` are carrier services, the others change fields of the channel, of nodes and of accounts.
    """
    return Network.of(
        nodes=[replace(_node(*row), **(nodes or {}).get(row[0], {})) for row in _NODES],
        calendars=[_calendar(country) for country in ("NL", "DE", "GB", "IT", *abroad)],
        lanes=[_lane(node_id, home, country) for node_id, _, home, *_ in _NODES for country in (*_COUNTRIES, *abroad)],
        accounts=[
            replace(_account(account_id, (profiles or {}).get(account_id)), **(accounts or {}).get(account_id, {}))
            for account_id in ACCOUNTS
        ],
        channels=[replace(_CHANNEL, **(channel or {}))],
        services=services,
    )


_CHANNEL: Final = Channel(
    channel_id=CHANNEL,
    seller_id=SELLER,
    channel_account_id="webshop",
    payment_account_id="cards",
    fraud_account_id="screening",
    tax_account_id="tax",
    erp_account_id="books",
    notice_account_id="mail",
)


def _node(
    node_id: str, kind: NodeKind, country: str, zone: str, cut_off: time, handling_minor: int, account_id: str
) -> Node:
    return Node(
        node_id=node_id,
        kind=kind,
        address=NodeAddress(("Main street 1",), "Town", country),
        time_zone=zone,
        calendar_id=country.lower(),
        cut_off=cut_off,
        handling_cost=Money(handling_minor, "EUR"),
        warehouse_account_id=account_id,
    )


def _calendar(country: str) -> Calendar:
    return Calendar(country.lower(), frozenset({1, 2, 3, 4, 5}), frozenset({date(2026, 12, 25)}))


def _lane(node_id: str, home: str, country: str) -> Lane:
    at_home = home == country
    rate = Money(_PARCEL_MINOR if at_home else _ABROAD_MINOR, "EUR")
    return Lane(node_id, country, "STANDARD", 1 if at_home else 2, country.lower(), rate, "carrier")


def _account(account_id: str, profile: Mapping[str, Any] | None) -> PartnerAccount:
    kind, adapter = ACCOUNTS[account_id]
    return PartnerAccount(account_id, kind, adapter, profile_json=json.dumps(profile) if profile else "")
