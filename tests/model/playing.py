"""Plays histories at a hub and in the model side by side, and shows where they differ as a script to be played again.

All histories of a play share the hub and its clock: a round is one command of each, then time that passes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final
from uuid import uuid4

from tests.model.comparing import Differs, compare, compare_stock, learn
from tests.model.driving import Driver
from tests.model.given import ROUND
from tests.model.histories import WAIT, Command, drawn
from tests.model.model import World
from tests.model.purse import Refused
from tests.model.units import Impossible
from tests.unit.api.serving import Served

ROUNDS: Final = 20
"""Commands of a history."""

_NIGHT: Final = 36 * ROUND
_NIGHT_AFTER: Final = 9
"""The round after which more time passes than the authorizations of some shops live."""

_AT_ONCE: Final = 8
"""Calls at the hub at the same time."""


@dataclass
class Player:
    """Plays one history; its commands come from a script, or are drawn as long as there is none."""

    driver: Driver
    script: Sequence[Command] | None = None
    seed: int = 0
    world: World = field(default_factory=World)
    played: list[Command] = field(default_factory=list)
    difference: str = ""

    def __post_init__(self) -> None:
        self._random = Random(self.seed)

    async def step(self) -> None:
        """Does the next command in the model and at the hub, which must agree whether it is refused, and why."""
        number = len(self.played)
        if self.script is None:
            command = drawn(self._random, self.world, number, onward=self.seed % 2 == 1)
        else:
            command = next(iter(self.script[number:]), WAIT)
        self.played.append(command)
        if command.kind == "wait":
            return
        try:
            expected = _modeled(self.world, command)
        except (Impossible, IndexError):
            return  # a command of a script of which other commands were taken out
        if (told := await self.driver.do(command)) != expected:
            raise Differs(f"answers {command.kind} with {told or 'done'}", expected or "done")

    async def look(self) -> None:
        """Compares all orders, after time has passed."""
        for order in self.world.orders:
            order.answer()
        await learn(self.driver, self.world)
        await compare(self.driver, self.world)


def _modeled(world: World, command: Command) -> str:
    given = dict(command.given)
    subject = world.orders[given.pop("order")] if "order" in given else world
    try:
        getattr(subject, command.kind)(**given)
    except Refused as refused:
        return str(refused)
    return ""


async def play(hub: Served, seeds: Iterable[int]) -> list[str]:
    """Plays histories drawn from seeds. Returns each that differs as a script, shortened."""
    players = [Player(_driver(hub), seed=seed) for seed in seeds]
    await _play(hub, players, ROUNDS)
    failed = [player for player in players if player.difference]
    return [f"seed {player.seed}: {await explained(hub, player.played)}" for player in failed]


async def first_to_differ(hub: Served, seeds: Iterable[int]) -> list[int]:
    """Plays histories drawn from seeds until one differs. Returns the seeds of those that do by then."""
    players = [Player(_driver(hub), seed=seed) for seed in seeds]
    await _play(hub, players, ROUNDS, enough=any)
    return [player.seed for player in players if player.difference]


async def replay(hub: Served, script: Sequence[Command]) -> str:
    """Plays a script. Returns what differs, if anything does."""
    (difference,) = await _differences(hub, [script])
    return difference


async def explained(hub: Served, script: Sequence[Command]) -> str:
    """Plays a script that differs. Returns what differs, and a shorter script that shows it."""
    script = await _shortened(hub, script)
    lines = "\n".join(f"    {command!r}," for command in script)
    return f"the hub {await replay(hub, script)}\nawait replay(hub, [\n{lines}\n])"


async def _shortened(hub: Served, script: Sequence[Command]) -> Sequence[Command]:
    """The script with as many commands as possible replaced by waiting, or left out at its end."""
    for _ in script:
        busy = [index for index, command in enumerate(script) if command is not WAIT]
        shorter = [script[: busy[-1]], *[[*script[:index], WAIT, *script[index + 1 :]] for index in busy[:-1]]]
        differ = await _differences(hub, shorter)
        if not any(differ):
            break
        script = next(candidate for candidate, difference in zip(shorter, differ, strict=True) if difference)
    return script


async def _differences(hub: Served, scripts: Sequence[Sequence[Command]]) -> list[str]:
    players = [Player(_driver(hub), script) for script in scripts]
    await _play(hub, players, max(len(script) for script in scripts))
    return [player.difference for player in players]


def _driver(hub: Served) -> Driver:
    return Driver(hub, uuid4().hex[:12])


async def _play(
    hub: Served, players: Sequence[Player], rounds: int, enough: Callable[[Iterable[str]], bool] = all
) -> None:
    """Plays rounds until `enough` players differ."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def checked(player: Player, act: Callable[[Player], Awaitable[None]]) -> None:
        async with limit:
            try:
                await act(player)
            except Differs as difference:
                player.difference = str(difference)

    async def each(act: Callable[[Player], Awaitable[None]]) -> None:
        await asyncio.gather(*[checked(player, act) for player in players if not player.difference])

    await each(lambda player: player.driver.put_items())
    for number in range(rounds):
        if enough([player.difference for player in players]):
            return
        await each(Player.step)
        span = _NIGHT if number == _NIGHT_AFTER else ROUND
        await hub.world.advance(span)
        for player in players:
            player.world.now += span // timedelta(minutes=1)
        await each(Player.look)
    await each(lambda player: compare_stock(player.driver, player.world))
