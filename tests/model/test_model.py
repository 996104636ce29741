"""The hub and a model of its rules agree on random histories: units, money, stock and states, after every command."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Final

import pytest

from hub.cases import worth
from tests.model.comparing import audited
from tests.model.given import Draft, LineDraft, TenderDraft
from tests.model.histories import Command
from tests.model.playing import explained, play, replay
from tests.unit.api.serving import Served

FULL: Final = bool(os.environ.get("CROSSDOCK_TEST_FULL"))
FIRST: Final = int(os.environ.get("CROSSDOCK_TEST_SEED", "0"))
HISTORIES: Final = int(os.environ.get("CROSSDOCK_TEST_HISTORIES", "5000" if FULL else "200"))
SIDE_BY_SIDE: Final = 100


@pytest.mark.slow
async def test_the_hub_and_the_model_agree(hub: Served) -> None:
    for start in range(FIRST, FIRST + HISTORIES, SIDE_BY_SIDE):
        differences = await play(hub, range(start, min(start + SIDE_BY_SIDE, FIRST + HISTORIES)))
        assert not differences, "\n".join(differences)

    assert await audited(hub) == []


async def test_what_differs_is_shown_as_a_short_script_that_can_be_pasted(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a hub that rounds the value of units down, and a script of more commands than it takes to see that."""
    monkeypatch.setattr(worth, "first_units", lambda amount, units, count: amount * count // units)
    sold = Draft("WEB-NL", "EUR", (LineDraft("A", 3, 10**9), LineDraft("B", 1, 10**9)), (TenderDraft("HUB"),))
    script = [
        Command("receive_stock", {"units": {("DC-NL", "A"): 9, ("DC-NL", "B"): 9}}),
        Command("place", {"draft": replace(sold, discount=101)}),
        Command("report", {"order": 0, "work": 0, "state": "PICKED", "units": {1: 1}}),
        Command("ship", {"order": 0, "work": 0, "units": {2: 1}}),
        Command("ship", {"order": 0, "work": 0, "units": {1: 1}}),
        Command("deliver", {"order": 0, "parcel": 0}),
    ]

    shown = await explained(hub, script)

    assert "captured" in shown
    pasted = eval(shown.partition("replay(hub, ")[2].removesuffix(")"))
    assert [command.kind for command in pasted] == ["receive_stock", "place", "wait", "wait", "ship"]
    assert await replay(hub, pasted)
