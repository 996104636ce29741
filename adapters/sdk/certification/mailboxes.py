"""A mailbox of its own for a certification: the adapter that is served with it, and what lies in it."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID, uuid5

import grpc

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.certification.memory import MemoryState
from adapters.sdk.certification.points import Exempt
from adapters.sdk.certification.rehearsals import served
from adapters.sdk.mailbox.folder import ROOT_VARIABLE
from adapters.sdk.times import timestamp_of
from adapters.sdk.webhooks.inbox import HubInbox
from crossdock.partner.call.v1 import call_pb2

NOON: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
FOLDERS: Final = ("incoming", "outgoing", "taken", "archive", "refused")
NAMES: Final = UUID(int=12)
SENT: Final = frozenset({call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_PENDING})
UNCLEAR: Final = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.ABORTED})
NO_LIMITS: Final = Exempt("a mailbox takes files: it has no answer that could say that there were too many")
_SERVER: Final = {"kind": "sftp", "folder": "/box", "host": "127.0.0.1", "username": "u"}


@dataclass(frozen=True)
class Mailbox:
    """The adapter being served: its address, a channel to it, its memory, and the folder that holds its mailbox."""

    address: str
    channel: grpc.aio.Channel
    state: MemoryState
    root: Path

    @property
    def outgoing(self) -> Path:
        """The folder in which the adapter puts what it writes."""
        return self.root / "box/outgoing"

    def written(self) -> list[bytes]:
        """Return what the adapter wrote, by the names of the files."""
        return [path.read_bytes() for path in sorted(self.outgoing.iterdir())]

    def of_unknown_host(self) -> Mapping[str, object]:
        """Return the setting of a mailbox at a server of no known key."""
        (self.root / "password").write_text("x")
        return {**_SERVER, "password": f"file:{self.root}/password"}

    def without_secret(self) -> Mapping[str, object]:
        """Return the setting of a mailbox whose password is gone."""
        return {**_SERVER, "host_keys": ["ssh-ed25519 AAAA"], "password": f"file:{self.root}/gone"}


def call_of(key: str, profile: Mapping[str, object]) -> call_pb2.Call:
    """Return the head of a call; the mailbox is the folder unless the profile names another one."""
    settings = {"mailbox": {"kind": "directory", "folder": "box"}, **profile}
    return call_pb2.Call(
        account_id="rehearsal",
        operation_key=str(uuid5(NAMES, key)),
        business_time=timestamp_of(NOON),
        profile_json=json.dumps(settings),
    )


@asynccontextmanager
async def at_mailbox(build: Callable[[AdapterContext], Adapter]) -> AsyncIterator[Mailbox]:
    """Serve the adapter with an empty memory and an empty mailbox until the block ends."""
    state, before = MemoryState(), os.environ.get(ROOT_VARIABLE)
    with TemporaryDirectory(prefix="xd") as folder:
        for name in FOLDERS:
            (Path(folder) / "box" / name).mkdir(parents=True)
        os.environ[ROOT_VARIABLE] = folder
        try:
            async with grpc.aio.insecure_channel("127.0.0.1:1") as hub:
                context = AdapterContext(name="rehearsal", data_dir=Path(folder), state=state, inbox=HubInbox(hub, ""))
                async with served(build(context)) as address, grpc.aio.insecure_channel(address) as channel:
                    yield Mailbox(address, channel, state, Path(folder))
        finally:
            os.environ.pop(ROOT_VARIABLE)
            if before is not None:
                os.environ[ROOT_VARIABLE] = before
