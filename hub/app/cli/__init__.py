"""The command line: `crossdock ...`. One file per topic; each command speaks to a hub by the contract alone."""

from __future__ import annotations

from hub.app.cli.program import main

__all__ = ["main"]
