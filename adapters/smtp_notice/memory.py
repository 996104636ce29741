"""What became of the mails of an account: one entry per operation, at the hub, so that a repeat sends nothing.

SMTP knows no key. The entry is written before the mail is sent and settled after, so that one of two calls sends. A
process that ends in between, or a connection that breaks, leaves it unsettled: the mail may be out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from adapters.sdk.http.failures import NothingDone, OutcomeUnknown
from adapters.sdk.state.client import AdapterState, StateChanged
from adapters.sdk.times import instant_from, text_of

SENDING_SPAN: Final = timedelta(minutes=2)
"""Longer than a delivery takes: one that began earlier has ended, however it ended."""


class Stage(StrEnum):
    """How far the mail of an operation is."""

    NONE = "none"
    """Never tried, or certainly not sent."""
    SENDING = "sending"
    """Being sent, or left behind: it may be out."""
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """The mail of an operation.

    Attributes:
        stage: How far it is.
        content: Fingerprint of what was asked.
        began_at: When the last attempt began, as `times.text_of` writes it; empty: there was none.
        code: Code of a refusal.
        message: Why it was refused.
        version: Version of the entry that was read.
    """

    stage: Stage = Stage.NONE
    content: str = ""
    began_at: str = ""
    code: str = ""
    message: str = ""
    version: int = 0

    def in_hand(self, at: datetime) -> bool:
        """Whether a call may be sending it now."""
        return self.stage is Stage.SENDING and at - instant_from(self.began_at) < SENDING_SPAN


class Memory:
    """The mails of all accounts."""

    def __init__(self, state: AdapterState) -> None:
        self._state = state

    async def recall(self, account_id: str, operation_key: str) -> Mailing:
        """Return the mail of an operation."""
        entry = await self._state.get(account_id, _key(operation_key))
        if not entry.version:
            return Mailing()
        values = json.loads(entry.value)
        return Mailing(**{**values, "stage": Stage(values["stage"])}, version=entry.version)

    async def begin(self, account_id: str, operation_key: str, known: Mailing, content: str, at: datetime) -> Mailing:
        """Note that this call sends the mail. Raises NothingDone where another call does."""
        if known.in_hand(at):
            raise NothingDone("Another call is sending this mail.")
        begun = Mailing(stage=Stage.SENDING, content=content, began_at=text_of(at), version=known.version)
        try:
            return await self._write(account_id, operation_key, begun)
        except StateChanged:
            raise NothingDone("Another call began to send this mail.") from None

    async def settle(self, account_id: str, operation_key: str, mailing: Mailing) -> None:
        """Note what became of the mail. Raises OutcomeUnknown where another call noted something else meanwhile."""
        try:
            await self._write(account_id, operation_key, mailing)
        except StateChanged:
            raise OutcomeUnknown("Another call noted another outcome of this mail.") from None

    async def _write(self, account_id: str, operation_key: str, mailing: Mailing) -> Mailing:
        values = {name: value for name, value in asdict(mailing).items() if name != "version"}
        content = json.dumps(values, sort_keys=True).encode()
        version = await self._state.compare_and_set(account_id, _key(operation_key), content, mailing.version)
        return replace(mailing, version=version)


def _key(operation_key: str) -> str:
    return f"mail/{operation_key}"
