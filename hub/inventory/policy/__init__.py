"""Decisions of the inventory room, pure: what is admitted, how conditions change, what will be available when."""

from __future__ import annotations

from hub.inventory.policy.admission import admitted, claims_of, move_of, touched
from hub.inventory.policy.conditions import admitted_conditioned

__all__ = ["admitted", "admitted_conditioned", "claims_of", "move_of", "touched"]
