"""What flows and queries ask of screening: lists in their versions, matches of orders, decisions about parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.database.tx import Tx
from hub.kernel.errors import refuse_other_version
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.screening import store
from hub.screening.model import DeniedEntry, ListDifference, ListVersion
from hub.screening.policy.matching import DeniedIndex
from hub.screening.store import (
    decisions,
    entries_named,
    find,
    matches,
    newest,
    orders_decided,
    orders_matched,
    page,
    save_decisions,
    save_matches,
    version,
)

__all__ = [
    "ListsMemory",
    "decisions",
    "difference_of",
    "entries_named",
    "find",
    "load_list",
    "matches",
    "newest",
    "orders_decided",
    "orders_matched",
    "page",
    "save_decisions",
    "save_matches",
    "version",
    "versions",
]

Versions = Mapping[str, int]
"""The newest version of each list, by name."""


async def versions(tx: Tx) -> Versions:
    """Return the newest version of each list; empty before any was loaded."""
    return {one.list_name: one.version for one in await newest(tx)}


async def difference_of(
    tx: Tx, list_name: str, entries: Sequence[DeniedEntry], *, expected_version: int = 0
) -> ListVersion:
    """Return the version that a list has, or would have if these entries were loaded now. Raise StateChanged."""
    known = await newest(tx, list_name)
    before = known[0].version if known else 0
    refuse_other_version(f"List {list_name}", expected_version, before)
    hashes = {entry.entry_id: entry.content_hash for entry in await store.entries(tx, list_name)}
    now = {entry.entry_id: entry.content_hash for entry in entries}
    difference = ListDifference(
        added=tuple(sorted(now.keys() - hashes.keys())),
        changed=tuple(sorted(one for one in now.keys() & hashes.keys() if now[one] != hashes[one])),
        removed=tuple(sorted(hashes.keys() - now.keys())),
    )
    return ListVersion(list_name, before + 1 if difference else before, len(now), difference)


async def load_list(
    tx: Tx, scope: Scope, list_name: str, entries: Sequence[DeniedEntry], *, expected_version: int = 0, at: Instant
) -> ListVersion:
    """Puts the entries of a list in force; the same entries again keep its version. Raises StateChanged."""
    await store.lock_lists(tx)
    new = await difference_of(tx, list_name, entries, expected_version=expected_version)
    loaded = ListVersion(list_name, new.version, new.entries, new.difference, scope.principal, at)
    if new.difference:
        written = {*new.difference.added, *new.difference.changed}
        await store.replace_entries(tx, loaded, [one for one in entries if one.entry_id in written], at=at)
    return loaded


class ListsMemory:
    """The lists as a process remembers them; `origin` is the history of the database they are of."""

    def __init__(self) -> None:
        self.origin = ""
        self._versions: Versions | None = None
        self._index = DeniedIndex({})
        self._parts: dict[tuple[str, int], DeniedIndex] = {}

    async def load(self, tx: Tx) -> tuple[Versions, DeniedIndex]:
        """Return the versions of all lists and their entries as they are compared."""
        known = await versions(tx)
        if tx.origin != self.origin or known != self._versions:
            lists = {list_name: await store.entries(tx, list_name) for list_name in known}
            self._index = DeniedIndex(lists)
            self.origin, self._versions, self._parts = tx.origin, known, {}
        return known, self._index

    async def changed(self, tx: Tx, changed: ListVersion) -> DeniedIndex:
        """Return the entries that a version of a list added or changed, as they are compared."""
        _, index = await self.load(tx)
        key = (changed.list_name, changed.version)
        if key not in self._parts:
            difference = changed.difference
            self._parts[key] = index.part(changed.list_name, {*difference.added, *difference.changed})
        return self._parts[key]
