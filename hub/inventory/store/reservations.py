"""Rows of reservations and of what they claim.

Reservations are locked after stock rows, in the order of their ids. A claim row is there while its units are held; it
repeats the end of its reservation, so that what is out of time at a node is found by one index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets, visibility
from hub.database.arrays import array, texts, uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import AssumptionBroken, Row, Tx
from hub.inventory.lifecycle import ReservationState
from hub.inventory.model import StockKey
from hub.inventory.model.reservation import Holding, Reservation, ReservationFilter, ReservationKind, ReservedLine
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

RESERVATION = Table(
    "reservation",
    METADATA,
    Column("reservation_id", Uuid, primary_key=True),
    Column("channel_id", Text, nullable=False),
    Column("seller_id", Text, nullable=False),
    Column("principal", Text, nullable=False),
    Column("buyer_index", LargeBinary),
    Column("kind", Text, nullable=False),
    Column("node_id", Text),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("live", BigInteger, nullable=False),
    Column("released", BigInteger, nullable=False),
    Column("expired", BigInteger, nullable=False),
    Column("consumed", BigInteger, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("latest_at", DateTime(timezone=True), nullable=False),
    Column("order_id", Uuid),
)

CLAIM = Table(
    "reservation_claim",
    METADATA,
    Column("reservation_id", Uuid, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("node_id", Text, primary_key=True),
    Column("units", BigInteger, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

_LOCK: Final = "SELECT * FROM reservation WHERE reservation_id = ANY(%(ids)s) ORDER BY reservation_id FOR UPDATE"
_LOCK_AT: Final = """
SELECT * FROM reservation
WHERE reservation_id IN (
    SELECT claim.reservation_id FROM reservation_claim AS claim
    JOIN unnest(%(skus)s, %(nodes)s) AS given(sku, node_id) USING (sku, node_id)
    WHERE claim.expires_at <= coalesce(%(before)s::timestamptz, 'infinity')
) AND state = 'LIVE' AND expires_at <= coalesce(%(before)s::timestamptz, 'infinity')
ORDER BY reservation_id FOR UPDATE
"""
_DUE: Final = """
SELECT reservation_id FROM reservation WHERE state = 'LIVE' AND expires_at <= %(at)s
ORDER BY expires_at, reservation_id LIMIT %(limit)s
"""
_FORGET: Final = """
DELETE FROM reservation WHERE reservation_id IN (
    SELECT reservation_id FROM reservation WHERE state <> 'LIVE' AND expires_at < %(before)s
    ORDER BY expires_at, reservation_id LIMIT %(limit)s
)
"""
_HELD: Final = """
SELECT principal AS name, count(*) AS reservations, sum(live)::bigint AS units, min(expires_at) AS first_end_at
FROM reservation WHERE principal = ANY(%(names)s) AND state = 'LIVE' AND expires_at > %(at)s GROUP BY principal
"""
_HELD_FOR: Final = """
SELECT encode(buyer_index, 'hex') AS name, count(*) AS reservations, sum(live)::bigint AS units,
    min(expires_at) AS first_end_at
FROM reservation WHERE buyer_index = ANY(%(names)s) AND state = 'LIVE' AND expires_at > %(at)s GROUP BY buyer_index
"""
_LOCK_HOLDERS: Final = """
SELECT pg_advisory_xact_lock(key) FROM (SELECT key FROM unnest(%(keys)s) AS given(key) ORDER BY key) AS ordered
"""


async def lapsed(tx: Tx, skus: Sequence[str], *, at: Instant) -> dict[StockKey, int]:
    """Units of SKUs that reservations hold beyond their time, by (sku, node)."""
    rows = await tx.fetch(
        "SELECT sku, node_id, sum(units)::bigint AS units FROM reservation_claim"
        " WHERE sku = ANY(%(skus)s) AND expires_at <= %(at)s GROUP BY sku, node_id",
        {"skus": texts(sorted(set(skus))), "at": at},
    )
    return {(row["sku"], row["node_id"]): row["units"] for row in rows}


def _sum_of(name: str) -> Callable[[Reservation], int]:
    def summed(reservation: Reservation) -> int:
        return sum([getattr(line, name) for line in reservation.lines])

    return summed


_RESERVATIONS: Final[Form[Reservation]] = Form(
    RESERVATION,
    reservation_id="reservation_id",
    channel_id="channel_id",
    seller_id="seller_id",
    principal="principal",
    buyer_index="buyer_index",
    kind="kind.value",
    node_id="node_id",
    state="state.value",
    version="version",
    lines="lines",
    quantity=_sum_of("quantity"),
    live="live",
    released=_sum_of("released"),
    expired=_sum_of("expired"),
    consumed=_sum_of("consumed"),
    made_at="made_at",
    expires_at="expires_at",
    latest_at="latest_at",
    order_id="order_id",
)


async def add(tx: Tx, reservations: Sequence[Reservation]) -> None:
    """Inserts reservations and their claims."""
    await sets.insert_all(tx, _RESERVATIONS, reservations)
    await sets.insert(tx, CLAIM, [row for reservation in reservations for row in _claims(reservation)])


async def save(tx: Tx, reservations: Sequence[Reservation]) -> None:
    """Writes reservations that are locked, and what they claim still."""
    await sets.update_all(tx, _RESERVATIONS, reservations, key=("reservation_id",))
    await sets.delete(tx, CLAIM, [{"reservation_id": reservation.reservation_id} for reservation in reservations])
    await sets.insert(tx, CLAIM, [row for reservation in reservations for row in _claims(reservation)])


async def load(tx: Tx, scope: Scope, ids: Iterable[UUID]) -> dict[UUID, Reservation]:
    """Reservations in scope, as they stand, without locks."""
    conditions, parameters = _seen(scope)
    where = " AND ".join(["reservation_id = ANY(%(ids)s)", *conditions])
    rows = await tx.fetch(f"SELECT * FROM reservation WHERE {where}", parameters | {"ids": uuids(sorted(set(ids)))})
    return await _whole(tx, rows)


async def lock(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Reservation]:
    """Locks reservations and answers them."""
    return await _whole(tx, await tx.fetch(_LOCK, {"ids": uuids(sorted(set(ids)))}))


async def lock_at(tx: Tx, keys: Collection[StockKey], *, before: Instant | None) -> dict[UUID, Reservation]:
    """Locks the LIVE reservations that claim units at stock rows, those that end up to `before` where one is given.

    The caller holds the locks of the stock rows, so that nobody claims there meanwhile.
    """
    ordered = sorted(keys)
    parameters = {
        "skus": texts([sku for sku, _ in ordered]),
        "nodes": texts([node_id for _, node_id in ordered]),
        "before": before,
    }
    return await _whole(tx, await tx.fetch(_LOCK_AT, parameters))


async def due(tx: Tx, *, at: Instant, limit: int) -> list[UUID]:
    """The first reservations whose time is over."""
    return [row["reservation_id"] for row in await tx.fetch(_DUE, {"at": at, "limit": limit})]


async def forget(tx: Tx, *, before: Instant, limit: int) -> int:
    """Deletes the oldest reservations that ended and whose time was over before an instant; answers how many."""
    return await tx.execute(_FORGET, {"before": before, "limit": limit})


async def lock_holders(tx: Tx, holders: Collection[tuple[str, str]]) -> None:
    """Lets nobody else reserve for these holders until the transaction ends."""
    keys = sorted({_number(f"{kind}/{name}") for kind, name in holders})
    await tx.fetch(_LOCK_HOLDERS, {"keys": array("bigint", keys)})


def expect_limits_kept(tx: Tx, kept: Callable[[], Awaitable[bool]]) -> None:
    """Has the transaction be AssumptionBroken where `kept` finds, at its end, that a holder has more than they may."""

    async def look() -> None:
        if not await kept():
            raise AssumptionBroken("a limit of reservations is reached")

    tx.before_last(look)


async def held(tx: Tx, holders: Collection[tuple[str, str]], *, at: Instant) -> dict[tuple[str, str], Holding]:
    """What holders hold, out of time not counted."""
    clients = sorted({name for kind, name in holders if kind == "client"})
    buyers = sorted({name for kind, name in holders if kind == "buyer"})
    found: dict[tuple[str, str], Holding] = {}
    if clients:
        rows = await tx.fetch(_HELD, {"names": texts(clients), "at": at})
        found |= {("client", row["name"]): _holding(row) for row in rows}
    if buyers:
        names = array("bytea", [bytes.fromhex(name) for name in buyers])
        rows = await tx.fetch(_HELD_FOR, {"names": names, "at": at})
        found |= {("buyer", row["name"]): _holding(row) for row in rows}
    return found


async def page(
    tx: Tx, scope: Scope, wanted: ReservationFilter, after: tuple[Instant, UUID] | None, size: int
) -> list[Reservation]:
    """Reservations in scope that match, newest first, at most `size`, from behind the place `after`."""
    conditions, parameters = _seen(scope)
    parameters["at"] = wanted.at
    for column, value in (("channel_id", wanted.channel_id), ("buyer_index", wanted.buyer_index)):
        if value:
            conditions.append(f"reservation.{column} = %({column})s")
            parameters[column] = value
    for column, value in (("sku", wanted.sku), ("node_id", wanted.node_id)):
        if value:
            conditions.append(
                "EXISTS (SELECT FROM reservation_claim AS held"
                f" WHERE held.reservation_id = reservation.reservation_id AND held.{column} = %(held_{column})s)"
            )
            parameters[f"held_{column}"] = value
    if wanted.state is not None:
        conditions.append("CASE WHEN state = 'LIVE' AND expires_at <= %(at)s THEN 'EXPIRED' ELSE state END = %(state)s")
        parameters["state"] = wanted.state.value
    if after is not None:
        conditions.append("(made_at, reservation_id) < (%(after_at)s, %(after_id)s)")
        parameters |= {"after_at": after[0], "after_id": after[1]}
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = await tx.fetch(
        f"SELECT * FROM reservation{where} ORDER BY made_at DESC, reservation_id DESC LIMIT %(size)s",
        parameters | {"size": size},
    )
    whole = await _whole(tx, rows)
    return [whole[row["reservation_id"]] for row in rows]


def _seen(scope: Scope) -> visibility.Conditions:
    conditions, parameters = visibility.columns_seen(
        scope, channels="reservation.channel_id", sellers="reservation.seller_id"
    )
    nodes = scope.node_list()
    if nodes is not None:
        conditions.append(
            "EXISTS (SELECT FROM reservation_claim AS seen"
            " WHERE seen.reservation_id = reservation.reservation_id AND seen.node_id = ANY(%(scope_nodes)s))"
        )
        parameters["scope_nodes"] = texts(nodes)
    return conditions, parameters


async def _whole(tx: Tx, rows: Sequence[Row]) -> dict[UUID, Reservation]:
    if not rows:
        return {}
    claims: dict[UUID, dict[StockKey, int]] = {row["reservation_id"]: {} for row in rows}
    for claim in await tx.fetch(
        "SELECT * FROM reservation_claim WHERE reservation_id = ANY(%(ids)s)", {"ids": uuids(sorted(claims))}
    ):
        claims[claim["reservation_id"]][claim["sku"], claim["node_id"]] = claim["units"]
    return {row["reservation_id"]: _reservation(row, claims[row["reservation_id"]]) for row in rows}


def _reservation(row: Row, claims: dict[StockKey, int]) -> Reservation:
    return Reservation(
        reservation_id=row["reservation_id"],
        channel_id=row["channel_id"],
        seller_id=row["seller_id"],
        principal=row["principal"],
        kind=ReservationKind(row["kind"]),
        lines=tuple(ReservedLine(**line) for line in row["lines"]),
        made_at=row["made_at"],
        expires_at=row["expires_at"],
        latest_at=row["latest_at"],
        claims=claims,
        node_id=row["node_id"],
        buyer_index=bytes(row["buyer_index"]) if row["buyer_index"] is not None else None,
        state=ReservationState(row["state"]),
        version=row["version"],
        order_id=row["order_id"],
    )


def _claims(reservation: Reservation) -> list[dict[str, Any]]:
    return [
        {
            "reservation_id": reservation.reservation_id,
            "sku": sku,
            "node_id": node_id,
            "units": units,
            "expires_at": reservation.expires_at,
        }
        for (sku, node_id), units in sorted(reservation.claims.items())
    ]


def _holding(row: Row) -> Holding:
    return Holding(row["reservations"], row["units"], row["first_end_at"])


def _number(text: str) -> int:
    """A 64-bit key of a name."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7], "big")
