"""What every test may use: the fixtures of `tests.support`, one plugin per subject."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

import hub.app  # noqa: F401 - first of all: it says how gRPC is to be loaded

pytest_plugins = ["tests.support.postgres", "tests.support.audit"]


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Gives the next test the root logger as this one found it, whatever was configured meanwhile."""
    root = logging.getLogger()
    level, handlers, disabled = root.level, list(root.handlers), root.manager.disable
    yield
    for logger in list(root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.disabled = False  # who configures by dictionary, as import-linter does, disables all others
    root.setLevel(level)
    root.manager.disable = disabled
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
