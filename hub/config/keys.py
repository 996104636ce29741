"""The keys of an installation: made once, kept in one file that only its owner may read, never shown.

Losing the file makes look-ups by e-mail and stored documents useless; giving it away makes them readable.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Self

KEY_BYTES: Final = 32
RESTORE: Final = "Restore the file from your backup, or name the right one in CROSSDOCK_KEYS."


class KeysUnusable(Exception):
    """The file of keys cannot be used; the message says why and what helps, never what is in it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """One key per purpose: `blind_index` for look-ups of personal data, `documents` for contents of the inbox,
    `fingerprints` for what requests are compared by.
    """

    blind_index: bytes = field(repr=False)
    documents: bytes = field(repr=False)
    fingerprints: bytes = field(repr=False)

    @classmethod
    def made(cls) -> Self:
        """New keys."""
        return cls(*(secrets.token_bytes(KEY_BYTES) for _ in fields(cls)))

    @property
    def fingerprint(self) -> bytes:
        """What tells these keys from others, and tells nothing about them."""
        return hashlib.sha256(self.blind_index + self.documents + self.fingerprints).digest()

    @classmethod
    def kept_in(cls, path: Path, *, make: bool = True) -> Self:
        """The keys of a file, made where there is none. Several processes may ask at once: all get the same.

        Raises KeysUnusable for a file that others may read or that does not hold keys, and where there is none and none
        are to be made.
        """
        if not path.exists():
            if not make:
                raise KeysUnusable(f"{path} is missing, and the database was written with its keys. {RESTORE}")
            made = cls.made()
            put_unless_there(path, json.dumps({one.name: getattr(made, one.name).hex() for one in fields(cls)}))
        refuse_shared(path, path.stat())
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{one.name: key_of(stored[one.name]) for one in fields(cls)})
        except (ValueError, KeyError, TypeError):
            raise KeysUnusable(
                f"{path} does not hold the keys of an installation; restore it from your backup."
            ) from None


def key_of(text: str) -> bytes:
    """Return the key that hexadecimal digits stand for. Raises ValueError where it has another length."""
    key = bytes.fromhex(text)
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return key


def refuse_shared(path: Path, status: os.stat_result) -> None:
    """Raises KeysUnusable for a file, with this status, that other users may read or write."""
    if status.st_mode & 0o077:
        raise KeysUnusable(f"{path} can be read by other users; run chmod 600 on it.")


def put_unless_there(path: Path, text: str) -> None:
    """Writes a file whole that only its owner reads, and its folder; the first of several writers wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = _written_beside(path, text)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    sync_folder(path.parent)


def replace_whole(path: Path, text: str) -> None:
    """Replaces a file by one that only its owner reads, so that a reader sees the old one or the new one."""
    _written_beside(path, text).replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Has the names in a folder on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written_beside(path: Path, text: str) -> Path:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(descriptor)
    return fresh
