"""Looks up parties for calls: those that are asked for at the same moment are read together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from hub.parties.model import Contact

Contacts = Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, Contact]]]
"""Looks up parties just before a call; those erased are missing."""


class GatheredContacts:
    """Contacts that read once for all who ask in the same turn of the event loop."""

    def __init__(self, read: Contacts) -> None:
        self._read = read
        self._wanted: set[UUID] = set()
        self._reading: asyncio.Task[Mapping[UUID, Contact]] | None = None

    async def __call__(self, party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
        """Return the parties among these, with those that others asked for. Raises what reading raises."""
        self._wanted.update(party_ids)
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_wanted())
        return await asyncio.shield(self._reading)

    async def _read_wanted(self) -> Mapping[UUID, Contact]:
        """Read what was asked for until now; who asks from now on waits for another reading."""
        wanted, self._wanted, self._reading = self._wanted, set(), None
        return await self._read(sorted(wanted))
