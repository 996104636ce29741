"""Rows of goods that came and that no return expects: insert-only, once per node and reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid

from hub.database import sets
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.returns.model import Unexpected

UNEXPECTED_GOODS = Table(
    "unexpected_goods",
    METADATA,
    Column("goods_id", Uuid, primary_key=True),
    Column("node_id", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("return_id", Uuid),
    Column("order_id", Uuid),
    Column("at", DateTime(timezone=True), nullable=False),
)

_FACTS: Final = ("node_id", "reference", "sku", "quantity", "why", "return_id", "order_id", "at")


async def add(tx: Tx, goods: Sequence[tuple[UUID, Unexpected]]) -> frozenset[UUID]:
    """Writes goods under identities of their own; answers those of goods whose reference was not known."""
    rows = [{"goods_id": goods_id} | {name: getattr(one, name) for name in _FACTS} for goods_id, one in goods]
    new = await sets.insert(
        tx, UNEXPECTED_GOODS, rows, on_conflict="(node_id, reference) DO NOTHING", returning="goods_id"
    )
    return frozenset(row["goods_id"] for row in new)
