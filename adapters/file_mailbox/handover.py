"""Hands a file to a warehouse once per operation, and knows whether it did, whenever the process ended.

The file is staged, the entry of the operation is written, and the file gets its name. Without the entry nobody can have
seen the file; with it, the file is out exactly when it is no longer staged.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Final
from weakref import WeakValueDictionary

from adapters.sdk.http.failures import NothingDone, OutcomeUnknown
from adapters.sdk.mailbox.files import MailboxRefused, MailboxUnavailable
from adapters.sdk.mailbox.mailbox import Mailbox, PutUnsure
from adapters.sdk.state.client import AdapterState, LeaseHeld

_KEY: Final = "file/"
_LEASE_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Handed:
    """A file that is handed over under an operation: its name and the fingerprint of its bytes."""

    name: str
    content: str


class KeyReused(Exception):
    """The operation handed over another file."""


class Handover:
    """Hands files over, each operation by one call at a time."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._holder = state, secrets.token_hex(8)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def handed(self, account_id: str, operation_key: str) -> Handed | None:
        """Return the file of an operation; None where certainly none is out."""
        entry = await self._state.get(account_id, _KEY + operation_key)
        return Handed(**json.loads(entry.value)) if entry.version else None

    async def hand_over(
        self, mailbox: Mailbox, account_id: str, operation_key: str, name: str, content: bytes
    ) -> Handed:
        """Hand over the file of an operation unless it was.

        Raises KeyReused, NameTaken, NameRefused, TooLarge; NothingDone and OutcomeUnknown for a mailbox that fails.
        """
        lock = self._locks.setdefault(operation_key, asyncio.Lock())
        try:
            async with lock:
                return await self._hand_over(mailbox, account_id, operation_key, name, content)
        except PutUnsure as error:
            raise OutcomeUnknown(str(error)) from error
        except LeaseHeld:
            raise NothingDone("Another process hands this file over.") from None
        except (MailboxUnavailable, MailboxRefused) as error:
            raise NothingDone(f"The mailbox takes no file: {error}.") from error

    async def _hand_over(
        self, mailbox: Mailbox, account_id: str, operation_key: str, name: str, content: bytes
    ) -> Handed:
        lease = _KEY + operation_key
        await self._state.acquire_lease(account_id, lease, self._holder, span_seconds=_LEASE_SECONDS)
        asked, token = Handed(name, hashlib.sha256(content).hexdigest()), _token(operation_key)
        known = await self.handed(account_id, operation_key)
        if known is None:
            await mailbox.stage(token, name, content)
            entry = json.dumps(asdict(asked), sort_keys=True).encode()
            await self._state.compare_and_set(account_id, _KEY + operation_key, entry, 0)
        elif known != asked:
            raise KeyReused
        if await mailbox.is_staged(token):
            await mailbox.publish(token, name)
        return asked


async def is_out(mailbox: Mailbox, operation_key: str) -> bool:
    """Return whether the file of an operation that has an entry was handed over."""
    return not await mailbox.is_staged(_token(operation_key))


def _token(operation_key: str) -> str:
    return hashlib.sha256(operation_key.encode()).hexdigest()[:24]
