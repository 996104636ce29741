"""The master keys of an installation: they wrap the keys of people, and one replaces another while the hub runs.

They are kept in one file that only its owner may read, each under its number; the highest number is in force. Others
stay only until everything that they wrap is wrapped by the one in force.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hub.config.keys import KEY_BYTES, KeysUnusable, key_of, put_unless_there, refuse_shared, replace_whole

_FIRST: Final = 1


class MasterKeys:
    """The master keys of a file, read again when the file was replaced."""

    def __init__(self, path: Path) -> None:
        """Makes the file with a first key where there is none. Several processes may ask at once."""
        self._path = path
        if not path.exists():
            put_unless_there(path, _text({_FIRST: secrets.token_bytes(KEY_BYTES)}))
        self._keys = self._read()

    def reload(self) -> None:
        """Reads the file again. Raises KeysUnusable where it does not hold master keys."""
        self._keys = self._read()

    def in_force(self) -> tuple[int, bytes]:
        """Return the number of the key in force, and the key."""
        number = max(self._keys)
        return number, self._keys[number]

    def of(self, number: int) -> bytes:
        """Return the key of a number. Raises KeysUnusable where the file, read again, has none."""
        if number not in self._keys:
            self.reload()
        if number not in self._keys:
            raise KeysUnusable(f"{self._path} lacks master key {number}; restore it from your backup.")
        return self._keys[number]

    def add(self) -> int:
        """Puts a new key in force, beside the others; return its number."""
        self.reload()
        number = max(self._keys) + 1
        self._replace(self._keys | {number: secrets.token_bytes(KEY_BYTES)})
        return number

    def destroy_before(self, number: int) -> None:
        """Destroys the keys of lower numbers."""
        self.reload()
        self._replace({known: key for known, key in self._keys.items() if known >= number})

    def _replace(self, keys: Mapping[int, bytes]) -> None:
        replace_whole(self._path, _text(keys))
        self._keys = dict(keys)

    def _read(self) -> dict[int, bytes]:
        refuse_shared(self._path, self._path.stat())
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            keys = {int(number): key_of(text) for number, text in stored["master_keys"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            keys = {}
        if not keys:
            raise KeysUnusable(f"{self._path} does not hold master keys; restore it from your backup.")
        return keys


def _text(keys: Mapping[int, bytes]) -> str:
    return json.dumps({"master_keys": {str(number): key.hex() for number, key in keys.items()}})
