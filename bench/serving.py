"""Servers for rows that go over gRPC: the hub as it runs in earnest, and a bare echo, each a process of its own.

`python -m bench.serving RPC SECONDS CALLS` is the echo: it answers one rpc with the bytes that stand on its standard
input, and has no interceptor, no check, and no work but what it is told to burn.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import grpc
import uvloop
from google.protobuf.message_factory import GetMessageClass

from bench.ratio import Unmeasurable
from hub.api.edge.access import token_sha256
from hub.api.servicers import SERVICES
from hub.kernel.scope import Role
from tools.certificates import Authority

TOKEN: Final = "bench"  # noqa: S105 (of a server that lives for a minute)
STARTING_SECONDS: Final = 60.0
_API: Final = ("-m", "hub.app.main", "api", "--grpc", "127.0.0.1:0")
_WORKER: Final = ("-m", "hub.app.main", "worker")
SLICE_SECONDS: Final = 0.00005
"""How long the echo works before it looks at other calls. gRPC hands it one call in two such times: were they longer,
calls would wait in gRPC until their callers have gone, where they should be refused."""


@dataclass(frozen=True)
class Served:
    """A server that runs: a channel to it, its process, its address, and that over HTTP, where it has one."""

    channel: grpc.aio.Channel
    pid: int
    address: str
    http: str = ""
    metadata: tuple[tuple[str, str], ...] = (("authorization", f"Bearer {TOKEN}"),)


@asynccontextmanager
async def hub_served(database_url: str, *, tokens: Sequence[str] = (TOKEN,)) -> AsyncIterator[Served]:
    """`crossdock api` on a database: field rules and traces as in earnest.

    Each token is one of a principal of its own, who may do everything.
    """
    async with hubs_served(database_url, 1, tokens=tokens) as (served,):
        yield served


@asynccontextmanager
async def hubs_served(
    database_url: str, count: int, *, tokens: Sequence[str] = (TOKEN,)
) -> AsyncIterator[Sequence[Served]]:
    """So many of them on one database and one set of keys, as behind something that spreads calls."""
    async with _environment(database_url, tokens) as environment, AsyncExitStack() as stack:
        yield [await stack.enter_async_context(child_served(_API, environment, b"")) for _ in range(count)]


@asynccontextmanager
async def hub_served_both_ways(database_url: str) -> AsyncIterator[tuple[Served, Served]]:
    """Two of them on one database and one set of keys: one with TLS, one in plain text."""
    async with _environment(database_url, (TOKEN,)) as environment:
        certified, trusted = await asyncio.to_thread(_certify, Path(environment["CROSSDOCK_DATA"]))
        async with (
            child_served(_API, {**environment, **certified}, b"", trusted) as secret,
            child_served(_API, environment, b"") as plain,
        ):
            yield secret, plain


class Working:
    """A hub that serves, and as many `crossdock worker` beside it as were started."""

    def __init__(self, served: Served, environment: Mapping[str, str], stack: AsyncExitStack) -> None:
        self.served = served
        self._environment, self._stack = environment, stack

    async def start_worker(self) -> int:
        """Start a worker; return its process id once it works. It ends with the hub."""
        said = await self._stack.enter_async_context(_child(_WORKER, self._environment, b""))
        return int(said["pid"])


@asynccontextmanager
async def hub_working(database_url: str) -> AsyncIterator[Working]:
    """`crossdock api` on a database, without any worker yet."""
    async with _environment(database_url, (TOKEN,)) as environment, AsyncExitStack() as stack:
        yield Working(await stack.enter_async_context(child_served(_API, environment, b"")), environment, stack)


@asynccontextmanager
async def _environment(database_url: str, tokens: Sequence[str]) -> AsyncIterator[dict[str, str]]:
    """What the parts of one hub are told: its database, and a folder for keys, principals and traces."""
    with tempfile.TemporaryDirectory(prefix="crossdock-bench-") as folder:
        principals = Path(folder, "principals.json")
        await asyncio.to_thread(_let_in, principals, tokens)
        yield {
            "CROSSDOCK_DATABASE_URL": database_url,
            "CROSSDOCK_DATA": folder,
            "CROSSDOCK_PRINCIPALS": str(principals),
            "CROSSDOCK_TRACES": str(Path(folder, "traces")),
        }


@asynccontextmanager
async def echo_served(
    rpc: str, answer: Any, *, work_seconds: float = 0.0, calls: int | None = None
) -> AsyncIterator[Served]:
    """A server that answers `Service.Rpc` with always the same message.

    It may be made to keep its processor busy for so long per call, and to have gRPC refuse what comes beyond so many
    calls at once.
    """
    arguments = ("-m", "bench.serving", rpc, str(work_seconds), str(calls or 0))
    async with child_served(arguments, {}, answer.SerializeToString()) as served:
        yield served


@asynccontextmanager
async def child_served(
    arguments: tuple[str, ...], environment: Mapping[str, str], given: bytes, trusted: bytes | None = None
) -> AsyncIterator[Served]:
    """Start a server that hears `given`; reach it with TLS where there is a certificate to trust."""
    async with _child(arguments, environment, given) as said, _channel(said["serving"], trusted) as channel:
        yield Served(channel, int(said["pid"]), said["serving"], said.get("http", ""))


@asynccontextmanager
async def _child(
    arguments: tuple[str, ...], environment: Mapping[str, str], given: bytes
) -> AsyncIterator[Mapping[str, Any]]:
    """A process that has said that it is ready; gives what it said, and its process id."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        if process.stdin is None or process.stdout is None:
            raise Unmeasurable("a server has no pipes")
        process.stdin.write(given)
        process.stdin.close()
        async with asyncio.timeout(STARTING_SECONDS):
            line = await process.stdout.readline()
        if not line:
            raise Unmeasurable(f"{' '.join(arguments)} did not start")
        yield {**json.loads(line), "pid": process.pid}
    finally:
        with suppress(ProcessLookupError):  # somebody may have ended it meanwhile
            if process.returncode is None:
                process.terminate()
        await process.wait()


def _channel(address: str, trusted: bytes | None) -> grpc.aio.Channel:
    if trusted is None:
        return grpc.aio.insecure_channel(address)
    return grpc.aio.secure_channel(address, grpc.ssl_channel_credentials(trusted))


def _certify(folder: Path) -> tuple[dict[str, str], bytes]:
    """Make a certificate; return the settings of a server that uses it, and the authority's, by which it is known."""
    authority = Authority(folder)
    certificate, key = authority.certified("hub")
    settings = {"CROSSDOCK_TLS_CERTIFICATE": str(certificate), "CROSSDOCK_TLS_KEY": str(key)}
    return settings, authority.file.read_bytes()


def _let_in(principals: Path, tokens: Sequence[str]) -> None:
    roles = [role.value for role in Role if role is not Role.CUSTOMER]  # which stands alone
    entries = [{"principal": token, "tokens": [{"sha256": token_sha256(token)}], "roles": roles} for token in tokens]
    principals.write_text(json.dumps(entries), encoding="utf-8")
    principals.chmod(0o600)


async def _echo(rpc: str, answer: bytes, work_seconds: float, calls: int) -> None:
    service, method = rpc.split(".")
    descriptor = SERVICES[service].methods_by_name[method]
    message = GetMessageClass(descriptor.output_type).FromString(answer)

    async def answered(_: Any, __: Any) -> Any:
        return message

    turn = asyncio.Lock()

    async def worked(_: Any, __: Any) -> Any:
        async with turn:
            left = work_seconds
            while left > 0:
                left -= _busy(min(left, SLICE_SECONDS))
                await asyncio.sleep(0)
        return message

    handler = grpc.unary_unary_rpc_method_handler(
        worked if work_seconds else answered,
        request_deserializer=GetMessageClass(descriptor.input_type).FromString,
        response_serializer=GetMessageClass(descriptor.output_type).SerializeToString,
    )
    server = grpc.aio.server(maximum_concurrent_rpcs=calls or None)
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler(SERVICES[service].full_name, {method: handler}),)
    )
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(json.dumps({"serving": f"127.0.0.1:{port}"}) + "\n")
    sys.stdout.flush()
    await server.wait_for_termination()


def _busy(seconds: float) -> float:
    """Works for so long and nothing else; what is done between two such times, as refusing calls, is no part of it."""
    began = time.thread_time()
    while (passed := time.thread_time() - began) < seconds:
        pass
    return passed


if __name__ == "__main__":
    uvloop.run(_echo(sys.argv[1], sys.stdin.buffer.read(), float(sys.argv[2]), int(sys.argv[3])))
