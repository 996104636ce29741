"""Rows of the warehouse stand-in: fulfillment orders being worked, and requests to cancel them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.double_warehouse.policy import Line, Stage

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS job (
    account_id TEXT NOT NULL, fulfillment_order_id TEXT NOT NULL, node_id TEXT NOT NULL, reference TEXT NOT NULL,
    profile_json TEXT NOT NULL, stage TEXT NOT NULL, lines TEXT NOT NULL, PRIMARY KEY (account_id, fulfillment_order_id)
);
CREATE TABLE IF NOT EXISTS cancel_request (
    account_id TEXT NOT NULL, operation_key TEXT NOT NULL, fulfillment_order_id TEXT NOT NULL,
    profile_json TEXT NOT NULL, lines TEXT NOT NULL, PRIMARY KEY (account_id, operation_key)
);
CREATE TABLE IF NOT EXISTS early_cancel (
    account_id TEXT NOT NULL, fulfillment_order_id TEXT NOT NULL, operation_key TEXT NOT NULL,
    PRIMARY KEY (account_id, fulfillment_order_id)
);
"""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A fulfillment order at the node: its lines are the units that are still to leave."""

    account_id: str
    fulfillment_order_id: str
    node_id: str
    reference: str
    profile_json: str
    stage: Stage
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class CancelRequest:
    """A request to cancel that waits for its answer."""

    operation_key: str
    profile_json: str
    lines: tuple[Line, ...]


def load(tx: sqlite3.Connection, account_id: str, fulfillment_order_id: str) -> Job | None:
    """Answers a fulfillment order; None when it was never released."""
    row = tx.execute(
        "SELECT * FROM job WHERE account_id = ? AND fulfillment_order_id = ?", (account_id, fulfillment_order_id)
    ).fetchone()
    if row is None:
        return None
    return Job(**{**dict(row), "stage": Stage(row["stage"]), "lines": _lines(row["lines"])})


def save(tx: sqlite3.Connection, job: Job) -> None:
    """Keeps a fulfillment order as it stands."""
    tx.execute(
        "INSERT OR REPLACE INTO job VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            job.account_id,
            job.fulfillment_order_id,
            job.node_id,
            job.reference,
            job.profile_json,
            job.stage.value,
            _text(job.lines),
        ),
    )


def save_request(tx: sqlite3.Connection, job: Job, request: CancelRequest) -> None:
    """Keeps a request to cancel."""
    values = (job.account_id, request.operation_key, job.fulfillment_order_id, request.profile_json)
    tx.execute("INSERT INTO cancel_request VALUES (?, ?, ?, ?, ?)", (*values, _text(request.lines)))


def load_request(tx: sqlite3.Connection, account_id: str, operation_key: str) -> CancelRequest:
    """Answers a request to cancel that was kept."""
    row = tx.execute(
        "SELECT * FROM cancel_request WHERE account_id = ? AND operation_key = ?", (account_id, operation_key)
    ).fetchone()
    return CancelRequest(operation_key=operation_key, profile_json=row["profile_json"], lines=_lines(row["lines"]))


def note_early_cancel(tx: sqlite3.Connection, account_id: str, fulfillment_order_id: str, operation_key: str) -> None:
    """Remembers a cancel that came before its release."""
    values = (account_id, fulfillment_order_id, operation_key)
    tx.execute("INSERT OR IGNORE INTO early_cancel VALUES (?, ?, ?)", values)


def early_cancel(tx: sqlite3.Connection, account_id: str, fulfillment_order_id: str) -> str:
    """Answers the key of a cancel that came before its release; empty when there was none."""
    row = tx.execute(
        "SELECT operation_key FROM early_cancel WHERE account_id = ? AND fulfillment_order_id = ?",
        (account_id, fulfillment_order_id),
    ).fetchone()
    return str(row["operation_key"]) if row else ""


def _text(lines: Sequence[Line]) -> str:
    return json.dumps([[line.number, line.sku, line.quantity] for line in lines])


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(*values) for values in json.loads(text))
