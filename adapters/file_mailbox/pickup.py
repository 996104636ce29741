"""Takes files out of a mailbox and hands them to the hub as documents. Archives each once the hub has committed it."""

from __future__ import annotations

import logging
import re
import secrets
from datetime import datetime
from typing import Final

import grpc

from adapters.file_mailbox.settings import Settings
from adapters.sdk.documents.reading import shown
from adapters.sdk.mailbox.arrivals import Arrivals
from adapters.sdk.mailbox.files import FileGone
from adapters.sdk.mailbox.mailbox import Mailbox, StillGrowing, Taken, TooLarge
from adapters.sdk.mailbox.settings import opened
from adapters.sdk.state.client import AdapterState, LeaseHeld
from adapters.sdk.webhooks.inbox import HubInbox

MEDIA_TYPE: Final = "application/x-file-mailbox"
_NAMED: Final = re.compile(re.escape(MEDIA_TYPE) + r'; ?name="([^"]{1,200})"')
_LEASE_SECONDS: Final = 60.0
_LOG: Final = logging.getLogger(__name__)


def media_type_of(name: str) -> str:
    """Return the media type of a file of this name; the layout is found by it whenever the document is read."""
    return f'{MEDIA_TYPE};name="{name}"'


def name_in(media_type: str) -> str:
    """Return the name of the file in a media type; empty where it has none."""
    stated = _NAMED.fullmatch(media_type)
    return stated[1] if stated else ""


class Pickup:
    """Picks files up, of each account by one process at a time."""

    def __init__(self, state: AdapterState, inbox: HubInbox) -> None:
        self._state, self._inbox = state, inbox
        self._holder = secrets.token_hex(8)
        self._arrivals: dict[str, Arrivals] = {}

    async def pick_up(self, account_id: str, settings: Settings, at: datetime) -> bool:
        """Hand the files that are whole to the hub; return whether more wait. `at` is the time of this look.

        Raises MailboxUnavailable, MailboxRefused.
        """
        try:
            await self._state.acquire_lease(account_id, "mailbox", self._holder, span_seconds=_LEASE_SECONDS)
        except LeaseHeld:
            return False
        async with opened(settings.mailbox) as mailbox:
            for place in await mailbox.left_behind():
                await self._finish(mailbox, place, account_id)
            return await self._take_all(mailbox, account_id, settings, at)

    async def _take_all(self, mailbox: Mailbox, account_id: str, settings: Settings, at: datetime) -> bool:
        arrivals = self._arrivals.setdefault(account_id, Arrivals(settings.mailbox.settle))
        look = await mailbox.look(arrivals, at)
        for left in look.left:
            _LOG.warning("%s: left %s in the mailbox: %s", account_id, shown(left.name), left.reason)
        for entry in look.whole[: settings.files_at_once]:
            try:
                taken = await mailbox.take(entry)
            except (FileGone, StillGrowing):
                continue
            await self._keep(mailbox, taken, account_id)
        return len(look.whole) > settings.files_at_once

    async def _finish(self, mailbox: Mailbox, place: str, account_id: str) -> None:
        """Go on with a file that a process took and left behind."""
        try:
            taken = await mailbox.read_again(place)
        except FileGone:
            return
        except TooLarge:
            await mailbox.refuse(place)
        else:
            await self._keep(mailbox, taken, account_id)

    async def _keep(self, mailbox: Mailbox, taken: Taken, account_id: str) -> None:
        """Have the hub keep a file, then archive it; what the hub keeps under no circumstances is set aside."""
        try:
            await self._inbox.keep(account_id, media_type_of(taken.name), taken.content, taken.name)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.INVALID_ARGUMENT:
                raise
            _LOG.warning("%s: the hub refuses %s: %s", account_id, shown(taken.name), error.details())
            await mailbox.refuse(taken.place)
        else:
            await mailbox.archive(taken.place)
