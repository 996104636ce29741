"""The versions of the return policies: one row each, all of them, as a JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from hub.database import sets
from hub.database.arrays import array
from hub.database.schema import METADATA
from hub.database.tx import Row, Tx
from hub.kernel.instant import Instant
from hub.returns.model import Promotions, RefusalRule, ReturnPolicies, ReturnPolicy, ShippingRefund

RETURN_POLICY = Table(
    "return_policy",
    METADATA,
    Column("version", BigInteger, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("put_by", Text, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

_LATEST: Final = "SELECT version, document FROM return_policy ORDER BY version DESC LIMIT 1"
_IN_FORCE: Final = """
SELECT sale.at, policy.version, policy.document
FROM unnest(%(instants)s) AS sale(at) JOIN return_policy AS policy ON policy.put_at = sale.at
    OR policy.version = (SELECT max(version) FROM return_policy WHERE put_at < sale.at)
        AND NOT EXISTS (SELECT FROM return_policy WHERE put_at = sale.at)
"""
_LOCK: Final = "LOCK TABLE return_policy IN SHARE ROW EXCLUSIVE MODE"


async def lock(tx: Tx) -> None:
    """Lets nobody else put a version until the transaction ends; readers go on."""
    await tx.execute(_LOCK)


async def latest(tx: Tx) -> ReturnPolicies:
    """The policies in force; version 0 before any were put."""
    rows = await tx.fetch(_LATEST)
    return _version(rows[0]) if rows else ReturnPolicies()


async def in_force(tx: Tx, instants: Iterable[Instant]) -> dict[Instant, list[ReturnPolicies]]:
    """Return the policies in force at each instant: all versions that were put at that instant, else the latest."""
    result: dict[Instant, list[ReturnPolicies]] = {at: [] for at in instants}
    for row in await tx.fetch(_IN_FORCE, {"instants": array("timestamptz", sorted(result))}):
        result[row["at"]].append(_version(row))
    return {at: versions or [ReturnPolicies()] for at, versions in result.items()}


async def add(tx: Tx, policies: ReturnPolicies, put_by: str, *, at: Instant) -> None:
    """Writes a version, from now on the one in force."""
    document = [_document(policy) for policy in policies.policies]
    row = {"version": policies.version, "document": document, "put_by": put_by, "put_at": at}
    await sets.insert(tx, RETURN_POLICY, [row])


def _version(row: Row) -> ReturnPolicies:
    policies = tuple(_policy(stored) for stored in row["document"])
    return ReturnPolicies(row["version"], policies or ReturnPolicies().policies)


def _document(policy: ReturnPolicy) -> dict[str, Any]:
    return {
        "policy_id": policy.policy_id,
        "channel_ids": sorted(policy.channel_ids),
        "window_days": policy.window_days,
        "return_days": policy.return_days,
        "refusals": [[refusal.when, refusal.message] for refusal in policy.refusals],
        "promotions": policy.promotions.value,
        "shipping": policy.shipping.value,
        "fees": dict(policy.fees),
    }


def _policy(stored: Mapping[str, Any]) -> ReturnPolicy:
    return ReturnPolicy(
        **(
            dict(stored)
            | {
                "channel_ids": frozenset(stored["channel_ids"]),
                "refusals": tuple(RefusalRule(*one) for one in stored["refusals"]),
                "promotions": Promotions(stored["promotions"]),
                "shipping": ShippingRefund(stored["shipping"]),
            }
        )
    )
