"""What we measure ourselves against, in SQL, frozen: each file is known by its hash, so that no bar moves unnoticed.

Where the schema has changed, mend the file and run `python -m bench.baselines`: it places orders both ways and freezes
the file anew, unless the two wrote different rows or columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.ratio import Unmeasurable
from hub.database.pool import Database

FOLDER: Final = Path(__file__).parent
HASHES_FILE: Final = FOLDER / "frozen.sha256"
"""A line per file, as sha256sum writes and checks them."""


def _hashes() -> dict[str, str]:
    lines = HASHES_FILE.read_text("utf-8").splitlines()
    return {name: known for known, name in (line.split() for line in lines)}


HASHES: Final[Mapping[str, str]] = _hashes()

_OLDEST: Final = 180000


def frozen(name: str) -> str:
    """The text of a baseline. Raises Unmeasurable when it is not what was frozen."""
    content = (FOLDER / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != HASHES[name]:
        raise Unmeasurable(f"bench/baselines/{name} was changed; a ratio to it would mean something else than before")
    return content.decode()


async def install(url: str, name: str, *, frozen_only: bool = True) -> None:
    """Puts a baseline into a database.

    Raises Unmeasurable when the server is too old for it, or when it was changed and only a frozen one will do.
    """
    text = frozen(name) if frozen_only else (FOLDER / name).read_text("utf-8")
    sequence, function = text.split(";\n\n", maxsplit=1)
    async with Database(url, max_connections=1) as database, database.transaction() as tx:
        version = (await tx.fetch("SELECT current_setting('server_version_num')::integer AS number"))[0]["number"]
        if version < _OLDEST:
            raise Unmeasurable("the baseline makes time-ordered identities, which PostgreSQL has from version 18 on")
        await tx.execute(sequence)
        await tx.execute(function)
