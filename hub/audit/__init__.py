"""The audit: what must hold between the rows of all rooms, as read-only SQL; one file per family of invariants."""

from __future__ import annotations

from hub.audit.auditing import INVARIANTS, run
from hub.audit.invariant import AuditResult, Invariant

__all__ = ["INVARIANTS", "AuditResult", "Invariant", "run"]
