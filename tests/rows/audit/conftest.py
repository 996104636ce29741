"""The transaction that tests of rows are given."""

from __future__ import annotations

from tests.rows.rooms.conftest import tx

__all__ = ["tx"]
