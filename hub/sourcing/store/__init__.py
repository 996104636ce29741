"""The rows of decisions: written once, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import asdict
from psycopg.types.json import Jsonb
from sqlalchemy import Column, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import uuids
from hub.database.schema import METADATA
from hub.database.sets import Form
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.network.model import Markdown, SourcingPolicy, SourcingRule
from hub.sourcing.model import (
    NO_TERMS,
    NO_UNIT_TERMS,
    NO_UNITS,
    PLAIN,
    Assignment,
    Decision,
    Looked,
    Plan,
    Shipped,
    Trial,
)

DECISION = Table(
    "decision",
    METADATA,
    Column("decision_id", Uuid, primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("policy_version", Text, nullable=False),
    Column("document", JSONB, nullable=False),
)

_OF_ORDER: Final = """
SELECT decision_id, order_id, decided_at, policy_version, document FROM decision
WHERE order_id = %(order_id)s
    AND (%(after_at)s::timestamptz IS NULL OR (decided_at, decision_id) > (%(after_at)s, %(after_id)s::uuid))
ORDER BY decided_at, decision_id LIMIT %(size)s
"""


_LAST_OF_ORDER: Final = """
SELECT decision_id, order_id, decided_at, policy_version, document FROM decision
WHERE order_id = %(order_id)s ORDER BY decided_at DESC, decision_id DESC LIMIT 1
"""


async def insert(tx: Tx, decisions: Sequence[Decision]) -> None:
    """Writes decisions; one that is stored already stays as it is."""
    await sets.insert_all(tx, _DECISIONS, decisions, on_conflict="(decision_id) DO NOTHING")


async def of_order(tx: Tx, order_id: UUID, *, after: tuple[Instant, UUID] | None, size: int) -> list[Decision]:
    """The decisions of an order, oldest first, at most `size`, from behind `after` (decided_at, decision_id)."""
    after_at, after_id = after or (None, None)
    rows = await tx.fetch(_OF_ORDER, {"order_id": order_id, "after_at": after_at, "after_id": after_id, "size": size})
    return [_decision(row) for row in rows]


async def last_of_order(tx: Tx, order_id: UUID) -> Decision | None:
    """The last decision of an order; None where there is none."""
    rows = await tx.fetch(_LAST_OF_ORDER, {"order_id": order_id})
    return _decision(rows[0]) if rows else None


_FIRST_OF_ORDERS: Final = """
SELECT DISTINCT ON (order_id) decision_id, order_id, decided_at, policy_version, document FROM decision
WHERE order_id = ANY(%(order_ids)s) ORDER BY order_id, decided_at, decision_id
"""


async def first_of_orders(tx: Tx, order_ids: Sequence[UUID]) -> list[Decision]:
    """The first decision of each order, by order; orders without one are left out."""
    return [_decision(row) for row in await tx.fetch(_FIRST_OF_ORDERS, {"order_ids": uuids(order_ids)})]


_FIND_TRIAL: Final = """
SELECT channel_id, name, after_at, after_id, counted, tried FROM sourcing_trial
WHERE channel_id = %(channel_id)s AND name = %(name)s
"""

_SAVE_TRIAL: Final = """
INSERT INTO sourcing_trial (channel_id, name, after_at, after_id, counted, tried)
VALUES (%(channel_id)s, %(name)s, %(after_at)s, %(after_id)s, %(counted)s, %(tried)s)
ON CONFLICT (channel_id, name) DO UPDATE SET after_at = excluded.after_at, after_id = excluded.after_id,
    counted = excluded.counted, tried = excluded.tried
"""


async def find_trial(tx: Tx, channel_id: str, name: str) -> Trial | None:
    """What is known of a trial; None before its first orders were compared."""
    rows = await tx.fetch(_FIND_TRIAL, {"channel_id": channel_id, "name": name})
    if not rows:
        return None
    row = rows[0]
    figures = (Shipped(**row["counted"]), Shipped(**row["tried"]))
    return Trial(row["channel_id"], row["name"], (row["after_at"], row["after_id"]), *figures)


async def save_trial(tx: Tx, trial: Trial) -> None:
    """Keep what is known of a trial now."""
    row: dict[str, Any] = {"channel_id": trial.channel_id, "name": trial.name}
    row |= {"after_at": trial.after[0], "after_id": trial.after[1]}
    await tx.execute(_SAVE_TRIAL, row | {"counted": Jsonb(asdict(trial.counted)), "tried": Jsonb(asdict(trial.tried))})


def _document(plan: Plan) -> dict[str, Any]:
    return {
        "explanation": plan.explanation,
        "cost": _amount(plan.cost),
        "assignments": [
            [assignment.line_number, assignment.node_id, assignment.quantity] for assignment in plan.assignments
        ],
        "looked_at": [
            {"node_id": one.node_id, "coverable": one.coverable, "cost": _amount(one.cost), "not": one.excluded_because}
            | _stated(units=one.units, parcel_terms=one.parcel_terms, unit_terms=one.unit_terms)
            for one in plan.looked_at
        ],
    } | _stated(gap=_amount(plan.gap), terms=plan.terms, policy=_policy(plan.policy), limited_by=plan.limited_by)


def _stated(**parts: Any) -> dict[str, Any]:
    """The parts that say something: most plans have none of them."""
    return {name: value for name, value in parts.items() if value}


def _policy(policy: SourcingPolicy) -> dict[str, Any]:
    if policy == PLAIN:
        return {}
    fields = asdict(policy).items()
    amounts = {name: _amount(value) if isinstance(value, Money) else value for name, value in fields if value}
    markdowns = [[one.node_id, one.item_class, _amount(one.amount)] for one in policy.markdowns]
    return amounts | _stated(rules=[asdict(rule) for rule in policy.rules], markdowns=markdowns)


def _decision(row: Row) -> Decision:
    document: Mapping[str, Any] = row["document"]
    plan = Plan(
        assignments=tuple(Assignment(*one) for one in document["assignments"]),
        cost=_money(document["cost"]),
        explanation=document["explanation"],
        looked_at=tuple(
            Looked(
                one["node_id"],
                one["coverable"],
                _money(one["cost"]),
                one["not"],
                one.get("units", NO_UNITS),
                one.get("parcel_terms", NO_TERMS),
                one.get("unit_terms", NO_UNIT_TERMS),
            )
            for one in document["looked_at"]
        ),
        gap=_money(document.get("gap")),
        terms=document.get("terms", NO_TERMS),
        policy=_read_policy(document.get("policy", {})),
        limited_by=document.get("limited_by", ""),
    )
    return Decision(row["decision_id"], row["order_id"], row["decided_at"], row["policy_version"], plan)


def _read_policy(part: Mapping[str, Any]) -> SourcingPolicy:
    fields: dict[str, Any] = {
        name: _money(value) if isinstance(value, list) else value
        for name, value in part.items()
        if name not in ("rules", "markdowns")
    }
    rules = tuple(SourcingRule(**rule) for rule in part.get("rules", ()))
    markdowns = tuple(
        Markdown(node_id, item_class, Money(*amount)) for node_id, item_class, amount in part.get("markdowns", ())
    )
    return SourcingPolicy(**fields | {"rules": rules, "markdowns": markdowns})


def _amount(money: Money | None) -> list[Any] | None:
    return None if money is None else [money.minor, money.currency]


def _money(amount: Sequence[Any] | None) -> Money | None:
    return None if amount is None else Money(*amount)


_DECISIONS: Final[Form[Decision]] = Form(
    DECISION,
    decision_id="decision_id",
    order_id="order_id",
    decided_at="decided_at",
    policy_version="policy_version",
    document=lambda one: _document(one.plan),
)
