"""What every test may use: the fixtures of `tests.support`, one plugin per subject."""

from __future__ import annotations

pytest_plugins = ["tests.support.postgres", "tests.support.audit"]
