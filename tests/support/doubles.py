"""The stand-ins of all partners, served in this process over a Unix socket as in earnest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import grpc

from adapters.sdk.doubles.effects import Effect, EffectLog
from adapters.sdk.doubles.faults import FaultKind, clear_faults, order_fault
from adapters.sdk.host import build_adapters, make_server
from adapters.sdk.listening import listen

DOUBLES: Final = (
    "double_channel",
    "double_customs",
    "double_erp",
    "double_fraud",
    "double_notice",
    "double_payment",
    "double_tax",
    "double_vat",
    "double_transport",
    "double_warehouse",
)


@dataclass(frozen=True)
class Doubles:
    """Stand-ins being served: where, and their files."""

    addresses: dict[str, str]
    folder: Path

    def file(self, name: str) -> Path:
        """The file of a stand-in: its effects, calls, faults."""
        return self.folder / f"{name}.sqlite"

    def log(self, name: str) -> EffectLog:
        """The effect log of a stand-in."""
        return EffectLog(self.file(name))

    def effects(self, name: str, kind: str = "", subject: str = "") -> list[Effect]:
        """What a stand-in did, in order."""
        return self.log(name).effects(kind, subject=subject)

    def fault(
        self,
        name: str,
        method: str,
        kind: FaultKind,
        argument: str = "",
        *,
        account_id: str = "",
        skip: int = 0,
        times: int = 1,
    ) -> None:
        """Orders a fault of a stand-in."""
        order_fault(self.file(name), method, kind, argument, account_id=account_id, skip=skip, times=times)

    def honest(self, name: str) -> None:
        """Takes back the faults of a stand-in."""
        clear_faults(self.file(name))

    def doubled(self) -> list[tuple[str, tuple[str, str, str]]]:
        """Effects that happened more than once, at any stand-in. Empty is right."""
        return [(name, one) for name in DOUBLES for one in self.log(name).doubled()]


@asynccontextmanager
async def served(folder: Path, beside: Sequence[str] = ("shopify_channel", "stock_files")) -> AsyncIterator[Doubles]:
    """Serves all stand-ins, each kind once, and further adapters of the same kinds on sockets of their own."""
    async with grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        with TemporaryDirectory(prefix="xd") as sockets:
            servers, built = [], []
            addresses: dict[str, str] = {}
            for number, names in enumerate([DOUBLES, *[(name,) for name in beside]]):
                adapters = build_adapters(list(names), hub, "", folder)
                server, _ = make_server(adapters, None)
                address = listen(server, f"unix:{sockets}/{number}")
                await server.start()
                servers.append(server)
                built += adapters
                addresses |= dict.fromkeys(names, address)
            yield Doubles(addresses, folder)
            for server in servers:
                await server.stop(None)
            for adapter in built:
                adapter.close()
