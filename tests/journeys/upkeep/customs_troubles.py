"""How declarations to customs, and VAT numbers, come to need a person."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hub.api.fulfillment.declarations import RECORD_DECLARATION_EVENTS
from hub.exceptions.model import ExceptionReason
from hub.trade.model.declarations import DeclarationEvent, DeclarationState
from tests.journeys.fulfillment.test_declarations import abroad, declared, sent
from tests.journeys.orders.test_vat_numbers import ended_out_of_force
from tests.unit.api.serving import Served

_HOUR = timedelta(hours=1)


async def incomplete(hub: Served, _: Path, __: pytest.MonkeyPatch) -> None:
    await abroad(hub.world)
    await sent(hub.world, incoterm="")
    await hub.world.settle()


async def document_missing(hub: Served, _: Path, __: pytest.MonkeyPatch) -> None:
    await abroad(hub.world, "MISSING")
    await sent(hub.world)
    await hub.world.advance(6 * _HOUR)


async def rejected(hub: Served, _: Path, __: pytest.MonkeyPatch) -> None:
    await abroad(hub.world, "REJECT")
    await sent(hub.world)
    await hub.world.advance(6 * _HOUR)


async def silent(hub: Served, _: Path, __: pytest.MonkeyPatch) -> None:
    await abroad(hub.world, "SILENT")
    await sent(hub.world)
    await hub.world.advance(50 * _HOUR)


async def released_unaccepted(hub: Served, _: Path, __: pytest.MonkeyPatch) -> None:
    world = hub.world
    await abroad(world, "SILENT")
    case = await sent(world)
    (one,) = await declared(world, case.order_id)
    event = DeclarationEvent(DeclarationState.RELEASED, await world.now(), "e-1", one.declaration_id)
    await world.ask(RECORD_DECLARATION_EVENTS, event)
    await world.advance(_HOUR)


async def vat_number_out_of_force(hub: Served, _: Path, __: pytest.MonkeyPatch) -> None:
    await ended_out_of_force(hub.world)
    await hub.world.settle()


ROWS = {
    ExceptionReason.VAT_NUMBER_NOT_IN_FORCE: vat_number_out_of_force,
    ExceptionReason.DECLARATION_INCOMPLETE: incomplete,
    ExceptionReason.DECLARATION_HELD: document_missing,
    ExceptionReason.DECLARATION_REJECTED: rejected,
    ExceptionReason.DECLARATION_OVERDUE: silent,
    ExceptionReason.DECLARATION_CONTRADICTED: released_unaccepted,
}
"""How each is raised."""
