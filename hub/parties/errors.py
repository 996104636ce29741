"""Refusals of the parties room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class PartyNotFound(Refusal):
    """No party with this id in the caller's scope, or it was erased."""

    reason = "PARTY_NOT_FOUND"
    status = Status.NOT_FOUND
