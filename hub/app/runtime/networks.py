"""The network in force as a running process knows it: exact inside transactions, and at hand for what cannot wait."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from hub.config.table import ADAPTER_ADDRESSES
from hub.connect.dialing import may_dial, target_of
from hub.connect.registry import Served
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.network.model import Network
from hub.network.operations import NetworkCache

SOCKET_SUFFIX = ".sock"
ADAPTERS: Final = "crossdock.adapters"
"""Group of the entry points under which adapters are installed."""


class NetworkInForce:
    """Reads the network when its version changed; `latest` is what was read last."""

    def __init__(self, database: Database) -> None:
        self._cache = NetworkCache(database)

    @property
    def latest(self) -> Network:
        """The newest network that was read; an empty one before any was."""
        return self._cache.latest

    @property
    def origin(self) -> str:
        """The history of the database of which the last reading was."""
        return self._cache.origin

    async def refresh(self) -> Network:
        """The network in force now."""
        return await self._cache.current()

    async def current_in(self, tx: Tx, version: int | None = None) -> Network:
        """The network in force now, for who has a transaction, and maybe knows the version in force."""
        return await self._cache.current_in(tx, version)

    def served_by(self, account_id: str) -> Served | None:
        """Who serves an account, as of the last reading."""
        account = self.latest.account(account_id)
        return Served(account.adapter, account.profile_json) if account else None

    def ceilings(self) -> Mapping[str, int]:
        """Calls that each account may have in flight, as of the last reading."""
        return {account_id: account.max_in_flight for account_id, account in self.latest.accounts.items()}


def hosted_adapters(network: Network) -> set[str]:
    """The adapters of a network that run here; the others are addresses."""
    return {account.adapter for account in network.accounts.values() if target_of(account.adapter) is None}


def unserved(network: Network, *, hosting: bool, elsewhere: Collection[str]) -> list[str]:
    """Tell which accounts no adapter can serve, one sentence each.

    `hosting`: adapters run here, so those named must be installed. Addresses of other machines must be `elsewhere`.
    """
    installed = sorted(entry_points(group=ADAPTERS).names)
    accounts = sorted(network.accounts.values(), key=lambda one: one.account_id)
    missing = [
        f"account {account.account_id} names the adapter {account.adapter!r}, which is not installed here;"
        f" there are {', '.join(installed)}"
        for account in accounts
        if hosting and target_of(account.adapter) is None and account.adapter not in installed
    ]
    return missing + [
        f"account {account.account_id} names the adapter at {account.adapter}, which is at another machine and not"
        f" among those of {ADAPTER_ADDRESSES}"
        for account in accounts
        if target_of(account.adapter) is not None and not may_dial(account.adapter, elsewhere)
    ]


@dataclass(frozen=True)
class SocketFolder(Mapping[str, str]):
    """Addresses of hosted adapters: each has a socket under its name in one folder, whether it runs now or not."""

    folder: Path

    def __getitem__(self, adapter: str) -> str:
        if target_of(adapter) is not None or "/" in adapter:
            raise KeyError(adapter)
        return f"unix:{self.folder / adapter}{SOCKET_SUFFIX}"

    def __iter__(self) -> Iterator[str]:
        return (path.stem for path in sorted(self.folder.glob(f"*{SOCKET_SUFFIX}")))

    def __len__(self) -> int:
        return sum(1 for _ in self)
