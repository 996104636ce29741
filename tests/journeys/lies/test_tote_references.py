"""Reports about totes that come again: the same changes nothing, other content is refused by name."""

from __future__ import annotations

import pytest

from hub.api.returns.tote_changes import SHIP_TOTES
from hub.kernel.errors import ReferenceReused
from hub.totes.errors import ToteMiscounted
from hub.totes.model import Tote, ToteShipment
from tests.support.drafts import draft, line
from tests.support.returns import authorize, delivered, request
from tests.support.totes import HUB_NODE, close, code, opened, scan, sent, unpacked
from tests.support.world import World


async def announced(world: World, units: int, *, reference: str = "W-70") -> str:
    """The code of a return of so many units."""
    await world.stock("SHIRT", HUB_NODE, units)
    bought = await delivered(world, draft(reference, [line("SHIRT", units, "50.00")]))
    back = await authorize(world, request(bought.order_id, units))
    return await code(world, back.rma.return_id)


async def filled(world: World, shown: str) -> Tote:
    return await scan(world, await opened(world), shown, reference="S-1")


async def test_a_scan_again_is_a_repeat_only_with_the_same_units_of_the_same_return(world: World) -> None:
    shown, other, tote = await announced(world, 3), await announced(world, 1, reference="W-71"), await opened(world)
    first = await scan(world, tote, shown, reference="S-1", lines=[(1, 1), (1, 1)])

    assert await scan(world, tote, shown, reference="S-1", lines=[(1, 2)]) == first
    for code_shown, lines in ((shown, [(1, 1)]), (shown, []), (other, [(1, 2)]), (other, []), ("nobody's", [])):
        with pytest.raises(ReferenceReused):
            await scan(world, tote, code_shown, reference="S-1", lines=lines)

    await scan(world, tote, shown, reference="S-2")
    assert await scan(world, tote, shown, reference="S-2") == await scan(world, tote, shown, reference="S-2")


async def test_a_receipt_of_a_tote_again_is_a_repeat_only_with_the_same_units(world: World) -> None:
    shown = await announced(world, 2)
    tote = await sent(world, await filled(world, shown))
    first = await unpacked(world, tote, [(shown, "", 1), ("", "LAMP", 1)], reference="R-1")

    for units in ([(shown, "", 1), ("", "LAMP", 1)], [("", "LAMP", 1), (shown, "SHIRT", 1)]):
        assert await unpacked(world, tote, units, reference="R-1") == first
    for units in (
        [],
        [(shown, "", 2), ("", "LAMP", 1)],
        [(shown, "", 1), ("", "VASE", 1)],
        [(shown, "LAMP", 1), ("", "LAMP", 1)],
        [(shown, "", 1), ("nobody's", "", 1)],
    ):
        with pytest.raises(ReferenceReused):
            await unpacked(world, tote, units, reference="R-1")


async def test_a_receipt_of_an_empty_tote_again_does_not_hide_units(world: World) -> None:
    shown = await announced(world, 1)
    tote = await sent(world, await filled(world, shown))
    first = await unpacked(world, tote, [], reference="R-1")

    assert await unpacked(world, tote, [], reference="R-1") == first
    with pytest.raises(ReferenceReused):
        await unpacked(world, tote, [(shown, "", 1)], reference="R-1")


async def test_a_tote_does_not_leave_again_under_another_number(world: World) -> None:
    tote = await sent(world, await filled(world, await announced(world, 1)))

    for number in ("TOTE-TRK-1", ""):
        again = await world.ask(SHIP_TOTES, ToteShipment(tote.tote_id, await world.now(), number))
        assert again == tote
    with pytest.raises(ReferenceReused):
        await world.ask(SHIP_TOTES, ToteShipment(tote.tote_id, await world.now(), "TOTE-TRK-2"))


async def test_a_closed_tote_is_not_closed_again_with_another_count(world: World) -> None:
    tote = await close(world, await filled(world, await announced(world, 2)), 2)

    assert await close(world, tote, 2) == await close(world, tote) == tote
    with pytest.raises(ToteMiscounted):
        await close(world, tote, 1)
