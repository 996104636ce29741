"""Totes from drop-off to the last unit counted: what is refused, what repeats do, and goods that nobody expects."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from hub.api.returns.return_changes import CANCEL_RETURNS
from hub.api.returns.tote_changes import CLOSE_TOTES, OPEN_TOTES, RECEIVE_TOTES, SCAN_RETURNS
from hub.cases.returns.return_cases import ReturnResult
from hub.gate.change import Asked
from hub.kernel.scope import HUB
from hub.network.errors import UnknownNode
from hub.returns.errors import ReturnActionNotAllowed, ReturnNotFound, UnitsNotExpected
from hub.returns.model import Resolution
from hub.slices.lifecycle import SliceState
from hub.totes.errors import ReturnCodeUnknown, ToteActionNotAllowed, ToteMiscounted, ToteNotFound
from hub.totes.lifecycle import ToteState
from hub.totes.model import CountKind, ReturnScan, ToteClosing, ToteDraft, ToteReceipt
from tests.support.drafts import draft, line
from tests.support.returns import authorize, delivered, dispose, inspect, request
from tests.support.totes import close, code, opened, scan, sent, unpacked
from tests.support.world import World


async def returned(world: World, units: int = 1, reference: str = "W-1") -> tuple[ReturnResult, str]:
    """A return of so many units of SHIRT, and its code."""
    await world.stock("SHIRT", "DC-NL", 10)
    case = await delivered(world, draft(reference, [line("SHIRT", units, "50.00")]))
    back = await authorize(world, request(case.order_id, units))
    return back, await code(world, back.rma.return_id)


async def states(world: World) -> dict[str, int]:
    found = await world.rows("SELECT state, sum(quantity)::bigint AS units FROM slice GROUP BY state")
    return {row["state"]: row["units"] for row in found}


async def quarantined(world: World) -> list[tuple[str, str, int]]:
    found = await world.rows("SELECT * FROM conditioned_stock WHERE condition = 'QUARANTINE' AND on_hand > 0")
    return sorted((row["sku"], row["node_id"], row["on_hand"]) for row in found)


async def test_a_code_says_nothing_and_is_stored_nowhere(world: World) -> None:
    back, shown = await returned(world)

    assert await code(world, back.rma.return_id) == shown
    rows = await world.rows("SELECT return_code::text AS text FROM return_code")
    assert len(rows) == 1
    assert shown not in rows[0]["text"]
    with pytest.raises(ReturnNotFound):
        await code(world, uuid4())


async def test_units_of_a_return_may_be_handed_in_one_after_the_other_and_never_twice(world: World) -> None:
    _, shown = await returned(world, 3)
    tote = await opened(world)

    tote = await scan(world, tote, shown, lines=[(1, 1)])
    assert await states(world) == {"RETURN_AUTHORIZED": 2, "RETURN_IN_TRANSIT": 1}
    with pytest.raises(UnitsNotExpected) as refused:
        await scan(world, tote, shown, lines=[(1, 2), (1, 1)])
    assert refused.value.metadata["possible"] == "2"
    tote = await scan(world, tote, shown)
    with pytest.raises(UnitsNotExpected):
        await scan(world, tote, shown)

    assert tote.quantity == 3
    assert await states(world) == {"RETURN_IN_TRANSIT": 3}


async def test_a_scan_that_is_refused_leaves_the_return_as_it_was(world: World) -> None:
    _, shown = await returned(world, 3)
    tote = await opened(world)

    with pytest.raises(UnitsNotExpected):
        await scan(world, tote, shown, lines=[(1, 4)])

    assert [row["state"] for row in await world.rows("SELECT state FROM return_authorization")] == ["AUTHORIZED"]


async def test_a_scan_and_a_receipt_that_come_again_change_nothing(world: World) -> None:
    back, shown = await returned(world)
    tote = await opened(world)
    first = await scan(world, tote, shown, reference="S-1")
    assert await scan(world, tote, shown, reference="S-1") == first
    tote = await sent(world, tote)
    first = await unpacked(world, tote, [(shown, "", 1)], reference="R-1")

    again = await unpacked(world, tote, [(shown, "", 1)], reference="R-1")

    assert again == first
    assert await states(world) == {"RETURN_RECEIVED": 1}
    assert await world.rows("SELECT * FROM unexpected_goods") == []
    assert len((await inspect(world, back)).credits) == 1


async def test_a_tote_does_only_what_its_state_allows(world: World) -> None:
    _, shown = await returned(world, 2)
    tote = await opened(world)
    with pytest.raises(ToteMiscounted):
        await close(world, tote)
    with pytest.raises(ToteActionNotAllowed):
        await unpacked(world, tote, [])
    tote = await scan(world, tote, shown, lines=[(1, 1)])
    with pytest.raises(ToteMiscounted) as refused:
        await close(world, tote, 2)
    assert (refused.value.metadata["manifest"], refused.value.metadata["counted"]) == ("1", "2")
    tote = await close(world, tote, 1)
    assert await close(world, tote) == tote
    with pytest.raises(ToteActionNotAllowed):
        await scan(world, tote, shown)
    with pytest.raises(ToteNotFound):
        await world.ask(CLOSE_TOTES, ToteClosing(uuid4()))


async def test_a_code_that_nobody_issued_and_a_return_that_was_canceled_are_refused(world: World) -> None:
    back, shown = await returned(world)
    tote = await opened(world)
    with pytest.raises(ReturnCodeUnknown):
        await scan(world, tote, "0" * 32)
    await world.ask(CANCEL_RETURNS, back.rma.return_id)

    with pytest.raises(ReturnActionNotAllowed):
        await scan(world, tote, shown)

    assert await states(world) == {"DELIVERED": 1}
    assert await world.rows("SELECT * FROM tote_scan") == []


async def test_who_works_at_a_drop_off_point_fills_its_totes_and_cannot_count_them_elsewhere(world: World) -> None:
    _, shown = await returned(world)
    clerk = replace(HUB, principal="clerk", nodes=frozenset({"ST-BER"}))
    at = await world.now()

    async def ask(change: object, command: object) -> object:
        asked = Asked(clerk, world.identity(), repr(command).encode())
        return await world.gate.run(change, asked, command)  # type: ignore[arg-type]

    with pytest.raises(UnknownNode):
        await ask(OPEN_TOTES, ToteDraft("ST-LON", "DC-NL"))
    tote = await world.ask(OPEN_TOTES, ToteDraft("ST-BER", "DC-NL"))
    elsewhere = await world.ask(OPEN_TOTES, ToteDraft("ST-LON", "DC-NL"))
    filled = await ask(SCAN_RETURNS, ReturnScan(tote.tote_id, shown, "S-1", (), at))
    assert getattr(filled, "quantity", 0) == 1
    with pytest.raises(ToteNotFound):
        await ask(SCAN_RETURNS, ReturnScan(elsewhere.tote_id, shown, "S-1", (), at))
    await sent(world, tote)
    with pytest.raises(UnknownNode):
        await ask(RECEIVE_TOTES, ToteReceipt(tote.tote_id, "R-1", ((shown, "", 1),), at))


async def test_units_nobody_scanned_in_are_received_and_credited_like_the_others(world: World) -> None:
    back, shown = await returned(world, 2)
    tote = await sent(world, await scan(world, await opened(world), shown, lines=[(1, 1)]))

    tote = await unpacked(world, tote, [(shown, "SHIRT", 2)])

    assert [(one.kind, one.quantity) for one in tote.differences] == [(CountKind.UNANNOUNCED, 1)]
    assert await states(world) == {"RETURN_RECEIVED": 2}
    assert [one.total_minor for one in (await inspect(world, back, quantity=2)).credits] == [10000]


async def test_goods_beside_the_returns_are_kept_in_quarantine_with_an_exception_each(world: World) -> None:
    back, shown = await returned(world)
    tote = await sent(world, await scan(world, await opened(world), shown))

    units = [(shown, "SHIRT", 3), ("", "HAT", 2), ("no such code", "", 1)]
    tote = await unpacked(world, tote, units)

    assert [(one.kind.value, one.sku, one.quantity) for one in tote.differences] == [
        ("OVER", "SHIRT", 2),
        ("UNIDENTIFIED", "HAT", 2),
        ("UNIDENTIFIED", "", 1),
    ]
    assert await quarantined(world) == [("HAT", "DC-NL", 2), ("SHIRT", "DC-NL", 2)]
    assert await world.exceptions() == ["RETURN_UNEXPECTED"] * 3
    (hat,) = await world.rows("SELECT state FROM item WHERE sku = 'HAT'")
    assert hat["state"] == "DRAFT"
    assert [one.total_minor for one in (await inspect(world, back)).credits] == [5000]


async def test_another_item_under_a_code_is_kept_and_the_unit_is_still_expected(world: World) -> None:
    _, shown = await returned(world)
    tote = await sent(world, await scan(world, await opened(world), shown))

    tote = await unpacked(world, tote, [(shown, "BRICK", 1)])
    await world.settle()

    assert [(one.kind.value, one.sku) for one in tote.differences] == [("WRONG_ITEM", "BRICK")]
    assert await states(world) == {"RETURN_IN_TRANSIT": 1}
    assert await quarantined(world) == [("BRICK", "DC-NL", 1)]
    assert world.money("payment.refund") == []
    assert await world.exceptions() == ["RETURN_UNEXPECTED"]


async def test_a_lost_unit_that_turns_up_is_kept_and_its_case_ends_without_a_second_refund(world: World) -> None:
    _, shown = await returned(world)
    tote = await sent(world, await scan(world, await opened(world), shown))
    tote = await unpacked(world, tote, [])
    await world.settle()
    assert world.money("payment.refund") == ["50.00"]
    assert await world.exceptions() == ["RETURN_LOST"]

    tote = await unpacked(world, tote, [(shown, "SHIRT", 1)])
    await world.advance(timedelta(days=1))

    assert (tote.state, [one.kind.value for one in tote.differences]) == (ToteState.RECEIVED, ["MISSING", "FOUND"])
    assert world.money("payment.refund") == ["50.00"]
    assert await quarantined(world) == [("SHIRT", "DC-NL", 1)]
    assert await world.exceptions() == ["RETURN_UNEXPECTED"]
    assert await states(world) == {SliceState.LOST.value: 1}


async def test_a_lost_unit_of_a_return_that_pays_nothing_is_lost_without_a_credit(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    case = await delivered(world, draft("W-1", [line("SHIRT", price="50.00")]))
    back = await authorize(world, request(case.order_id, resolution=Resolution.NONE))
    shown = await code(world, back.rma.return_id)

    await unpacked(world, await sent(world, await scan(world, await opened(world), shown)), [])
    await world.settle()

    assert world.money("payment.refund") == []
    assert await world.exceptions() == ["RETURN_LOST"]


async def test_units_of_one_return_in_two_totes_are_told_apart(world: World) -> None:
    _, shown = await returned(world, 2)
    first = await scan(world, await opened(world), shown, lines=[(1, 1)])
    second = await scan(world, await opened(world), shown, lines=[(1, 1)])
    first, second = await sent(world, first), await sent(world, second)

    first = await unpacked(world, first, [(shown, "", 1)])
    assert await states(world) == {"RETURN_RECEIVED": 1, "RETURN_IN_TRANSIT": 1}
    second = await unpacked(world, second, [])
    await world.settle()

    assert (first.differences, [one.kind.value for one in second.differences]) == ((), ["MISSING"])
    assert await states(world) == {"RETURN_RECEIVED": 1, "LOST": 1}
    assert world.money("payment.refund") == ["50.00"]


async def test_what_came_in_a_tote_is_disposed_of_like_what_came_alone(world: World) -> None:
    back, shown = await returned(world)
    await unpacked(world, await sent(world, await scan(world, await opened(world), shown)), [(shown, "", 1)])
    await inspect(world, back)

    await dispose(world, back)
    await world.settle()

    assert await world.on_shelf("SHIRT", "DC-NL") == (10, 0, 0)
    assert world.money("payment.refund") == ["50.00"]
