"""Claims of customers about units that were sent: refunded once and to the cent, rejected, or named while undecided."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import WRITE_OFF
from hub.api.returns.return_changes import DECIDE_CLAIMS, OPEN_CLAIMS
from hub.cases.case import Case
from hub.fulfillment.errors import ShipmentNotFound
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import WriteOff
from hub.holds.errors import BlockedByHold
from hub.orders.errors import OrderLineNotFound
from hub.orders.lifecycle import OrderState
from hub.orders.model import Discount, TaxDraft
from hub.returns.errors import ClaimAlreadyDecided, ClaimNotFound, UnitsNotClaimable
from hub.returns.policy.claims import Claim, ClaimDecision, ClaimDraft, ClaimKind, ClaimLine, ClaimState, ClaimVerdict
from hub.slices.lifecycle import SliceState
from tests.journeys.fulfillment.test_parcels_awaited import parcel, shipped, told
from tests.journeys.money.test_refund_failures import blocked
from tests.support.drafts import draft, line
from tests.support.returns import authorize, balance, bring_back, delivered, request, sold, states
from tests.support.world import World

DAY = timedelta(days=1)
CENTS = Discount(2)
"""Makes three units cost 100.00, which is no multiple of what one costs."""


async def opened(
    world: World, case: Case, kind: ClaimKind, *lines: tuple[int, int], again: UUID | None = None
) -> Claim:
    """Opens a claim about the first parcel of an order; raises its refusal."""
    claimed = tuple(ClaimLine(line_number=number, quantity=units) for number, units in lines)
    asked = ClaimDraft(case.shipments[0].shipment_id, kind, claimed)
    return await world.ask(OPEN_CLAIMS, asked, request_id=again)


async def decided(
    world: World, claim: Claim, verdict: ClaimVerdict = ClaimVerdict.REFUND, *, again: UUID | None = None
) -> Claim:
    """Decides a claim, and has what follows done; raises its refusal."""
    decision = ClaimDecision(claim.claim_id, verdict, "Checked with the carrier.")
    answer = await world.ask(DECIDE_CLAIMS, decision, request_id=again)
    await world.settle()
    return answer


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (ClaimKind.LOST, SliceState.LOST),
        (ClaimKind.MISSING, SliceState.LOST),
        (ClaimKind.DAMAGED, SliceState.KEPT),
        (ClaimKind.WRONG_ITEM, SliceState.KEPT),
    ],
)
async def test_units_of_a_refunded_claim_are_credited_at_what_they_cost(
    world: World, kind: ClaimKind, state: SliceState
) -> None:
    await world.stock("SHIRT", "DC-NL", 3)
    case = await delivered(world, draft("W-1", [line("SHIRT", 3, "33.34", discounts=(CENTS,))], shipping="4.95"))
    first, second = world.identity(), world.identity()

    claims = [await opened(world, case, kind, (1, 1), again=first) for _ in range(2)]
    answers = [await decided(world, claims[0], again=second) for _ in range(2)]

    assert claims[0] == claims[1]
    assert answers[0] == answers[1]
    assert (answers[0].state, answers[0].quantity) == (ClaimState.REFUNDED, 1)
    assert world.money("payment.refund") == ["33.33"]
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 2, state: 1}
    assert (await world.case(case.order_id)).order.state is OrderState.CLOSED
    assert await balance(world, "customer") == 0


async def test_claims_in_parts_and_returns_together_give_back_what_was_paid_and_no_cent_more(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 3)
    case = await delivered(world, draft("W-1", [line("SHIRT", 3, "33.34", discounts=(CENTS,))]))

    await decided(world, await opened(world, case, ClaimKind.DAMAGED, (1, 1)))
    await decided(world, await opened(world, case, ClaimKind.MISSING, (1, 1)))
    await authorize(world, request(case.order_id, 1, keep=True))
    await world.settle()

    assert sum(round(100 * float(amount)) for amount in world.money("payment.refund")) == 10000
    with pytest.raises(UnitsNotClaimable, match="0 of 1 units"):
        await opened(world, case, ClaimKind.LOST, (1, 1))


async def test_a_rejected_claim_gives_nothing_and_may_be_followed_by_another(world: World) -> None:
    case = await sold(world, 1)

    rejected = await decided(world, await opened(world, case, ClaimKind.DAMAGED, (1, 1)), ClaimVerdict.REJECT)

    assert (rejected.state, rejected.return_id, rejected.reason) == (
        ClaimState.REJECTED,
        None,
        "Checked with the carrier.",
    )
    assert world.money("payment.refund") == []
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1}
    with pytest.raises(ClaimAlreadyDecided, match="REJECTED already"):
        await decided(world, rejected)
    await decided(world, await opened(world, case, ClaimKind.MISSING, (1, 1)))
    assert world.money("payment.refund") == ["50.00"]


async def test_what_is_claimed_or_comes_back_cannot_be_claimed_again(world: World) -> None:
    case = await sold(world, 2)
    await authorize(world, request(case.order_id, 1))
    await opened(world, case, ClaimKind.DAMAGED, (1, 1))

    with pytest.raises(UnitsNotClaimable, match="0 of 1 units of line 1"):
        await opened(world, case, ClaimKind.LOST, (1, 1))


async def test_a_claim_whose_units_came_back_since_is_not_refunded(world: World) -> None:
    case = await sold(world, 1)
    claim = await opened(world, case, ClaimKind.DAMAGED, (1, 1))
    await authorize(world, request(case.order_id, 1, keep=True))

    with pytest.raises(UnitsNotClaimable):
        await decided(world, claim)
    await decided(world, claim, ClaimVerdict.REJECT)

    assert world.money("payment.refund") == ["50.00"]


async def test_a_hold_that_blocks_refunds_blocks_that_of_a_claim(world: World) -> None:
    case = await sold(world, 2)
    claim = await opened(world, case, ClaimKind.DAMAGED, (1, 1))
    await authorize(world, request(case.order_id, 1))
    await blocked(world, case)

    with pytest.raises(BlockedByHold):
        await decided(world, claim)


async def test_a_claim_names_a_parcel_and_a_line_that_there_are(world: World) -> None:
    case = await sold(world, 1)

    with pytest.raises(OrderLineNotFound):
        await opened(world, case, ClaimKind.DAMAGED, (2, 1))
    with pytest.raises(UnitsNotClaimable, match="1 of 3 units"):
        await opened(world, case, ClaimKind.DAMAGED, (1, 1), (1, 2))
    with pytest.raises(ShipmentNotFound):
        await world.ask(OPEN_CLAIMS, ClaimDraft(world.identity(), ClaimKind.LOST, (ClaimLine(1, 1),)))
    with pytest.raises(ClaimNotFound):
        await world.ask(DECIDE_CLAIMS, ClaimDecision(world.identity(), ClaimVerdict.REFUND, "No."))


async def test_a_claim_that_nobody_decides_is_named_until_it_is(world: World) -> None:
    case = await sold(world, 1)
    claim = await opened(world, case, ClaimKind.MISSING, (1, 1))

    await world.advance(2 * DAY)
    assert await world.exceptions() == ["CLAIM_UNDECIDED"]

    await decided(world, claim, ClaimVerdict.REJECT)
    assert await world.exceptions() == []


async def test_a_parcel_that_was_claimed_as_lost_and_arrives_is_delivered(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    claim = await opened(world, placed, ClaimKind.LOST, (1, 3))
    with pytest.raises(UnitsNotClaimable):
        await opened(world, placed, ClaimKind.DAMAGED, (1, 1))

    await told(world, placed, ShipmentState.DELIVERED)
    await decided(world, claim, ClaimVerdict.REJECT)

    assert await states(world, placed.order_id) == {SliceState.DELIVERED: 3}
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.refund") == []


@pytest.mark.parametrize("units", [1, 3])
async def test_a_parcel_that_was_refunded_as_lost_and_arrives_is_named(world: World, units: int) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    await told(world, placed, ShipmentState.LOST)
    await decided(world, await opened(world, placed, ClaimKind.LOST, (1, units)))
    assert world.money("payment.refund") == [f"{20 * units}.00"]

    await told(world, placed, ShipmentState.DELIVERED)
    await world.settle()

    assert await world.exceptions() == ["PARCEL_TROUBLE"]
    assert (await states(world, placed.order_id))[SliceState.LOST] == units
    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED


async def test_a_parcel_that_is_written_off_is_credited_once(world: World) -> None:
    placed = await shipped(world, "W-1", ("P-1", 3), number="")
    claim = await opened(world, placed, ClaimKind.LOST, (1, 1))
    await world.ask(WRITE_OFF, WriteOff(parcel(placed), "the carrier lost it"))

    with pytest.raises(UnitsNotClaimable):
        await decided(world, claim)
    await decided(world, claim, ClaimVerdict.REJECT)

    assert world.money("payment.refund") == ["60.00"]


async def new_order(world: World, claim: Claim) -> Case:
    """The order of the units of a claim that are sent again."""
    rows = await world.rows(
        "SELECT exchange_order_id FROM return_authorization WHERE return_id = %(id)s", id=claim.return_id
    )
    return await world.case(rows[0]["exchange_order_id"])


@pytest.mark.parametrize("kind", [ClaimKind.LOST, ClaimKind.DAMAGED])
async def test_units_that_are_sent_again_cost_what_the_first_cost_and_nothing_is_charged(
    world: World, kind: ClaimKind
) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    stated = line(
        "SHIRT", 3, "40.00", discounts=(Discount(2003),), taxes=(TaxDraft(1735, "VAT", "0.21", included=True),)
    )
    case = await delivered(world, draft("W-1", [stated], shipping="5.00"))
    assert world.money("payment.capture") == ["104.97"]

    claim = await decided(world, await opened(world, case, kind, (1, 2)), ClaimVerdict.RESHIP)
    again = await new_order(world, claim)

    assert claim.state is ClaimState.RESHIPPED
    (sent,) = again.order.lines
    assert (sent.sku, sent.quantity, sent.total_minor) == ("SHIRT", 2, 6665)
    assert (sent.tax_minor, again.order.charges) == (1157, ())
    assert again.order.ship_to_party_id != case.order.ship_to_party_id
    await world.advance(2 * DAY)
    assert await states(world, again.order_id) == {SliceState.DELIVERED: 2}
    assert (await world.case(again.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["104.97"]
    assert world.money("payment.refund") == []
    gone = SliceState.LOST if kind is ClaimKind.LOST else SliceState.KEPT
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, gone: 2}
    assert [await balance(world, name) for name in ("revenue", "tax", "exchange")] == [-10497 + 1735, -1735, 0]
    assert await world.exceptions() == []


async def test_without_stock_a_claim_is_refunded_instead(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 2)
    case = await delivered(world, draft("W-1", [line("SHIRT", 2, "50.00")]))

    claim = await decided(world, await opened(world, case, ClaimKind.LOST, (1, 1)), ClaimVerdict.RESHIP)

    assert world.money("payment.refund") == ["50.00"]
    rows = await world.rows("SELECT state FROM claim WHERE claim_id = %(id)s", id=claim.claim_id)
    assert rows[0]["state"] == "REFUNDED"
    assert await states(world, case.order_id) == {SliceState.DELIVERED: 1, SliceState.LOST: 1}
    assert await world.exceptions() == []


async def test_units_that_are_sent_again_come_back_and_are_refunded_as_the_first(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    case = await delivered(world, draft("W-1", [line("SHIRT", 1, "50.00")]))
    claim = await decided(world, await opened(world, case, ClaimKind.DAMAGED, (1, 1)), ClaimVerdict.RESHIP)
    await world.advance(2 * DAY)

    again = await new_order(world, claim)
    await bring_back(world, again.order_id)

    assert world.money("payment.refund") == []
    assert await world.exceptions() == ["REFUND_FAILED"]


async def test_a_lost_parcel_that_arrives_after_its_units_were_sent_again_is_named(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    case = await shipped(world, "W-1", ("P-1", 3), number="")
    await told(world, case, ShipmentState.LOST)
    claim = await decided(world, await opened(world, case, ClaimKind.LOST, (1, 1)), ClaimVerdict.RESHIP)
    await told(world, case, ShipmentState.DELIVERED)
    await world.settle()

    assert claim.state is ClaimState.RESHIPPED
    assert await world.exceptions() == ["PARCEL_TROUBLE"]


async def test_the_same_claim_is_sent_again_once(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 9)
    case = await delivered(world, draft("W-1", [line("SHIRT", 2, "50.00")]))
    claim = await opened(world, case, ClaimKind.LOST, (1, 1))
    key = world.identity()

    await decided(world, claim, ClaimVerdict.RESHIP, again=key)
    await decided(world, claim, ClaimVerdict.RESHIP, again=key)
    with pytest.raises(ClaimAlreadyDecided):
        await decided(world, claim, ClaimVerdict.REFUND)

    rows = await world.rows("SELECT count(*) AS orders FROM orders")
    assert rows[0]["orders"] == 2
