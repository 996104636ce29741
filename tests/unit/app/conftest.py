"""What the tests of the command line share."""

from __future__ import annotations

from tests.unit.app.pretend import crossdock, hub

__all__ = ["crossdock", "hub"]
