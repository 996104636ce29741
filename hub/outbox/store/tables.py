"""The tables of the outbox; their DDL stands in `0002_pre_outbox.sql`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.schema import METADATA

INSTANT = DateTime(timezone=True)

LANE = Table(
    "lane",
    METADATA,
    Column("lane", Text, primary_key=True),
    Column("last_number", BigInteger, nullable=False),
)

MESSAGE = Table(
    "message",
    METADATA,
    Column("message_id", Uuid, primary_key=True),
    Column("lane", Text, nullable=False),
    Column("lane_number", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("order_id", Uuid),
    Column("payload", JSONB, nullable=False),
    Column("traceparent", Text),
    Column("priority", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", INSTANT),
    Column("leased_until", INSTANT),
    Column("fence", BigInteger, nullable=False),
    Column("unknown", Boolean, nullable=False),
    Column("last_failure", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("settled_at", INSTANT),
    Column("answer", JSONB),
)

TIMER = Table(
    "timer",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("due_at", INSTANT, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("order_id", Uuid),
    Column("traceparent", Text),
)

EVENT = Table(
    "event",
    METADATA,
    Column("event_id", Uuid, primary_key=True),
    Column("type", Text, nullable=False),
    Column("order_id", Uuid),
    Column("order_version", BigInteger),
    Column("occurred_at", INSTANT, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("traceparent", Text),
    Column("channel_id", Text),
    Column("seller_id", Text),
    Column("node_id", Text),
    Column("written", BigInteger, nullable=False),
    Column("position", BigInteger),
)

POLL_CURSOR = Table(
    "poll_cursor",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
)

BUSINESS_CLOCK = Table(
    "business_clock",
    METADATA,
    Column("one", Boolean, primary_key=True),
    Column("virtual", Boolean, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("fired_timers", BigInteger, nullable=False),
)

BREAKER = Table(
    "breaker",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("open_until", INSTANT, nullable=False),
)

PAUSED_ACCOUNT = Table(
    "paused_account",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("paused_at", INSTANT, nullable=False),
    Column("reason", Text, nullable=False),
)

LEASE = Table(
    "lease",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until", INSTANT, nullable=False),
)
