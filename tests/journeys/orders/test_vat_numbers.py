"""Payers who owe the tax: their VAT numbers are looked up, nothing waits for it, and one out of force is a hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import RESOLVE_HOLD
from hub.api.orders.vat_numbers import CHECK_AGAIN
from hub.api.setup.setup_changes import ERASE_PARTY
from hub.flows.orders.check_vat_numbers import VatAnswer, VatNumberToCheck, take_vat_answers
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus
from hub.kernel.errors import Refusal
from hub.messages.vat import Consultation
from hub.orders.lifecycle import OrderState
from hub.orders.model import Draft, TaxDraft, TaxTreatment
from hub.trade import operations as trade
from hub.trade.model.vat_numbers import VatNumberCheck, VatNumberState
from tests.support.drafts import contact, draft, line, on_terms
from tests.support.world import World

S = VatNumberState
HOURS = timedelta(hours=1)
GERMAN, DUTCH = "DE136695976", "NL004495445B01"


async def selling(world: World, *, account: str = "vat", **profile: Any) -> None:
    """Drills in a channel that has VAT numbers looked up."""
    await world.network(channel={"vat_registry_account_id": account}, profiles={"vat": profile})
    await world.stock("DRILL", "DC-NL", 9)


def bought(reference: str = "B-1", number: str = GERMAN, **changes: Any) -> Draft:
    """Two drills for a firm in Germany, without tax and on terms."""
    given = {"customer": replace(contact("Bohr GmbH", "DE"), vat_number=number)} | changes
    return draft(
        reference,
        [line("DRILL", 2, "50.00")],
        instruments=[on_terms()],
        tax_treatment=TaxTreatment.REVERSE_CHARGE,
        **given,
    )


async def check_of(world: World, order_id: UUID) -> VatNumberCheck:
    async with world.database.reading() as tx:
        return (await trade.vat_checks(tx, [order_id]))[order_id]


async def held(world: World, order_id: UUID) -> list[tuple[str, str]]:
    """The holds of an order: type and status."""
    return [(one.type.value, one.status.value) for one in (await world.case(order_id)).holds]


async def test_a_number_in_force_is_looked_up_once_and_proved(world: World) -> None:
    await selling(world)
    placed = await world.place(bought())
    await world.settle()

    check = await check_of(world, placed.order_id)

    (effect,) = world.effects("double_vat", "vat.check")
    assert effect.subject == GERMAN
    assert (check.state, check.attempt) == (S.IN_FORCE, 1)
    assert check.consultation_number == effect.detail["consultation_number"]
    assert await held(world, placed.order_id) == []
    assert "VatNumberChecked" in await world.events(placed.order_id)


async def test_the_erp_is_told_who_owes_the_tax(world: World) -> None:
    await selling(world)
    await world.place(bought())
    await world.place(replace(bought("B-2"), tax_treatment=TaxTreatment.TAXED))
    await world.advance(48 * HOURS)

    rows = await world.rows(
        "SELECT payload ->> 'channel_reference' AS reference,"
        " coalesce(payload ->> 'reverse_charge', 'false') AS charged"
        " FROM message WHERE kind = 'erp.post' AND payload ->> 'document' = 'INVOICE' ORDER BY 1"
    )
    assert [(row["reference"], row["charged"]) for row in rows] == [("B-1", "true"), ("B-2", "false")]


async def test_an_order_that_its_seller_taxes_is_not_looked_up(world: World) -> None:
    await selling(world)
    stated = replace(bought(), tax_treatment=TaxTreatment.TAXED)
    placed = await world.place(stated)
    await world.settle()

    assert world.effects("double_vat") == []
    async with world.database.reading() as tx:
        assert await trade.vat_checks(tx, [placed.order_id]) == {}


@pytest.mark.parametrize(
    "fault", [FaultKind.UNAVAILABLE, FaultKind.TIMEOUT_BEFORE, FaultKind.TIMEOUT_AFTER, FaultKind.RESET_AFTER]
)
async def test_a_register_that_fails_keeps_no_order_back_and_is_asked_until_it_answers(
    world: World, fault: FaultKind
) -> None:
    await selling(world)
    world.doubles.fault("double_vat", "CheckVatNumber", fault)
    placed = await world.place(bought())
    await world.settle()

    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED
    await world.advance(HOURS)
    assert (await check_of(world, placed.order_id)).state is S.IN_FORCE
    assert len(world.effects("double_vat", "vat.check")) == 1


async def test_a_number_out_of_force_holds_the_order_until_another_is_in_force(world: World) -> None:
    await selling(world, not_in_force=[GERMAN])
    placed = await world.place(bought())
    await world.settle()

    assert (await check_of(world, placed.order_id)).state is S.NOT_IN_FORCE
    assert await held(world, placed.order_id) == [("TAX", "ACTIVE")]
    (row,) = await world.rows("SELECT suggested_command FROM exception_record WHERE resolved_at IS NULL")
    assert row["suggested_command"] == f"crossdock vat-number {placed.order_id} --check"
    await world.advance(48 * HOURS)
    assert (await world.case(placed.order_id)).shipments == ()

    again = await world.ask(CHECK_AGAIN, VatNumberToCheck(placed.order_id))
    await world.settle()
    assert (again.state, (await check_of(world, placed.order_id)).state) == (S.PENDING, S.NOT_IN_FORCE)
    assert await held(world, placed.order_id) == [("TAX", "ACTIVE")]

    await world.ask(CHECK_AGAIN, VatNumberToCheck(placed.order_id, DUTCH))
    await world.settle()
    check = await check_of(world, placed.order_id)
    assert (check.state, check.attempt) == (S.IN_FORCE, 3)
    assert await held(world, placed.order_id) == [("TAX", "RESOLVED")]
    assert await world.exceptions() == []
    case = await world.case(placed.order_id)
    assert case.order.bill_to_party_id == check.party_id != placed.order.bill_to_party_id
    await world.advance(48 * HOURS)
    assert len((await world.case(placed.order_id)).shipments) == 1


async def test_an_answer_to_an_earlier_question_changes_nothing(world: World) -> None:
    await selling(world)
    world.doubles.fault("double_vat", "CheckVatNumber", FaultKind.UNAVAILABLE, times=1)
    placed = await world.place(bought())
    await world.ask(CHECK_AGAIN, VatNumberToCheck(placed.order_id, DUTCH))

    await world.run(take_vat_answers, [VatAnswer(placed.order_id, 1, Consultation(False, "OLD"))])

    check = await check_of(world, placed.order_id)
    assert (check.state, check.attempt) == (S.PENDING, 2)
    await world.advance(HOURS)
    assert (await check_of(world, placed.order_id)).state is S.IN_FORCE
    assert await held(world, placed.order_id) == []


async def ended_out_of_force(world: World) -> UUID:
    """An order that has ended, and whose number a register says then is not in force."""
    await selling(world)
    placed = await world.place(bought())
    await world.advance(4 * 24 * HOURS)
    await world.ask(CHECK_AGAIN, VatNumberToCheck(placed.order_id))
    await world.run(take_vat_answers, [VatAnswer(placed.order_id, 2, Consultation(False, "WAPI-1"))] * 2)
    return placed.order_id


async def test_a_number_out_of_force_after_the_end_is_an_exception(world: World) -> None:
    order_id = await ended_out_of_force(world)

    assert (await world.case(order_id)).order.state is OrderState.CLOSED
    (row,) = await world.rows("SELECT reason, suggested_command FROM exception_record WHERE resolved_at IS NULL")
    assert (row["reason"], row["suggested_command"]) == (
        "VAT_NUMBER_NOT_IN_FORCE",
        f"crossdock vat-number {order_id} --check",
    )
    assert await held(world, order_id) == []
    await world.ask(CHECK_AGAIN, VatNumberToCheck(order_id, DUTCH))
    await world.settle()
    assert await world.exceptions() == []


async def test_an_answer_about_another_number_is_not_taken(world: World) -> None:
    await selling(world)
    world.doubles.fault("double_vat", "CheckVatNumber", FaultKind.SAY, f"vat_number={DUTCH}")
    world.doubles.fault("double_vat", "FindOperation", FaultKind.SAY, f"vat_number={DUTCH}", times=20)
    placed = await world.place(bought())
    await world.settle()

    assert (await check_of(world, placed.order_id)).state is S.PENDING
    assert await world.exceptions() == ["PARTNER_MISANSWERED"]


async def test_stated_tax_contradicts_the_treatment(world: World) -> None:
    await selling(world)
    taxed = line("DRILL", 2, "50.00", taxes=(TaxDraft(1900, "VAT", "0.19"),))
    placed = await world.place(replace(bought(), lines=(taxed,)))
    await world.settle()

    (one,) = (await world.case(placed.order_id)).holds
    assert (one.type.value, one.reason) == ("TAX", "the payer owes the tax, and 19.00 EUR of tax is stated")
    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, one.hold_id, HoldStatus.RESOLVED))
    await world.settle()
    assert (await world.case(placed.order_id)).order.state is OrderState.CONFIRMED


async def test_without_an_account_the_form_alone_counts(world: World) -> None:
    await world.stock("DRILL", "DC-NL", 9)
    placed = await world.place(bought())
    await world.settle()

    assert (await check_of(world, placed.order_id)).state is S.NOT_ASKED
    with pytest.raises(Refusal) as refused:
        await world.ask(CHECK_AGAIN, VatNumberToCheck(placed.order_id))
    assert refused.value.reason == "VAT_REGISTRY_NOT_CONNECTED"


async def test_the_number_of_an_erased_payer_cannot_be_replaced(world: World) -> None:
    await selling(world)
    placed = await world.place(bought())
    await world.settle()
    await world.ask(ERASE_PARTY, placed.order.bill_to_party_id)

    with pytest.raises(Refusal) as refused:
        await world.ask(CHECK_AGAIN, VatNumberToCheck(placed.order_id, DUTCH))
    assert refused.value.reason == "PARTY_NOT_FOUND"
