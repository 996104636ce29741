"""What partners are told of several orders at once travels in batches, and has its effect once whatever fails."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.connect.failures import NotOffered
from hub.connect.line import Line
from tests.support.drafts import draft, line
from tests.support.world import World

ORDERS = 4
PARTNERS = (
    ("double_notice", "SendNotice", "BatchSendNotices", "notice.send", 2),
    ("double_erp", "PostDocument", "BatchPostDocuments", "erp.post", 3),
    ("double_channel", "ReportProgress", "BatchReportProgress", "channel.progress", 5),
)
"""A stand-in, its operation, the rpc of batches, the effect, and how many an order has."""


async def lived(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 100)
    drafts = [draft(f"W-{number}", [line("SHIRT", 2, "50.00")], shipping="5.00") for number in range(ORDERS)]
    await asyncio.gather(*(world.place(each) for each in drafts))
    await world.advance(timedelta(days=2))


def told_once(world: World) -> bool:
    """Whether each order's partners were told of each step, once and in order."""
    counts = {
        name: Counter(one.subject.split("/")[0] for one in world.effects(name, effect))
        for name, _, _, effect, _ in PARTNERS
    }
    expected = {name: [times] * ORDERS for name, *_, times in PARTNERS}
    return (
        {name: sorted(count.values()) for name, count in counts.items()} == expected
        and world.effects("double_erp", "out_of_order") == []
        and world.doubles.doubled() == []
    )


async def test_what_partners_are_told_of_several_orders_is_few_calls(world: World) -> None:
    await lived(world)

    assert told_once(world)
    for name, method, batch, _, times in PARTNERS:
        batches = len(world.doubles.log(name).calls(batch))
        assert 0 < batches <= len(world.doubles.log(name).calls(method)) / 2, name
        assert len(world.doubles.log(name).calls(method)) == ORDERS * times


@pytest.mark.parametrize("fault", [FaultKind.TIMEOUT_AFTER, FaultKind.UNAVAILABLE])
async def test_a_batch_that_fails_as_a_whole_has_each_effect_once(world: World, fault: FaultKind) -> None:
    for name, _, batch, _, _ in PARTNERS:
        world.doubles.fault(name, batch, fault, times=2)

    await lived(world)

    assert told_once(world)
    assert all(world.doubles.log(name).calls(batch)[0].fault == fault for name, _, batch, _, _ in PARTNERS)


async def test_an_operation_lost_in_a_batch_is_asked_for_alone(world: World) -> None:
    for name, method, _, _, _ in PARTNERS:
        world.doubles.fault(name, method, FaultKind.TIMEOUT_AFTER, skip=2)

    await lived(world)

    assert told_once(world)
    for name, method, _, _, _ in PARTNERS:
        (lost,) = [one.operation_key for one in world.doubles.log(name).calls(method) if one.fault]
        assert [one.operation_key for one in world.doubles.log(name).calls("FindOperation")] == [lost], name


async def test_an_adapter_without_batches_is_served_one_by_one(world: World) -> None:
    reply = Line.reply

    async def without(self: Line, account: str, trace: str | None, stub: object, rpc: str, request: object) -> object:
        if rpc.startswith("Batch"):
            raise NotOffered("UNIMPLEMENTED: no batches here")
        return await reply(self, account, trace, stub, rpc, request)  # type: ignore[arg-type]

    with patch.object(Line, "reply", without):
        await lived(world)

    assert told_once(world)
