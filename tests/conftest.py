"""What every test may use: the fixtures of `tests.support`, one plugin per subject."""

from __future__ import annotations

from importlib.util import find_spec

pytest_plugins = [plugin for plugin in ("tests.support.postgres",) if find_spec(plugin) is not None]
