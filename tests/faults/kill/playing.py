"""Plays the story on an installation of its own and kills parts of it once so many messages are settled."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event
from typing import Any, Final

import psycopg

from hub.app.client import connected
from hub.app.demo import plan
from hub.app.demo.condensed import condensed, digest
from hub.app.demo.expected import Finding, findings
from hub.app.demo.partners import Partners
from hub.app.demo.reading import Ending, read_ending
from hub.app.demo.stage import hosted, partners_folder, stage
from hub.app.demo.steady import SteadyHub
from hub.app.demo.story import Story
from hub.app.supervisor.up import Installation
from hub.config.settings import Settings
from hub.kernel.instant import Instant
from tests.faults.kill import effects

VICTIMS: Final = ("api", "worker", "adapter", "postgres")
_LOOK_SECONDS: Final = 0.005
_COUNT: Final = """
SELECT (SELECT count(*) FROM message WHERE state = 'SETTLED') + (SELECT count(*) FROM settled_message)
"""
"""Settled messages, those out of the way included."""


@dataclass(frozen=True)
class Kill:
    """Kill a part (an adapter: the one whose number among them this is) once so many messages are settled."""

    settled: int
    victim: str
    number: int = 0


@dataclass
class Run:
    """What came of a run."""

    ending: Ending
    findings: Sequence[Finding]
    state: dict[str, Any]
    doubled: dict[str, list[Any]]
    untoward: list[str]
    settled: int
    before_returns: int = 0
    """Messages settled before anything came back."""
    killed: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The hash of the state it ended in."""
        return digest(self.state)

    @property
    def unmet(self) -> list[str]:
        """Expectations that are not met."""
        return [f"{one.expectation}: {one.found}" for one in self.findings if not one.met]


def kills_of(seed: int, messages: int, *, begun: int = 0) -> list[Kill]:
    """One kill of each victim at points drawn by a seed from a run of so many messages, earliest first.

    With `begun`, all of them after so many messages.
    """
    random = Random(seed)
    margin = (messages - begun) // 20
    points = sorted(random.sample(range(begun + margin, messages - margin), len(VICTIMS)))
    victims = random.sample(VICTIMS, len(VICTIMS))
    return [Kill(point, victim, random.randrange(1000)) for point, victim in zip(points, victims, strict=True)]


async def played(data: Path, kills: Sequence[Kill]) -> Run:
    """Plays the story in a new folder `data`, with kills by count of settled messages."""
    leaving = Event()
    said: list[str] = []
    async with stage(Settings(data=data), data, said.append) as installation:
        killing = asyncio.create_task(_kill(installation, kills))
        try:
            ending, found, before_returns = await asyncio.to_thread(_play, installation, leaving)
            settled = await _settled(installation)
        finally:
            leaving.set()
            killing.cancel()
            with suppress(asyncio.CancelledError):
                await killing
    folder = partners_folder(data)
    return Run(
        ending=ending,
        findings=found,
        state=condensed(ending) | effects.told(folder, ending),
        doubled=effects.doubled(folder),
        untoward=effects.untoward(folder),
        settled=settled or 0,
        before_returns=before_returns,
        killed=[line for line in said if "ended" in line],
    )


def _play(installation: Installation, leaving: Event) -> tuple[Ending, list[Finding], int]:
    data = installation.data
    counted = [0]

    def tell(at: Instant, _: str) -> None:
        if at < plan.STORE_RETURN_AT:
            counted.append(asyncio.run(_settled(installation)) or counted[-1])

    with connected(installation.address, installation.token) as client:
        hub = SteadyHub(client, leaving)
        story = Story(
            hub=hub,
            partners=Partners(partners_folder(data)),
            hosted=lambda network: hosted(data, network),
            tell=tell,
        )
        story.play()
        ending = read_ending(hub)
    return ending, findings(ending, story.put_off), counted[-1]


async def _kill(installation: Installation, kills: Sequence[Kill]) -> None:
    """Kills each victim at its point, or as soon after it as the victim lives."""
    for kill in kills:
        while (await _settled(installation) or 0) < kill.settled or not _pids(installation, kill):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        pids = _pids(installation, kill)
        os.kill(pids[kill.number % len(pids)], signal.SIGKILL)


def _pids(installation: Installation, kill: Kill) -> list[int]:
    """The living processes that a kill may mean, by name."""
    return [pid for name, pid in sorted(installation.running.items()) if name.split()[0] == kill.victim]


async def _settled(installation: Installation) -> int | None:
    """Messages settled so far; None while the database is away."""
    if installation.embedded is None:
        return None
    with suppress(psycopg.OperationalError):
        async with await psycopg.AsyncConnection.connect(installation.embedded.url, autocommit=True) as connection:
            row = await (await connection.execute(_COUNT)).fetchone()
            return int(row[0]) if row else 0
    return None
