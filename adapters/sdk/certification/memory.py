"""The hub's memory for an adapter, in this process, for rehearsals: it can fail where it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.sdk.state.client import AdapterState, Entry, StateChanged


class MemoryGone(Exception):
    """The memory did not answer, by order."""


@dataclass
class MemoryState(AdapterState):
    """Entries and numbers of any account. `fails` is the value in which a write is lost, once: it is not made."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    numbers: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    fails: bytes = b""

    async def get(self, account_id: str, key: str) -> Entry:
        """Return an entry."""
        return self.entries.get((account_id, key), Entry(b"", 0))

    async def compare_and_set(self, account_id: str, key: str, value: bytes, expected_version: int) -> int:
        """Write an entry in its expected version. Raises StateChanged, and MemoryGone by order."""
        if self.fails and self.fails in value:
            self.fails = b""
            raise MemoryGone
        version = (await self.get(account_id, key)).version
        if version != expected_version:
            raise StateChanged(key)
        self.entries[account_id, key] = Entry(value, version + 1)
        return version + 1

    async def next_number(self, account_id: str, series: str, request_id: str) -> int:
        """Return the next number of a series, the same for a repeat."""
        given = self.numbers.setdefault((account_id, series), {})
        return given.setdefault(request_id, len(given) + 1)
