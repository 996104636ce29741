"""Ways to deliver, quoted before anyone orders: their dates, fees and costs, and why nodes ship nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.api.stock.supply_changes import PUT_SUPPLY, SET_SAFETY_STOCK, SLIP_SUPPLY
from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.quote_promises import quote_promises
from hub.inventory.model.supply import SafetyChange, Slip, SupplyDraft, SupplyKey, SupplyKind
from hub.kernel.errors import Refusal
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.network.model import PromiseTerms, ShortagePolicy
from hub.promising.model import DeliveryMode, ExclusionReason, PromiseConfidence, PromiseOption, PromiseQuote
from tests.support.drafts import bundle, draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY, World

DAY = timedelta(days=1)
ORDER = SupplyKey("erp", "PO-1", "10")
CUT_OFF = datetime(2026, 11, 17, 15, tzinfo=UTC)
"""16:00 in Amsterdam, the cut-off of today."""


async def quotes(world: World, *lines: tuple[str, int], **changes: Any) -> tuple[PromiseQuote, ...]:
    """Quote lines to the Netherlands."""
    async with world.database.reading() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        (answer,) = await quote_promises(flow, [PromiseRequest(CHANNEL, "NL", lines, **changes)])
    assert not isinstance(answer, Refusal)
    return answer


async def quote(world: World, *lines: tuple[str, int], **changes: Any) -> PromiseQuote:
    """Quote lines as one order."""
    (only,) = await quotes(world, *lines, **changes)
    return only


async def expect(world: World, units: int, due: datetime, sku: str = "SHIRT", **changes: Any) -> None:
    """Announce supply at DC-NL."""
    values: dict[str, Any] = {"key": ORDER, "kind": SupplyKind.ON_ORDER, "node_id": "DC-NL"} | changes
    await world.items(sku)
    await world.ask(PUT_SUPPLY, SupplyDraft(world.identity(), sku=sku, quantity=units, expected_at=due, **values))


def sent(option: PromiseOption) -> list[tuple[int, str, int]]:
    """Units, node, and the days until they leave."""
    return [(part.quantity, part.node_id, (part.dates.ship_at.date() - TUESDAY.date()).days) for part in option.parts]


async def test_scenario_15_four_now_and_four_in_eight_days_or_eight_together(world: World) -> None:
    await world.network(nodes={"DC-NL": {"inbound_processing_days": 1}})
    await world.stock("SHIRT", "DC-NL", 5)
    await world.ask(SET_SAFETY_STOCK, SafetyChange(world.identity(), "SHIRT", "DC-NL", 1))
    await expect(world, 10, TUESDAY + 7 * DAY)

    parts, together = (await quote(world, ("SHIRT", 8))).options

    assert (parts.mode, sent(parts)) == (DeliveryMode.IN_PARTS, [(4, "DC-NL", 0), (4, "DC-NL", 8)])
    assert (together.mode, sent(together)) == (DeliveryMode.TOGETHER, [(8, "DC-NL", 8)])
    assert {parts.confidence, together.confidence} == {PromiseConfidence.MEDIUM}
    assert parts.deliver_by == together.deliver_by == datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)
    assert (parts.order_by, together.order_by) == (CUT_OFF, CUT_OFF + 8 * DAY)
    assert (parts.cost, together.cost) == (Money(1200, "EUR"), Money(600, "EUR"))

    await world.ask(SLIP_SUPPLY, Slip(world.identity(), ORDER, TUESDAY + 17 * DAY, "vessel late"))

    assert [sent(one)[-1][2] for one in (await quote(world, ("SHIRT", 8))).options] == [20, 20], "Monday after day 18"


async def test_a_quote_promises_what_an_order_gets_and_claims_nothing(world: World) -> None:
    await world.network(channel={"promise_terms": PromiseTerms(600, {"STANDARD": Money(395, "EUR")})})
    await world.stock("SHIRT", "DC-NL", 5)

    found = await quote(world, ("SHIRT", 2))
    placed = await world.place(draft("W-1", [line("SHIRT", 2)]))

    (option,) = found.options
    assert (option.mode, option.confidence) == (DeliveryMode.NOW, PromiseConfidence.HIGH)
    assert (option.order_by, option.deliver_by) == (CUT_OFF, placed.order.promises[1])
    assert option.deliver_from == option.deliver_by - DAY + timedelta(seconds=1)
    assert (option.fee, option.cost) == (Money(395, "EUR"), Money(600, "EUR"))
    assert found.expires_at == TUESDAY + timedelta(minutes=10)
    assert await world.on_shelf("SHIRT", "DC-NL") == (5, 2, 0)


async def test_a_quote_ends_at_the_first_cut_off(world: World) -> None:
    await world.network(channel={"promise_terms": PromiseTerms(86_400)})
    await world.stock("SHIRT", "DC-NL", 5)

    assert (await quote(world, ("SHIRT", 2))).expires_at == CUT_OFF


async def test_each_node_that_ships_nothing_has_its_reason(world: World) -> None:
    await world.network(nodes={"ST-BER": {"closed": True}})
    await world.stock("SHIRT", "DC-NL", 3)

    found = await quote(world, ("SHIRT", 2), service_codes=("STANDARD", "EXPRESS"))

    reasons = {(one.service_code, name): one.exclusion for one in found.nodes for name in one.node_ids}
    assert reasons["STANDARD", "DC-NL"] is None
    assert reasons["STANDARD", "ST-AMS"] is ExclusionReason.STOCK
    assert reasons["STANDARD", "ST-BER"] is ExclusionReason.RULE
    assert {reasons["EXPRESS", node] for node in ("DC-NL", "DC-UK")} == {ExclusionReason.NO_ROUTE}
    assert [one.service_code for one in found.options] == ["STANDARD"]
    assert all(one.detail for one in found.nodes if one.exclusion)


@pytest.mark.parametrize(("kind", "due"), [(SupplyKind.PLANNED, 3), (SupplyKind.ON_ORDER, -1)])
async def test_what_is_planned_or_late_makes_a_date_less_sure(world: World, kind: SupplyKind, due: int) -> None:
    await expect(world, 5, TUESDAY + due * DAY, kind=kind)

    (option,) = (await quote(world, ("SHIRT", 2))).options

    assert (option.mode, option.confidence) == (DeliveryMode.TOGETHER, PromiseConfidence.LOW)


async def test_who_waits_already_has_what_comes_first(world: World) -> None:
    await expect(world, 5, TUESDAY + 3 * DAY)
    await expect(world, 5, TUESDAY + 7 * DAY, key=SupplyKey("erp", "PO-2", "10"))
    await world.place(draft("W-1", [line("SHIRT", 4)], shortage_policy=ShortagePolicy.BACKORDER))

    (one,) = (await quote(world, ("SHIRT", 1))).options
    parts, together = (await quote(world, ("SHIRT", 2))).options

    assert sent(one) == [(1, "DC-NL", 3)]
    assert (sent(parts), sent(together)) == ([(1, "DC-NL", 3), (1, "DC-NL", 7)], [(2, "DC-NL", 7)])
    assert (await quote(world, ("SHIRT", 7))).options == (), "six units are left"


async def test_lines_are_quoted_together_or_each_alone(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await world.stock("MUG", "ST-AMS", 5)
    await world.items(bundle("SET", {"SHIRT": 2, "MUG": 1}))

    (both,) = await quotes(world, ("SHIRT", 1), ("MUG", 1))
    alone = await quotes(world, ("SHIRT", 1), ("MUG", 1), ("MUG", 9), each_line_alone=True)
    (parts,) = (await quote(world, ("MUG", 1), ("SET", 2))).options

    assert sorted(sent(both.options[0])) == [(1, "DC-NL", 0), (1, "ST-AMS", 0)]
    assert [[sent(option) for option in one.options] for one in alone] == [
        [[(1, "DC-NL", 0)]],
        [[(1, "ST-AMS", 0)]],
        [],
    ]
    assert sorted((part.line_number, part.sku, part.quantity) for part in parts.parts) == [
        (1, "MUG", 1),
        (2, "MUG", 2),
        (2, "SHIRT", 4),
    ]


async def test_scenario_16_at_the_cut_off_a_quote_is_for_the_next_working_day(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 5)
    await world.advance(CUT_OFF - TUESDAY - timedelta(seconds=1))
    (before,) = (await quote(world, ("SHIRT", 1))).options

    await world.advance(timedelta(seconds=1))
    (at,) = (await quote(world, ("SHIRT", 1))).options

    assert (before.order_by, at.order_by) == (CUT_OFF, CUT_OFF + DAY)
    assert at.deliver_by - before.deliver_by == DAY
