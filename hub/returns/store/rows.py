"""Frozen values as rows."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> dict[str, Any]:
    """A frozen value as a row: its fields, enums by name."""
    fields = {name: getattr(value, name) for name in value.__slots__}
    return {name: getattr(field, "value", field) for name, field in fields.items()}
