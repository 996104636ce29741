"""What the tests of this folder share."""

from __future__ import annotations

import logging

import pytest

from tests.unit.app.cli.pretend import crossdock, hub
from tests.unit.app.receiver import receiver

__all__ = ["crossdock", "hub", "loggers_enabled", "receiver"]


@pytest.fixture(autouse=True)
def loggers_enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has our loggers log: libraries that configure logging for themselves may have silenced those made before."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("hub.") and isinstance(logger, logging.Logger):
            monkeypatch.setattr(logger, "disabled", False)
