"""PostgreSQL for those who bring none: started, found again and stopped by Crossdock itself.

Nothing here knows tables or migrations; `hub.app.supervisor.up` puts both together.
"""

from __future__ import annotations

from hub.app.embedded.errors import AlreadyRunning, EmbeddedError
from hub.app.embedded.leftover import discard
from hub.app.embedded.owner import DATABASE, Embedded

__all__ = ["DATABASE", "AlreadyRunning", "Embedded", "EmbeddedError", "discard"]
