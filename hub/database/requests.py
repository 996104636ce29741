"""Request keys: a changing rpc takes effect once per (principal, rpc, request_id), stored with its change.

Accepted outcomes and business refusals are stored; invalid arguments, overload and unknown errors are not. A repeat is
answered from the stored outcome; other content under the same id is refused. Kept 7 days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.arrays import array, texts, uuids
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.kernel.errors import RequestIdReused
from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash

RETENTION = timedelta(days=7)

REQUEST = Table(
    "request",
    METADATA,
    Column("principal", Text, primary_key=True),
    Column("rpc", Text, primary_key=True),
    Column("request_id", Uuid, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("outcome", JSONB),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

Outcome = Mapping[str, Any]

_CLAIM: Final = """
INSERT INTO request (principal, rpc, request_id, fingerprint, made_at)
SELECT %(principal)s, %(rpc)s, request_id, fingerprint, %(at)s
FROM unnest(%(ids)s, %(fingerprints)s) AS given(request_id, fingerprint)
ON CONFLICT DO NOTHING RETURNING request_id
"""
_SETTLE: Final = """
UPDATE request SET outcome = given.outcome
FROM unnest(%(principals)s, %(rpcs)s, %(ids)s, %(outcomes)s) AS given(principal, rpc, request_id, outcome)
WHERE request.principal = given.principal AND request.rpc = given.rpc AND request.request_id = given.request_id
"""
_UNCLAIM: Final = "DELETE FROM request WHERE principal = %(principal)s AND rpc = %(rpc)s AND request_id = ANY(%(ids)s)"


class RequestKey(Struct, frozen=True):
    """A request as stored: its id and the keyed fingerprint of its content."""

    request_id: UUID
    fingerprint: bytes


def fingerprint(key: bytes, content: bytes) -> bytes:
    """A keyed hash of a request's canonical bytes: comparable, and useless to whoever reads the table."""
    return keyed_hash(key, content)


async def claim(
    tx: Tx, principal: str, rpc: str, keys: Sequence[RequestKey], *, at: Instant
) -> list[Outcome | RequestIdReused | None]:
    """Claims keys for the elements of a batch: None where the element is new, the outcome where it is a repeat.

    Keys are inserted sorted, so that two processes with the same keys wait for each other instead of deadlocking, and
    read again in a second statement, which sees what the other one committed. The same key twice in a batch: the first
    is new, the second one's outcome is `{}` (answer it like the first).
    """
    ordered = sorted({key.request_id: key for key in reversed(keys)}.values(), key=lambda key: key.request_id)
    inserted = await tx.fetch(
        _CLAIM,
        {
            "principal": principal,
            "rpc": rpc,
            "ids": uuids([key.request_id for key in ordered]),
            "fingerprints": array("bytea", [key.fingerprint for key in ordered]),
            "at": at,
        },
    )
    new = {row["request_id"] for row in inserted}
    stored: dict[UUID, dict[str, Any]] = {}
    if len(new) < len(ordered):
        rows = await tx.fetch(
            "SELECT request_id, fingerprint, outcome FROM request"
            " WHERE principal = %(principal)s AND rpc = %(rpc)s AND request_id = ANY(%(ids)s)",
            {
                "principal": principal,
                "rpc": rpc,
                "ids": uuids([k.request_id for k in ordered if k.request_id not in new]),
            },
        )
        stored = {row["request_id"]: row for row in rows}
    return _sorted_out(keys, new, stored)


def _sorted_out(
    keys: Sequence[RequestKey], new: set[UUID], stored: Mapping[UUID, Mapping[str, Any]]
) -> list[Outcome | RequestIdReused | None]:
    answers: list[Outcome | RequestIdReused | None] = []
    first: dict[UUID, bytes] = {}
    for key in keys:
        known = first.get(key.request_id)
        row = stored.get(key.request_id)
        content = known if known is not None else bytes(row["fingerprint"]) if row is not None else None
        if content is not None and content != key.fingerprint:
            answers.append(
                RequestIdReused(
                    "This request_id was used before for a different request; use a new UUID.",
                    request_id=key.request_id,
                )
            )
        elif known is not None:
            answers.append(row["outcome"] if row is not None else {})
        else:
            first[key.request_id] = key.fingerprint
            answers.append(None if key.request_id in new else (row["outcome"] if row is not None else {}) or {})
    return answers


async def settle(tx: Tx, principal: str, rpc: str, outcomes: Sequence[tuple[UUID, Outcome | None]]) -> None:
    """Stores what became of claimed keys; None forgets the key, so that the same request may come again."""
    asked = {"principal": principal, "rpc": rpc}
    if kept := {request_id: outcome for request_id, outcome in outcomes if outcome is not None}:
        await tx.write(
            _SETTLE,
            {
                "principals": texts([principal] * len(kept)),
                "rpcs": texts([rpc] * len(kept)),
                "ids": uuids(list(kept)),
                "outcomes": array("jsonb", list(kept.values())),
            },
        )
    if forgotten := [request_id for request_id, outcome in outcomes if outcome is None]:
        await tx.write(_UNCLAIM, asked | {"ids": uuids(forgotten)})


_RECORD: Final = """
INSERT INTO request (principal, rpc, request_id, fingerprint, outcome, made_at)
SELECT %(principal)s, %(rpc)s, request_id, fingerprint, outcome, %(at)s
FROM (SELECT unnest(%(ids)s) AS request_id, unnest(%(fingerprints)s) AS fingerprint, unnest(%(outcomes)s) AS outcome)
    AS given
"""


async def record(
    tx: Tx, principal: str, rpc: str, outcomes: Sequence[tuple[RequestKey, Outcome | None]], *, at: Instant
) -> None:
    """Claims keys that are assumed to be new and stores their outcomes, in one write; None leaves the key unclaimed.

    It breaks the transaction where one is not new: claim them then. Keys go before what is held back, as where they
    are claimed: who has the same requests waits here, with nothing in hand that the other one wants.
    """
    kept = sorted([one for one in outcomes if one[1] is not None], key=lambda one: one[0].request_id.int)
    if kept:
        await tx.write(
            _RECORD,
            {
                "principal": principal,
                "rpc": rpc,
                "ids": uuids([key.request_id for key, _ in kept]),
                "fingerprints": array("bytea", [key.fingerprint for key, _ in kept]),
                "outcomes": array("jsonb", [outcome for _, outcome in kept]),
                "at": at,
            },
            first=True,
        )


_FORGET: Final = """
DELETE FROM request WHERE ctid = ANY(ARRAY(SELECT ctid FROM request WHERE made_at < %(before)s LIMIT %(limit)s))
"""


async def forget(tx: Tx, *, before: Instant, limit: int) -> int:
    """Deletes keys made before an instant, at most so many; answers how many. A later repeat takes effect again."""
    return await tx.execute(_FORGET, {"before": before, "limit": limit})
