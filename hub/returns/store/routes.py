"""Rows of routes decided for returned units, with every place looked at: insert-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.money import Money
from hub.returns.policy.routing import Considered, Place, Route, RoutedUnits

RETURN_ROUTE = Table(
    "return_route",
    METADATA,
    Column("route_id", Uuid, primary_key=True),
    Column("return_id", Uuid, nullable=False),
    Column("line_number", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("network_version", BigInteger, nullable=False),
    Column("document", JSONB, nullable=False),
)

_FACTS = ("route_id", "return_id", "line_number", "sku", "quantity", "decided_at", "network_version")


async def add(tx: Tx, routed: Sequence[RoutedUnits]) -> None:
    """Writes routes; a repeat of one, by its id, changes nothing."""
    rows = [{name: getattr(one, name) for name in _FACTS} | {"document": _document(one.route)} for one in routed]
    await sets.insert(tx, RETURN_ROUTE, rows, on_conflict="(route_id) DO NOTHING")


_OF_RETURN = """
SELECT * FROM return_route WHERE return_id = %(return_id)s
    AND (%(after)s::uuid IS NULL OR (decided_at, line_number, route_id) > (
        SELECT decided_at, line_number, route_id FROM return_route WHERE route_id = %(after)s))
ORDER BY decided_at, line_number, route_id LIMIT %(size)s
"""


async def of_return(tx: Tx, return_id: UUID, *, after: UUID | None, size: int) -> list[RoutedUnits]:
    """The routes decided for a return, oldest first, at most `size`, from behind the route `after`."""
    rows = await tx.fetch(_OF_RETURN, {"return_id": return_id, "after": after, "size": size})
    return [RoutedUnits(**{name: row[name] for name in _FACTS}, route=_route(row)) for row in rows]


def _document(route: Route) -> dict[str, Any]:
    return {
        "node_id": route.node_id,
        "outcome": None if route.outcome is None else str(route.outcome),
        "explanation": route.explanation,
        "considered": [
            {
                "node_id": one.node_id,
                "place": _place_document(one.place) if one.place else None,
                "behind": None if one.behind is None else str(one.behind),
                "because": one.because,
            }
            for one in route.considered
        ],
    }


def _place_document(place: Place) -> dict[str, Any]:
    amounts = {name: getattr(place, name) for name in ("resale", "freight", "handling")}
    return {
        **{name: [amount.minor, amount.currency] for name, amount in amounts.items()},
        "sell_through": str(place.sell_through),
    }


def _route(row: Row) -> Route:
    document: Mapping[str, Any] = row["document"]
    return Route(
        node_id=document["node_id"],
        outcome=_decimal(document["outcome"]),
        considered=tuple(
            Considered(
                one["node_id"],
                _place(one["node_id"], one["place"]) if one["place"] else None,
                _decimal(one["behind"]),
                one["because"],
            )
            for one in document["considered"]
        ),
        explanation=document["explanation"],
    )


def _place(node_id: str, document: Mapping[str, Any]) -> Place:
    return Place(
        node_id=node_id,
        resale=Money(*document["resale"]),
        sell_through=Decimal(document["sell_through"]),
        freight=Money(*document["freight"]),
        handling=Money(*document["handling"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
