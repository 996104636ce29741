"""Every rpc, every field, hostile values: each is answered or refused by name, none is INTERNAL or UNKNOWN.

A run tries some values of every field, by a seed; with CROSSDOCK_TEST_FULL=1 all of them, and compares what each answer
costs with an echo of the same bytes. `CROSSDOCK_WALK_SEED` names another seed than the day's.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import Final

import pytest
from google.protobuf.descriptor import MethodDescriptor

from hub.api.servicers import SERVICES
from tests.unit.api.serving import Served
from tests.walks.answers import Ended, flaws
from tests.walks.bases import Base, as_new, base
from tests.walks.calls import Caller, calling
from tests.walks.costs import CHEAP_SECONDS, TIMES, Asking, Echo, cheapest, echoing, processor_seconds
from tests.walks.hostile import Variant, paths, variants
from tests.walks.requests import facts

FULL: Final = "CROSSDOCK_TEST_FULL" in os.environ
SEED: Final = os.environ.get("CROSSDOCK_WALK_SEED") or datetime.now(UTC).date().isoformat()
A_FIELD: Final = 3
"""Values of each field that a short run tries."""
WAITING: Final = frozenset({"min_position"})
"""Fields that say what to wait for: a deadline ends it, and what the hub does meanwhile is not the call's cost."""


class Walk:
    """Asks one hub, and keeps what was answered wrongly."""

    def __init__(self, caller: Caller, echo: Echo, random: Random) -> None:
        self._caller, self._echo, self._random = caller, echo, random
        self.wrong: list[str] = []
        self.asked: Counter[str] = Counter()

    async def rpc(self, method: MethodDescriptor, known: dict[str, str]) -> None:
        """Asks an rpc for all hostile variants of a sound call that are due in this run."""
        sound = base(method, known)
        first = await self._caller.ended(method, sound.calls(-1, b""))
        assert not first.unclear, f"{method.full_name}: no sound call to start from: {first}"
        assert not any(refused.malformed for refused in first.refusals), f"{method.full_name}: {first}"
        for number, message in enumerate(sound.messages):
            for path in paths(message):
                for variant in self._due(list(variants(as_new(message), path, known))):
                    await self._try(method, sound, number, variant)

    def _due(self, found: list[Variant]) -> list[Variant]:
        return found if FULL else self._random.sample(found, min(A_FIELD, len(found)))

    async def _try(self, method: MethodDescriptor, sound: Base, number: int, variant: Variant) -> None:
        async def ask() -> Ended:
            return await self._caller.ended(method, sound.calls(number, variant.content()))

        ended = await ask()
        self.asked[ended.code.name] += 1
        name = f"{method.full_name} {variant.name}"
        if WAITING.intersection(variant.path):
            return
        self.wrong += [f"{name}: {flaw}" for flaw in flaws(method, ended)]
        if FULL and not variant.sound:
            self.wrong += [f"{name}: {cost}" for cost in await self._costs(variant.content(), ask)]

    async def _costs(self, content: bytes, ask: Asking) -> list[str]:
        """Return that an answer costs too much beside an echo, if it does each time."""
        if await processor_seconds(ask) < CHEAP_SECONDS:
            return []
        echo, answer = await cheapest(lambda: self._echo(content)), await cheapest(ask)
        if answer <= max(TIMES * echo, CHEAP_SECONDS):
            return []
        return [f"costs {answer:.3f} s for {len(content)} bytes, whose echo costs {echo:.4f} s"]


@pytest.mark.parametrize("service", SERVICES)
async def test_no_value_of_any_field_is_answered_by_a_failure(hub: Served, service: str) -> None:
    known = await facts(hub)
    async with echoing() as echo:
        with calling(hub) as caller:
            walk = Walk(caller, echo, Random(f"{SEED} {service}"))
            for method in SERVICES[service].methods:
                await walk.rpc(method, known)

    assert not walk.wrong, f"seed {SEED}, {dict(walk.asked)}:\n" + "\n".join(walk.wrong)
