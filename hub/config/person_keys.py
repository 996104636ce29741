"""The keys of people: one for each party, in a file of its own outside the database and its write-ahead log.

What the database keeps of a person is sealed with that person's key. Who is erased loses the key, so that no dump, no
backup of the database and no log of it shows the person again.

The file is a row of slots of one size. A key's number is the place of its slot; a slot holds the number of a master key
and the key wrapped by it, or zeros once the key was destroyed. Processes take slots in blocks: a block is written and
synced before its first key is used, so a batch of orders waits for no disk. What a process leaves of a block is never
used. Changes of the file go under its lock, so any number of processes may share it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import struct
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.config.keys import KEY_BYTES, KeysUnusable, refuse_shared, sync_folder
from hub.config.master_keys import MasterKeys

PersonKey = tuple[int, bytes]
"""The number of a key, and the key."""

_HEAD: Final = b"crossdock keys of people, 1\n".ljust(64, b"\0")
"""Slot 0: what the file is."""
_SLOT: Final = len(_HEAD)
_DESTROYED: Final = bytes(_SLOT)
_MASTER: Final = struct.Struct(">I")
_NONCE: Final = 12
BLOCK: Final = 512
"""Keys that a process takes at once."""
_CHUNK: Final = 4096
"""Slots that are wrapped again under one hold of the lock."""


class PersonKeyFile:
    """Keys of people in a file that several processes share."""

    def __init__(self, path: Path, masters: MasterKeys, *, block: int = BLOCK) -> None:
        """Makes the file where there is none. Raises KeysUnusable for one that others may read or that is another."""
        self._path = path
        self._masters = masters
        self._block = block
        self._mutex = threading.Lock()
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="person-keys")
        self._free: Iterator[PersonKey] = iter(())
        self._next: Future[list[PersonKey]] | None = None
        self._file = _opened(path)
        with self._locked():
            if not os.pread(self._file, 1, 0):
                self._write(0, _HEAD)
                sync_folder(path.parent)
        if os.pread(self._file, _SLOT, 0) != _HEAD:
            raise KeysUnusable(f"{path} does not hold keys of people; restore it from your backup.")

    def take(self, count: int) -> list[PersonKey]:
        """Return new keys, each with its number. They are on disk already."""
        taken: list[PersonKey] = []
        while len(taken) < count:
            key = next(self._free, None)
            if key is None:
                self._free = iter(self._made())
            else:
                taken.append(key)
        return taken

    def read(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """Return keys by their numbers; destroyed ones are absent. Raises KeysUnusable for one that never was there."""
        slots = {number: os.pread(self._file, _SLOT, number * _SLOT) for number in numbers}
        return {number: self._unwrapped(number, slot) for number, slot in slots.items() if slot != _DESTROYED}

    def destroy(self, numbers: Sequence[int]) -> None:
        """Destroys keys: on return nothing in the file gives them back."""
        with self._locked():
            for number in numbers:
                os.pwrite(self._file, _DESTROYED, number * _SLOT)
            os.fsync(self._file)

    def close(self) -> None:
        """Ends the work with the file."""
        self._maker.shutdown()
        os.close(self._file)

    def rotate(self) -> int:
        """Puts a new master key in force, wraps all keys by it, and destroys the others. Return how many were wrapped.

        Other processes may go on: they read the new master key when they meet its number. A call that was broken off
        is made good by the next one.
        """
        with self._locked():
            master = self._masters.add()
        wrapped, number = 0, 1
        while True:
            with self._locked():
                again, count = self._wrap_again(number)
                if count < _CHUNK:
                    self._masters.destroy_before(master)
                    return wrapped + again
            wrapped, number = wrapped + again, number + count

    def _wrap_again(self, first: int) -> tuple[int, int]:
        """Wraps a chunk of slots by the master key in force; return how many, and how many slots there were."""
        self._masters.reload()  # another call may have put a newer one in force
        data = os.pread(self._file, _CHUNK * _SLOT, first * _SLOT)
        slots = [data[at : at + _SLOT] for at in range(0, len(data) - len(data) % _SLOT, _SLOT)]
        wrapped = [
            slot if slot == _DESTROYED else self._wrapped(number, self._unwrapped(number, slot))
            for number, slot in enumerate(slots, first)
        ]
        self._write(first, b"".join(wrapped))
        return sum(slot != _DESTROYED for slot in slots), len(slots)

    def _made(self) -> list[PersonKey]:
        """The block that was made ahead, and has the next one made."""
        block = self._next.result() if self._next is not None else self._make()
        self._next = self._maker.submit(self._make)
        return block

    def _make(self) -> list[PersonKey]:
        """Writes a block of new keys at the end of the file."""
        keys = [secrets.token_bytes(KEY_BYTES) for _ in range(self._block)]
        with self._locked():
            self._masters.reload()  # the one in force may have been replaced, and the one known here destroyed
            first = -(-os.fstat(self._file).st_size // _SLOT)
            block = list(enumerate(keys, first))
            self._write(first, b"".join(self._wrapped(number, key) for number, key in block))
        return block

    def _wrapped(self, number: int, key: bytes) -> bytes:
        master, wrapping = self._masters.in_force()
        nonce = secrets.token_bytes(_NONCE)
        return _MASTER.pack(master) + nonce + AESGCM(wrapping).encrypt(nonce, key, str(number).encode())

    def _unwrapped(self, number: int, slot: bytes) -> bytes:
        if len(slot) < _SLOT:
            raise KeysUnusable(
                f"{self._path} lacks key {number}: it is older than the database. Restore its newest copy."
            )
        wrapping = self._masters.of(_MASTER.unpack_from(slot)[0])
        nonce, text = slot[_MASTER.size : _MASTER.size + _NONCE], slot[_MASTER.size + _NONCE :]
        try:
            return AESGCM(wrapping).decrypt(nonce, text, str(number).encode())
        except InvalidTag:
            raise KeysUnusable(f"{self._path} holds no key {number}; restore its newest copy.") from None

    def _write(self, first: int, slots: bytes) -> None:
        os.pwrite(self._file, slots, first * _SLOT)
        os.fsync(self._file)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._mutex:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _opened(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        refuse_shared(path, os.fstat(file))
    except KeysUnusable:
        os.close(file)
        raise
    return file
