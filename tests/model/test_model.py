"""The hub and a model of its rules agree on random histories: units, money and states, after every command."""

from __future__ import annotations

import os

import pytest

from tests.model.playing import audited, play
from tests.unit.api.serving import Served

HISTORIES = 5_000 if os.environ.get("CROSSDOCK_TEST_FULL") else 200
SIDE_BY_SIDE = 50


@pytest.mark.slow
async def test_the_hub_and_the_model_agree(hub: Served) -> None:
    for start in range(0, HISTORIES, SIDE_BY_SIDE):
        differences = await play(hub, range(start, start + SIDE_BY_SIDE))
        assert not differences, "\n".join(differences.values())

    assert await audited(hub) == []
