"""Whether an address can be listened on, and who has it where it cannot."""

from __future__ import annotations

import asyncio
import errno
import os
from typing import Final

import psutil

_REASONS: Final = {
    errno.EADDRINUSE: "is taken",
    errno.EADDRNOTAVAIL: "is no address of this machine",
    errno.EACCES: "needs rights that this user lacks",
}


class CannotListen(Exception):
    """An address cannot be listened on; the message says why."""


async def trouble_listening(address: str, *, flag: str = "--grpc") -> str | None:
    """Return why `HOST:PORT` cannot be listened on, in one sentence with what to do; None where it can.

    `flag` is the one that names the address.
    """
    host, _, port = address.rpartition(":")
    try:
        looking = await asyncio.start_server(lambda *_: None, host.strip("[]"), int(port))
    except OSError as error:
        return trouble(address, error, flag=flag)
    looking.close()
    await looking.wait_closed()
    return None


def trouble(address: str, error: OSError | None = None, *, flag: str = "--grpc") -> str:
    """Return the sentence for an address on which listening failed with an error, where it is known."""
    port = address.rpartition(":")[2]
    taken = port.isdigit() and (error is None or error.errno == errno.EADDRINUSE)
    holder = _holder(int(port)) if taken else ""
    if holder:
        return f"{address} is taken by {holder}. End that process, or name another address with {flag}."
    why = _REASONS.get(error.errno or 0, os.strerror(error.errno or 0).lower()) if error else "is taken"
    return f"{address} cannot be listened on: it {why}. Name another address with {flag}."


def _holder(port: int) -> str:
    """Return who listens on a port, as far as this user may know: "process 17 (postgres)"; empty where unknown."""
    try:
        connections = psutil.net_connections("tcp")
    except (psutil.Error, OSError):
        return ""
    for connection in connections:
        listens = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port
        if listens and connection.pid is not None:
            return f"process {connection.pid} ({_name(connection.pid)})"
    return ""


def _name(pid: int) -> str:
    try:
        return psutil.Process(pid).name()
    except psutil.Error:
        return "gone"
