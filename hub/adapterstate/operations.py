"""What adapters ask of their memory, one element at a time. Whether an account is theirs is asked before."""

from __future__ import annotations

from hub.adapterstate import store
from hub.adapterstate.model import LeaseAsked, Writing
from hub.adapterstate.store import number, read
from hub.database.tx import Tx
from hub.kernel.errors import LeaseHeld, StateChanged
from hub.kernel.instant import Instant

__all__ = ["compare_and_set", "lease", "number", "read"]


async def compare_and_set(tx: Tx, writing: Writing) -> int:
    """Writes a value if the stored version is the one the entry names (0: there is none); answers the new version.

    A repeat answers the version that it wrote. Raises StateChanged.
    """
    entry, version = writing.entry, await store.write(tx, writing)
    if version is None:
        raise StateChanged("The entry changed since you read it; read it again.", key=entry.key, version=entry.version)
    return version


async def lease(tx: Tx, asked: LeaseAsked, *, now: Instant) -> int:
    """Takes or renews a lease by machine time; answers its fencing token. Raises LeaseHeld."""
    fence = await store.lease(tx, asked, now=now)
    if fence is None:
        raise LeaseHeld(f"Another holder has the lease {asked.name}; try again later.", name=asked.name)
    return fence
