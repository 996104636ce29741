"""The rows of the catalog."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from hub.catalog.model import Component, Item, ItemState, Resale
from hub.database import sets
from hub.database.arrays import texts
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.money import Money

ITEM = Table(
    "item",
    METADATA,
    Column("sku", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("hs_code", Text, nullable=False),
    Column("origin_country", Text, nullable=False),
    Column("weight_grams", BigInteger, nullable=False),
    Column("unit_code", Text, nullable=False),
    Column("prices", JSONB, nullable=False),
    Column("components", JSONB, nullable=False),
    Column("attributes", JSONB, nullable=False),
    Column("resales", JSONB, nullable=False),
    Column("volume_cm3", BigInteger, nullable=False),
    Column("item_class", Text, nullable=False),
    Column("required_skills", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
)

_STATES: Final = {state.value: state for state in ItemState}
_FACTS: Final = [column.name for column in ITEM.columns if column.name not in {"sku", "changed_at", "version"}]
_COLUMNS: Final = ", ".join(["sku", *_FACTS, "version"])
_LOAD: Final = f"SELECT {_COLUMNS} FROM item WHERE sku = ANY(%(skus)s::text[])"
_LOCK: Final = f"{_LOAD} ORDER BY sku FOR UPDATE"
_PAGE: Final = f"""
SELECT {_COLUMNS} FROM item
WHERE sku > %(after_sku)s::text AND (%(state)s::text IS NULL OR state = %(state)s::text)
ORDER BY sku LIMIT %(size)s::bigint
"""
_BUNDLES: Final = """
SELECT DISTINCT part->>'sku' AS part, item.sku AS bundle
FROM item CROSS JOIN LATERAL jsonb_array_elements(item.components) AS part
WHERE item.components <> '[]' AND part->>'sku' = ANY(%(skus)s::text[])
ORDER BY part, bundle
"""
_REPLACE: Final = (
    "(sku) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in [*_FACTS, "changed_at"])
    + ", version = item.version + 1"
    + f" WHERE ({', '.join(f'item.{name}' for name in _FACTS)})"
    + f" IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in _FACTS)})"
)


async def load(tx: Tx, skus: Iterable[str], *, lock: bool = False) -> dict[str, Item]:
    """The stored items of these SKUs, by SKU; with `lock` nobody else changes them until the transaction ends."""
    wanted = sorted(set(skus))
    if not wanted:
        return {}
    rows = await tx.fetch(_LOCK if lock else _LOAD, {"skus": texts(wanted)})
    return {row["sku"]: _item(row) for row in rows}


async def unknown(tx: Tx, skus: Iterable[str]) -> set[str]:
    """Return those of some SKUs that are not stored."""
    rows = await tx.fetch(
        "SELECT asked.sku FROM unnest(%(skus)s) AS asked (sku)"
        " WHERE NOT EXISTS (SELECT FROM item WHERE item.sku = asked.sku)",
        {"skus": texts(sorted(set(skus)))},
    )
    return {row["sku"] for row in rows}


async def sift(tx: Tx, relation: str, most: int) -> list[str]:
    """Deletes the rows of a relation whose `sku` is not stored; answers some of these SKUs, sorted."""
    rows = await tx.fetch(
        f"WITH unknown AS (DELETE FROM {relation} WHERE NOT EXISTS (SELECT FROM item WHERE item.sku = {relation}.sku)"
        " RETURNING sku) SELECT DISTINCT sku FROM unknown ORDER BY sku LIMIT %(most)s",
        {"most": most},
    )
    return [row["sku"] for row in rows]


async def page(tx: Tx, after_sku: str, size: int, state: ItemState | None) -> list[Item]:
    """The next `size` items by SKU, in a state or in any."""
    rows = await tx.fetch(
        _PAGE, {"after_sku": after_sku, "size": size, "state": None if state is None else state.value}
    )
    return [_item(row) for row in rows]


async def bundles_of(tx: Tx, skus: Iterable[str]) -> dict[str, list[str]]:
    """The stored bundles that each of these SKUs is part of, sorted."""
    found: dict[str, list[str]] = {}
    for row in await tx.fetch(_BUNDLES, {"skus": texts(sorted(set(skus)))}):
        found.setdefault(row["part"], []).append(row["bundle"])
    return found


VERSION: Final = "(SELECT version FROM catalog_version)"
"""The version, as part of a question."""


async def version(tx: Tx) -> int:
    """The number of changes of the catalog so far."""
    return int((await tx.fetch(f"SELECT {VERSION} AS version"))[0]["version"])


def expect_version(tx: Tx, version: int | None) -> None:
    """Has the transaction be AssumptionBroken where the catalog has another version; None is never the one it has."""
    tx.expect(VERSION, version)


async def skus_with(tx: Tx, attributes: Mapping[str, str], most: int) -> list[str]:
    """The first SKUs of active items with all these attributes, found by their `style`."""
    rows = await tx.fetch(
        "SELECT sku FROM item WHERE attributes ? 'style' AND attributes->>'style' = %(style)s"
        " AND attributes @> %(attributes)s::jsonb AND state = 'ACTIVE' ORDER BY sku LIMIT %(most)s",
        {"style": attributes["style"], "attributes": json.dumps(dict(attributes)), "most": most},
    )
    return [row["sku"] for row in rows]


async def save(tx: Tx, items: Mapping[str, Item], *, at: Instant) -> None:
    """Writes items over what is stored of their SKUs; a row that says the same already is left alone."""
    await _count(tx, await sets.insert(tx, ITEM, _rows(items, at), on_conflict=_REPLACE, returning="sku"))


async def add(tx: Tx, items: Mapping[str, Item], *, at: Instant) -> list[str]:
    """Writes the items whose SKUs are not stored; answers these SKUs."""
    rows = await sets.insert(tx, ITEM, _rows(items, at), on_conflict="(sku) DO NOTHING", returning="sku")
    await _count(tx, rows)
    return [row["sku"] for row in rows]


async def _count(tx: Tx, changed: Sequence[Row]) -> None:
    if changed:
        await tx.execute("UPDATE catalog_version SET version = version + 1")


def _rows(items: Mapping[str, Item], at: Instant) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "sku": sku,
            "title": item.title,
            "state": item.state.value,
            "hs_code": item.hs_code,
            "origin_country": item.origin_country,
            "weight_grams": item.weight_grams,
            "unit_code": item.unit_code,
            "prices": {currency: price.minor for currency, price in sorted(item.prices.items())},
            "components": [{"sku": part.sku, "quantity": part.quantity} for part in item.components],
            "attributes": dict(item.attributes),
            "resales": [_resale_row(resale) for resale in item.resales],
            "volume_cm3": item.volume_cm3,
            "item_class": item.item_class,
            "required_skills": sorted(item.required_skills),
            "changed_at": at,
            "version": item.version,
        }
        for sku, item in sorted(items.items())
    ]


def _item(row: Row) -> Item:
    return Item(
        sku=row["sku"],
        title=row["title"],
        state=_STATES[row["state"]],
        hs_code=row["hs_code"],
        origin_country=row["origin_country"],
        weight_grams=row["weight_grams"],
        unit_code=row["unit_code"],
        prices={currency: Money(minor, currency) for currency, minor in row["prices"].items()},
        components=tuple(Component(part["sku"], part["quantity"]) for part in row["components"]),
        attributes=row["attributes"],
        resales=tuple(_resale(one) for one in row["resales"]),
        version=row["version"],
        volume_cm3=row["volume_cm3"],
        item_class=row["item_class"],
        required_skills=frozenset(row["required_skills"]),
    )


def _resale_row(resale: Resale) -> dict[str, Any]:
    return {
        "value": [resale.value.minor, resale.value.currency],
        "sell_through": None if resale.sell_through is None else str(resale.sell_through),
        "node_id": resale.node_id,
        "node_kind": resale.node_kind,
    }


def _resale(row: Mapping[str, Any]) -> Resale:
    share = row["sell_through"]
    return Resale(Money(*row["value"]), None if share is None else Decimal(share), row["node_id"], row["node_kind"])
