"""What we measure ourselves against, in SQL, frozen: each file is known by its hash, so that no bar moves unnoticed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.ratio import Unmeasurable
from hub.database.pool import Database

HASHES: Final[Mapping[str, str]] = {
    "place_order.sql": "85e8679ee125f54f8c6d9dd13a7e3f92964fda53cbf39c6a552d3cc147a07cd0"
}

_OLDEST: Final = 180000


def frozen(name: str) -> str:
    """The text of a baseline. Raises Unmeasurable when it is not what was frozen."""
    content = (Path(__file__).parent / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != HASHES[name]:
        raise Unmeasurable(f"bench/baselines/{name} was changed; a ratio to it would mean something else than before")
    return content.decode()


async def install(url: str, name: str) -> None:
    """Puts a baseline into a database. Raises Unmeasurable when it was changed or the server is too old for it."""
    sequence, function = frozen(name).split(";\n\n", maxsplit=1)
    async with Database(url, max_connections=1) as database, database.transaction() as tx:
        version = (await tx.fetch("SELECT current_setting('server_version_num')::integer AS number"))[0]["number"]
        if version < _OLDEST:
            raise Unmeasurable("the baseline makes time-ordered identities, which PostgreSQL has from version 18 on")
        await tx.execute(sequence)
        await tx.execute(function)
