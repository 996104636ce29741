"""Does an operation once per key: a repeat gets the first answer, other content under the key is refused.

This is how a partner with idempotency keys behaves; stand-ins share it. What the operation does is theirs.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from google.protobuf import json_format
from google.protobuf.message import Message

from adapters.sdk.calls import head_of, not_found, operation_time_of, refused
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.effects import record_effect
from adapters.sdk.profile import Profile

Response = TypeVar("Response", bound=Message)


@dataclass(frozen=True)
class Operation:
    """An operation being done: the transaction it lives in, whose it is, its key and its business time."""

    tx: sqlite3.Connection
    account_id: str
    key: str
    at: datetime

    def reference(self, prefix: str) -> str:
        """Answers the partner's reference of the operation; the same operation always has the same one."""
        return f"{prefix}-{digest(self.account_id, self.key)}"

    def record(self, kind: str, subject: str, /, **detail: object) -> None:
        """Records the operation's effect, once per key and kind."""
        record_effect(
            self.tx,
            operation_key=self.key,
            kind=kind,
            subject=subject,
            account_id=self.account_id,
            business_time=self.at,
            detail=detail,
        )


def digest(*parts: str) -> str:
    """Answers twelve hexadecimal digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12].upper()


def once(
    book: Book, request: Message, response_type: type[Response], decide: Callable[[Operation], Response]
) -> Response:
    """Answers what `decide` answers the first time and the same ever after; effects and answer commit together.

    Raises BadCall when the call names no account, key or business time, or its profile is no JSON object.
    """
    head = head_of(request)
    at = operation_time_of(head)
    Profile.read(head.profile_json)
    content = content_of(request)
    with book.transaction() as tx:
        known = _known(tx, head.account_id, head.operation_key)
        if known is None:
            response = decide(Operation(tx, head.account_id, head.operation_key, at))
            remember(tx, head.account_id, head.operation_key, content, response)
            return response
    if known["content"] != content:
        return answering(
            response_type, refused("operation_key_reused", "The key belongs to an operation of other content.")
        )
    return json_format.Parse(known["response"], response_type(), ignore_unknown_fields=True)


def find(tx: sqlite3.Connection, account_id: str, operation_key: str, response_type: type[Response]) -> Response:
    """Answers what the operation of the key answered, field by field of the same name; NOT_FOUND when there is none."""
    known = _known(tx, account_id, operation_key)
    if known is None:
        return answering(response_type, not_found())
    return json_format.Parse(known["response"], response_type(), ignore_unknown_fields=True)


def found(book: Book, request: Message, response_type: type[Response]) -> Response:
    """Answers a FindOperation request. Its kind is not looked at: the key alone names an operation."""
    head = head_of(request)
    with book.transaction() as tx:
        return find(tx, head.account_id, head.operation_key, response_type)


def remember(tx: sqlite3.Connection, account_id: str, operation_key: str, content: str, response: Message) -> None:
    """Keeps the answer of an operation; it must be new."""
    tx.execute(
        "INSERT INTO operation (account_id, operation_key, content, response) VALUES (?, ?, ?, ?)",
        (account_id, operation_key, content, json_format.MessageToJson(response, indent=None)),
    )


def settle(tx: sqlite3.Connection, account_id: str, operation_key: str, response: Message) -> None:
    """Replaces a PENDING answer by the one that came of it."""
    tx.execute(
        "UPDATE operation SET response = ? WHERE account_id = ? AND operation_key = ?",
        (json_format.MessageToJson(response, indent=None), account_id, operation_key),
    )


def is_known(tx: sqlite3.Connection, account_id: str, operation_key: str) -> bool:
    """Answers whether an operation of the key was answered before."""
    return _known(tx, account_id, operation_key) is not None


def content_of(request: Message) -> str:
    """Answers a fingerprint of what the request asks, its head left out: a repeat may have another time."""
    bare: Any = type(request)()
    bare.CopyFrom(request)
    bare.ClearField("call")
    return hashlib.sha256(bare.SerializeToString(deterministic=True)).hexdigest()


def answering(response_type: type[Response], answer: Message) -> Response:
    """Answers a response that holds this answer and nothing else."""
    response = response_type()
    filled: Any = response
    filled.answer.CopyFrom(answer)
    return response


def _known(tx: sqlite3.Connection, account_id: str, operation_key: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = tx.execute(
        "SELECT content, response FROM operation WHERE account_id = ? AND operation_key = ?",
        (account_id, operation_key),
    ).fetchone()
    return row
