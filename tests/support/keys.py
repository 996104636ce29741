"""Keys of people: in memory, for what a single connection does, and in a file, for hubs that share a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hub.config.master_keys import MasterKeys
from hub.config.person_keys import PersonKeyFile


@dataclass
class KeysInMemory:
    """Keys that end with the test."""

    keys: dict[int, bytes] = field(default_factory=dict)

    def take(self, count: int) -> Sequence[tuple[int, bytes]]:
        """New keys, counted from 1."""
        first = len(self.keys) + 1
        self.keys |= {number: number.to_bytes(32, "big") for number in range(first, first + count)}
        return [(number, self.keys[number]) for number in range(first, first + count)]

    def read(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """Those that were not destroyed."""
        return {number: self.keys[number] for number in numbers if self.keys[number]}

    def destroy(self, numbers: Sequence[int]) -> None:
        """Destroys some."""
        self.keys |= dict.fromkeys(numbers, b"")


def person_keys(folder: Path, *, block: int = 16) -> PersonKeyFile:
    """The keys of a folder, as `up` has them in its data."""
    return PersonKeyFile(folder / "people.keys", MasterKeys(folder / "master.json"), block=block)
