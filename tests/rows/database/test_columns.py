"""Columns of values come back from PostgreSQL as they were handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from hub.database.arrays import KINDS, array
from hub.database.pool import Database

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
VALUES: dict[str, Sequence[Any]] = {
    "bigint": (0, 1, -1, 2**63 - 1, -(2**63)),
    "boolean": (True, False),
    "uuid": (UUID(int=0), UUID(int=2**128 - 1), UUID("01890000-0000-7000-8000-000000000001")),
    "text": ("", "a", "é", "{}", 'a"b\\', "x" * 255, "x" * 256, "€" * 70_000),
    "bytea": (b"", b"\0", b"\xff" * 255, b"\0" * 256, b"x" * 70_000),
    "jsonb": ({}, [], "text", 1, {"a": {"b": [1, None]}}, {"long": "x" * 1021}, {"long": "x" * 1024}),
    "timestamptz": (NOON, NOON + timedelta(microseconds=1), datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
}


def columns(kind: str) -> list[list[Any]]:
    """Columns of one value and of many, with the same value and with nulls at every place."""
    values = list(VALUES[kind])
    alike = [[value] * count for value in values for count in (1, 3)]
    holed = [[None, *values], [*values, None], [value for one in values for value in (one, None)]]
    return [[], [None], [None] * 3, values, values * 2, *alike, *holed]


def test_every_type_is_tried() -> None:
    assert VALUES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_a_column_comes_back_as_it_was(own: Database, kind: str) -> None:
    async with own.reading() as tx:
        for column in columns(kind):
            (row,) = await tx.fetch(f"SELECT %(column)s::{kind}[] AS back", {"column": array(kind, column)})
            assert row["back"] == column


@pytest.mark.parametrize(
    ("kind", "value"), [("bigint", "1"), ("bigint", 2**63), ("text", 1), ("uuid", "a"), ("bytea", 1)]
)
def test_a_value_of_another_type_is_refused(kind: str, value: object) -> None:
    for column in ([value], [None, value], [value, *VALUES[kind]]):
        with pytest.raises(Exception, match=r".+"):
            array(kind, column)
