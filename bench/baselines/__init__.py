"""What we measure ourselves against, in SQL, frozen: each file is known by its hash, so that no bar moves unnoticed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.ratio import Unmeasurable

HASHES: Final[Mapping[str, str]] = {
    "place_order.sql": "80758fa7148bae146f81f569ead166682496fee9d6832fbb86505824775f2472",
    "sell_one.sql": "12760b10b4e0109b851c4b191dc2a33ab35132b55e70b48948b525b33a330ee8",
}


def frozen(name: str) -> str:
    """The text of a baseline. Raises Unmeasurable when it is not what was frozen."""
    content = (Path(__file__).parent / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != HASHES[name]:
        raise Unmeasurable(f"bench/baselines/{name} was changed; a ratio to it would mean something else than before")
    return content.decode()
