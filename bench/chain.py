"""A retailer of some three hundred nodes, made from a seed: network, catalog with attributes, stock, nine rules."""

from __future__ import annotations

from datetime import time
from random import Random
from typing import Final

import psycopg
from msgspec import Struct

from bench.scene import BEGAN
from hub.availability.model import Scenario, ScenarioKind, WithholdingRule
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.database.pool import Database
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network import operations as networks
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
from hub.network.model.carriers import Lane

ITEMS_AT_ONCE: Final = 500
COUNTRIES: Final = ("NL", "DE", "BE", "FR", "AT", "ES", "IT", "PL", "DK", "SE")
SEASONS: Final = ("winter", "summer", "spring", "autumn")
BRANDS: Final = ("north", "south", "east", "west", "river", "hill")


class Size(Struct, frozen=True):
    """How much there is: `lanes` go out of each node, each SKU is at `rows` nodes."""

    nodes: int
    lanes: int
    channels: int
    skus: int
    rows: int


FULL: Final = Size(nodes=338, lanes=90, channels=25, skus=100_000, rows=30)
QUICK: Final = Size(nodes=338, lanes=90, channels=25, skus=1_000, rows=30)

_STOCK: Final = """
INSERT INTO stock (sku, node_id, on_hand)
SELECT 'SKU-' || lpad(sku::text, 6, '0'), 'N-' || lpad(((sku * 7 + place * 11) %% %(nodes)s)::text, 3, '0'),
    1 + (sku * 31 + place * 17) %% 9
FROM generate_series(1, %(skus)s) AS sku, generate_series(1, %(rows)s) AS place
ON CONFLICT DO NOTHING
"""
_RULES: Final = (
    ('cell.item.attributes["season"] == "winter" && cell.node.country_code == "ES"', 0),
    ('cell.item.attributes["brand"] == "north" && cell.channel.channel_id == "SHOP-01"', 0),
    ('cell.item.attributes["brand"] == "river" && cell.node.kind == "STORE"', 1),
    ('"fragile" in cell.item.attributes', 2),
    ("cell.item.weight_grams > 900", 1),
    ('cell.node.country_code == "SE" && cell.channel.channel_id != "SHOP-02"', 1),
    ('cell.node.kind == "STORE" && cell.item.attributes["season"] == "summer"', 1),
    ('cell.channel.attributes["tier"] == "outlet" && cell.item.attributes["season"] == "winter"', 0),
    ('cell.item.origin_country_code == "CN" && cell.node.country_code == "DE"', 1),
)


def scenario() -> Scenario:
    """Nine ordinary rules, as one scenario."""
    rules = tuple(WithholdingRule(f"rule-{number}", text, units) for number, (text, units) in enumerate(_RULES))
    return Scenario("nine", ScenarioKind.MERCHANDISING, "Nine rules", rules)


def network_of(size: Size) -> Network:
    """The network of a size: stores and a few distribution centers, each channel with an account of its own."""
    names = [f"N-{number:03}" for number in range(size.nodes)]
    shops = [f"SHOP-{number:02}" for number in range(size.channels)]
    services = [f"SERVICE-{number}" for number in range(-(-size.lanes // len(COUNTRIES)))]
    lanes = [
        Lane(name, country, service, 2, "all", Money(450, "EUR"), "carrier")
        for name in names
        for country, service in [(country, service) for service in services for country in COUNTRIES][: size.lanes]
    ]
    accounts = [
        PartnerAccount("wms", PartnerKind.WAREHOUSE, "double_warehouse"),
        PartnerAccount("carrier", PartnerKind.TRANSPORT, "double_transport"),
        *(PartnerAccount(f"{shop}-account", PartnerKind.CHANNEL, "double_channel") for shop in shops),
    ]
    channels = [
        Channel(shop, "SELLER", f"{shop}-account", attributes={"tier": "outlet" if number % 5 == 0 else "full"})
        for number, shop in enumerate(shops)
    ]
    return Network.of(
        nodes=[_node(name, number) for number, name in enumerate(names)],
        calendars=[Calendar("all", frozenset(range(1, 8)))],
        lanes=lanes,
        accounts=accounts,
        channels=channels,
    )


async def fill(database: Database, size: Size, seed: int) -> None:
    """Puts the retailer into an empty database; statistics are made at the end."""
    chance = Random(seed)  # noqa: S311 (a draw of attributes keeps no secret)
    async with database.transaction() as tx:
        await networks.put(tx, HUB, network_of(size), at=BEGAN)
    for start in range(1, size.skus + 1, ITEMS_AT_ONCE):
        numbers = range(start, min(start + ITEMS_AT_ONCE, size.skus + 1))
        async with database.transaction() as tx:
            await catalog.put(tx, HUB, [_item(chance, number) for number in numbers], at=BEGAN)
    async with database.transaction() as tx:
        await tx.execute(_STOCK, {"skus": size.skus, "nodes": size.nodes, "rows": size.rows})
    async with await psycopg.AsyncConnection.connect(database.url, autocommit=True) as connection:
        await connection.execute("VACUUM ANALYZE")


def sku(number: int) -> str:
    """The SKU of a number, from 1."""
    return f"SKU-{number:06}"


def _item(chance: Random, number: int) -> Item:
    attributes = {"season": chance.choice(SEASONS), "brand": chance.choice(BRANDS), "batch": str(number)}
    if chance.random() < 0.1:
        attributes["fragile"] = "yes"
    origin = chance.choice(("CN", "PT", "TR"))
    return Item(sku(number), weight_grams=chance.randrange(100, 1000, 50), origin_country=origin, attributes=attributes)


def _node(name: str, number: int) -> Node:
    country = COUNTRIES[number % len(COUNTRIES)]
    return Node(
        node_id=name,
        kind=NodeKind.STORE if number % 40 else NodeKind.DISTRIBUTION_CENTER,
        address=NodeAddress(("Main street 1",), "Town", country),
        time_zone="Europe/Amsterdam",
        calendar_id="all",
        cut_off=time(16),
        handling_cost=Money(100 + number, "EUR"),
        warehouse_account_id="wms",
    )
