"""Parties that calls ask for at the same moment are read together, and each caller gets its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from hub.connect.contacts import GatheredContacts
from hub.parties.model import Contact

ADA, BEN = UUID(int=1), UUID(int=2)


class Parties:
    """Two parties, and which readings were made of them."""

    def __init__(self) -> None:
        self.readings: list[list[UUID]] = []
        self.began = asyncio.Event()
        self.away = False

    async def read(self, party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
        """Reads after a turn of the loop."""
        self.readings.append(list(party_ids))
        self.began.set()
        await asyncio.sleep(0)
        if self.away:
            raise ConnectionError
        return {party_id: Contact(f"Party {party_id.int}") for party_id in party_ids}


async def test_who_asks_together_is_read_for_once() -> None:
    parties = Parties()
    contacts = GatheredContacts(parties.read)

    answers = await asyncio.gather(contacts([ADA]), contacts([BEN, ADA]), contacts([ADA]))

    assert parties.readings == [[ADA, BEN]]
    assert [answer[ADA].name for answer in answers] == ["Party 1"] * 3


async def test_who_asks_while_others_are_read_for_is_read_for_next() -> None:
    parties = Parties()
    contacts = GatheredContacts(parties.read)

    first = asyncio.create_task(contacts([ADA]))
    await parties.began.wait()
    assert set(await contacts([BEN])) == {BEN}
    assert set(await first) == {ADA}


async def test_a_caller_that_leaves_takes_no_answer_from_others() -> None:
    contacts = GatheredContacts(Parties().read)

    leaving, staying = asyncio.create_task(contacts([ADA])), asyncio.create_task(contacts([BEN]))
    await asyncio.sleep(0)
    leaving.cancel()

    assert (await staying)[BEN].name == "Party 2"


async def test_a_reading_that_fails_fails_for_all_who_asked_and_for_nobody_later() -> None:
    parties = Parties()
    contacts = GatheredContacts(parties.read)

    parties.away = True
    failures = await asyncio.gather(contacts([ADA]), contacts([BEN]), return_exceptions=True)
    assert [type(failure) for failure in failures] == [ConnectionError, ConnectionError]
    parties.away = False
    assert set(await contacts([ADA])) == {ADA}
