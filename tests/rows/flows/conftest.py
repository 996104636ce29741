"""The world that flows are run in; its audit is clean at the end."""

from __future__ import annotations

from tests.journeys.conftest import world

__all__ = ["world"]
