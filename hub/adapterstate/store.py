"""Rows of what adapters remember; their DDL stands in migrations `0005_pre` and `0064_pre`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table, Text, Uuid

from hub.adapterstate.model import Entry, LeaseAsked, NumberAsked, Writing
from hub.database.schema import METADATA
from hub.database.tx import Tx
from hub.kernel.instant import Instant

ADAPTER_STATE = Table(
    "adapter_state",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("request_id", Uuid),
)
ADAPTER_LEASE = Table(
    "adapter_lease",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)
ADAPTER_SERIES = Table(
    "adapter_series",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("last_number", BigInteger, nullable=False),
)
ADAPTER_NUMBER = Table(
    "adapter_number",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("request_id", Uuid, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

_READ: Final = "SELECT value, version FROM adapter_state WHERE account_id = %(account_id)s AND key = %(key)s"
_CREATE: Final = """
INSERT INTO adapter_state (account_id, key, value, version, request_id)
VALUES (%(account_id)s, %(key)s, %(value)s, 1, %(request_id)s)
ON CONFLICT (account_id, key) DO NOTHING RETURNING version
"""
_CHANGE: Final = """
UPDATE adapter_state SET value = %(value)s, version = version + 1, request_id = %(request_id)s
WHERE account_id = %(account_id)s AND key = %(key)s AND version = %(version)s RETURNING version
"""
_WRITTEN: Final = """
SELECT version FROM adapter_state
WHERE account_id = %(account_id)s AND key = %(key)s AND version - 1 = %(version)s AND request_id = %(request_id)s
"""
_LEASE: Final = """
INSERT INTO adapter_lease (account_id, name, holder, fence, until)
VALUES (%(account_id)s, %(name)s, %(holder)s, 1, %(until)s)
ON CONFLICT (account_id, name) DO UPDATE SET
    holder = excluded.holder, until = excluded.until,
    fence = adapter_lease.fence + (adapter_lease.holder <> excluded.holder OR adapter_lease.until <= %(now)s)::integer
WHERE adapter_lease.holder = excluded.holder OR adapter_lease.until <= %(now)s
RETURNING fence
"""
_SERIES: Final = """
INSERT INTO adapter_series (account_id, series, last_number) VALUES (%(account_id)s, %(series)s, 0)
ON CONFLICT (account_id, series) DO NOTHING
"""
_LOCK: Final = """
SELECT last_number FROM adapter_series WHERE account_id = %(account_id)s AND series = %(series)s
ORDER BY account_id, series FOR UPDATE
"""
_KNOWN: Final = """
SELECT number FROM adapter_number
WHERE account_id = %(account_id)s AND series = %(series)s AND request_id = %(request_id)s
"""
_GIVE: Final = """
WITH given AS (
    UPDATE adapter_series SET last_number = last_number + 1
    WHERE account_id = %(account_id)s AND series = %(series)s RETURNING last_number
)
INSERT INTO adapter_number (account_id, series, request_id, number)
SELECT %(account_id)s, %(series)s, %(request_id)s, last_number FROM given RETURNING number
"""


async def read(tx: Tx, account_id: str, key: str) -> Entry:
    """The entry as it stands."""
    rows = await tx.fetch(_READ, {"account_id": account_id, "key": key})
    return Entry(account_id, key, bytes(rows[0]["value"]), rows[0]["version"]) if rows else Entry(account_id, key)


async def write(tx: Tx, writing: Writing) -> int | None:
    """Writes a value over the version that the entry names; answers the new version, None when another stands.

    What the same request wrote before is not written again, and answers its version.
    """
    entry = writing.entry
    parameters = {
        "account_id": entry.account_id,
        "key": entry.key,
        "value": entry.value,
        "version": entry.version,
        "request_id": writing.request_id,
    }
    rows = await tx.fetch(_CHANGE if entry.version else _CREATE, parameters) or await tx.fetch(_WRITTEN, parameters)
    return rows[0]["version"] if rows else None


async def lease(tx: Tx, asked: LeaseAsked, *, now: Instant) -> int | None:
    """Gives or renews a lease; answers its fence, None while another one holds it."""
    parameters = {
        "account_id": asked.account_id,
        "name": asked.name,
        "holder": asked.holder,
        "until": asked.until,
        "now": now,
    }
    rows = await tx.fetch(_LEASE, parameters)
    return rows[0]["fence"] if rows else None


async def number(tx: Tx, asked: NumberAsked) -> int:
    """The number of a request: the next of its series, or the one it got before; the series is locked until commit."""
    parameters = {"account_id": asked.account_id, "series": asked.series, "request_id": asked.request_id}
    await tx.execute(_SERIES, parameters)
    await tx.fetch(_LOCK, parameters)
    rows = await tx.fetch(_KNOWN, parameters) or await tx.fetch(_GIVE, parameters)
    return int(rows[0]["number"])
