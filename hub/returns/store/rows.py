"""Frozen values as rows."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict


def plain(value: Any) -> dict[str, Any]:
    """A frozen value as a row: its fields, enums by name."""
    return {name: getattr(field, "value", field) for name, field in asdict(value).items()}
