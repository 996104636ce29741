"""Adapters that run here: one child process each, on a Unix socket of its own, under a credential of its own.

Which run follows from the network in force; accounts whose adapter is an address are served elsewhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hub.app.process.adapter_tokens import TOKEN_SUFFIX
from hub.app.runtime.networks import SOCKET_SUFFIX, hosted_adapters
from hub.app.runtime.principals import Credential, credential, minted, put_privately
from hub.app.supervisor.processes import Child, Part, Said
from hub.network.model import Network

HOST: Final = "adapters.sdk.host"
TOKEN_VARIABLE: Final = "CROSSDOCK_HUB_TOKEN"  # noqa: S105 (the name of the variable, not a token)
HOST_TOKEN_VARIABLE: Final = "CROSSDOCK_HOST_TOKEN_FILE"  # noqa: S105 (the name of the variable, not a token)
TRACE_VARIABLE: Final = "CROSSDOCK_TRACE_FILE"
TRACE_FILE: Final = "adapters.jsonl"
_LONGEST_FOLDER: Final = 70
"""Bytes of a folder's path such that the path of a socket in it stays below the 107 that there may be."""
_SHORT: Final = Path("/tmp")  # noqa: S108 # nosec B108 (the folder made there is entered by its owner alone)


class SocketsUnusable(Exception):
    """No folder for sockets can be had; the message says why."""


@dataclass
class Hosting:
    """The hosted adapters of an installation. `hub` is the address they reach the hub at, once it is known.

    `tokens` is the folder with the tokens by which they know the hub, one each.
    """

    data: Path
    sockets: Path
    logs: Path
    traces: Path
    tokens: Path
    tell: Callable[[str], None]
    hub: str = ""
    children: dict[str, Child] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def credentials(self, network: Network) -> list[Credential]:
        """One per adapter that the network asks for here."""
        return [
            credential(name, self._tokens.setdefault(name, minted()), network)
            for name in sorted(hosted_adapters(network))
        ]

    async def reconcile(self, network: Network) -> list[Child]:
        """Starts what the network asks for and ends what it no longer does; answers the children started."""
        wanted = {one.adapter: one for one in self.credentials(network)}
        for name in sorted(self.children.keys() - wanted.keys()):
            self.tell(f"adapter {name} is no longer in the network and ends")
            await self.children.pop(name).stop()
        started = []
        for name in sorted(wanted.keys() - self.children.keys()):
            child = self.children[name] = Child(self._part(wanted[name]), self.tell)
            child.start()
            started.append(child)
        return started

    async def close(self) -> None:
        """Ends all, and removes the folder of their sockets where it lies outside of the data folder."""
        await asyncio.gather(*(child.stop() for child in self.children.values()))
        if not self.sockets.is_relative_to(self.data):
            for socket in self.sockets.glob(f"*{SOCKET_SUFFIX}"):
                socket.unlink(missing_ok=True)
            with suppress(OSError):
                self.sockets.rmdir()

    def _part(self, credential: Credential) -> Part:
        folder = self.data / "adapters"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = credential.adapter

        def command(_: Said) -> Sequence[str]:
            socket = f"unix:{self.sockets / name}{SOCKET_SUFFIX}"
            wanted = ["--listen", socket, "--hub", self.hub, "--data", str(folder), "--parent-pid", str(os.getpid())]
            return [sys.executable, "-P", "-m", HOST, name, *wanted]

        environment = {
            TOKEN_VARIABLE: credential.token,
            TRACE_VARIABLE: str(self.traces / TRACE_FILE),
            HOST_TOKEN_VARIABLE: str(self._token_file(name)),
        }
        return Part(f"adapter {name}", command, self.logs / f"{name}.log", environment)

    def _token_file(self, adapter: str) -> Path:
        """Write a new token for an adapter that is started; return its file, which the worker reads too."""
        file = self.tokens / f"{adapter}{TOKEN_SUFFIX}"
        put_privately(file, f"{minted()}\n")
        return file


def socket_folder(data: Path) -> Path:
    """The folder of the adapters' sockets, which only this user can enter: in the data folder where its path is short.

    Raises SocketsUnusable when somebody else made a folder of that name.
    """
    folder = data / "run" / "adapters"
    if len(os.fsencode(folder)) > _LONGEST_FOLDER:
        folder = _SHORT / f"crossdock-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
        raise SocketsUnusable(f"{folder} is not a folder of this user alone; remove it and start again.")
    return folder
