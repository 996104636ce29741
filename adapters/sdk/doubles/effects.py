"""The effect log: what a partner really did, append-only, and every call it received.

Nothing makes a key unique: should an effect happen twice, both rows stand and `doubled` names them. Recording is once
per key by a check inside the caller's IMMEDIATE transaction. Kinds with a dot are effects of the hub's operations
(payment.capture); kinds without one are what the partner noted by itself (shipped, overtaken, out_of_order).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.sdk.doubles.book import reading
from adapters.sdk.times import instant_from, text_of


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Something a partner did: what, about what, when in business time, and under which operation key."""

    number: int
    operation_key: str
    kind: str
    subject: str
    account_id: str
    business_time: datetime
    detail: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class ReceivedCall:
    """A call a partner received. `outcome` stays empty if the process died or the caller left."""

    number: int
    method: str
    account_id: str
    operation_key: str
    fault: str
    outcome: str


def record_effect(
    tx: sqlite3.Connection,
    *,
    operation_key: str,
    kind: str,
    subject: str,
    account_id: str,
    business_time: datetime,
    detail: Mapping[str, object],
) -> bool:
    """Appends an effect unless this account's key has one of the kind. Answers whether it was appended."""
    known = tx.execute(
        "SELECT 1 FROM effect WHERE operation_key = ? AND kind = ? AND account_id = ?",
        (operation_key, kind, account_id),
    ).fetchone()
    if known:
        return False
    tx.execute(
        "INSERT INTO effect (operation_key, kind, subject, account_id, business_time, detail)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (operation_key, kind, subject, account_id, text_of(business_time), json.dumps(detail, sort_keys=True)),
    )
    return True


@dataclass(frozen=True)
class EffectLog:
    """Reads the log of a stand-in from its file, from any process, while the stand-in is live.

    A file that does not exist yet reads as an empty log: nothing has happened there.
    """

    path: Path

    def effects(self, kind: str = "", *, operation_key: str = "", subject: str = "") -> list[Effect]:
        """Answers effects in the order they happened; each filter that is given must match."""
        rows = self._rows(
            "SELECT * FROM effect WHERE ? IN ('', kind) AND ? IN ('', operation_key) AND ? IN ('', subject)"
            " ORDER BY id",
            (kind, operation_key, subject),
        )
        return [_effect(row) for row in rows]

    def doubled(self) -> list[tuple[str, str, str]]:
        """Answers (account, operation key, kind) of every effect that happened more than once. Empty is right."""
        return [(row["account_id"], row["operation_key"], row["kind"]) for row in self._repeated("operation_key")]

    def doubled_subjects(self, kind: str) -> list[tuple[str, str]]:
        """Answers (account, subject) with more than one effect of the kind, whatever the key.

        Shows the same thing done twice under two keys, for kinds that a subject may have once (warehouse.release).
        """
        return [(row["account_id"], row["subject"]) for row in self._repeated("subject") if row["kind"] == kind]

    def calls(self, method: str = "") -> list[ReceivedCall]:
        """Answers the calls received, in order; of one method (its short name) when given."""
        rows = self._rows("SELECT * FROM call WHERE ? IN ('', method) ORDER BY id", (method,))
        return [
            ReceivedCall(
                number=row["id"],
                method=row["method"],
                account_id=row["account_id"],
                operation_key=row["operation_key"],
                fault=row["fault"],
                outcome=row["outcome"],
            )
            for row in rows
        ]

    def _repeated(self, column: str) -> list[sqlite3.Row]:
        return self._rows(
            f"SELECT account_id, kind, {column} FROM effect GROUP BY account_id, kind, {column} HAVING count(*) > 1", ()
        )

    def _rows(self, sql: str, values: tuple[str, ...]) -> list[sqlite3.Row]:
        try:
            with reading(self.path) as connection:
                return connection.execute(sql, values).fetchall()
        except FileNotFoundError:
            return []


def _effect(row: sqlite3.Row) -> Effect:
    return Effect(
        number=row["id"],
        operation_key=row["operation_key"],
        kind=row["kind"],
        subject=row["subject"],
        account_id=row["account_id"],
        business_time=instant_from(row["business_time"]),
        detail=json.loads(row["detail"]),
    )
