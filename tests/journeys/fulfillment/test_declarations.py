"""Parcels that cross a customs border are declared once, whatever customs says, in whatever order, and whenever."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FaultKind
from crossdock.trade.v1 import declarations_pb2
from hub.api.fulfillment.declarations import DECLARE_AGAIN, RECORD_DECLARATION_EVENTS, SEND_DOCUMENTS
from hub.api.setup.setup_changes import ERASE_PARTY, PUT_ITEMS
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.audit import auditing
from hub.cases.case import Case
from hub.flows.fulfillment.declare_shipments import ToDeclare, ToSend, declare_shipments
from hub.flows.fulfillment.record_declarations import DeclarationAnswer, take_declaration_answers
from hub.kernel.errors import InstantImplausible, ReferenceReused, Refusal
from hub.messages.updates import UnreadUpdate, Update
from hub.tasks.partner_updates import Updates
from hub.trade import operations as trade
from hub.trade.errors import DeclarationNotAllowed, DeclarationNotFound, DeclarationReferenceDiffers
from hub.trade.model.declarations import CustomsDeclaration, DeclarationDocument, DeclarationEvent, DeclarationState
from hub.trade.model.landed_cost import Incoterm
from hub.trade.operations import default_files
from hub.wire.instants import instant_to_pb
from hub.wire.partners.customs import event_from_pb
from tests.support.drafts import contact, draft, item, line
from tests.support.world import World

S = DeclarationState
HOURS = timedelta(hours=1)


async def abroad(world: World, behavior: str = "RELEASE", *, title: str = "Warehouse Leeds", **profile: Any) -> None:
    """Coats in Leeds, a channel with a customs account, and customs that behaves so."""
    await world.network(
        nodes={"DC-UK": {"title": title}},
        channel={"customs_account_id": "customs"},
        profiles={"customs": {"behavior": behavior, **profile}},
    )
    await world.stock("COAT", "DC-UK", 9)
    await world.ask(PUT_ITEMS, item("COAT", hs_code="620120", origin_country="CN", weight_grams=500))
    await world.ask(LOAD_RULES, RuleSet(dict(default_files())))


async def sent(world: World, reference: str = "W-1", units: int = 3, incoterm: str = "DAP", **changes: Any) -> Case:
    """Place coats for the Netherlands and have them shipped from Leeds."""
    placed = await world.place(draft(reference, [line("COAT", units, "3.34")], incoterm=incoterm, **changes))
    for _ in range(48):
        case = await world.case(placed.order_id)
        if case.shipments:
            return case
        await world.advance(HOURS)
    raise AssertionError("it never left")


async def declared(world: World, order_id: UUID) -> list[CustomsDeclaration]:
    async with world.database.reading() as tx:
        return (await trade.declarations(tx, [order_id])).get(order_id, [])


async def commands(world: World) -> dict[str, str]:
    """The commands of open exceptions by reason."""
    rows = await world.rows("SELECT reason, suggested_command FROM exception_record WHERE resolved_at IS NULL")
    return {row["reason"]: row["suggested_command"] for row in rows}


async def said(world: World, declaration: CustomsDeclaration, state: S, reference: str, **changes: Any) -> Any:
    """Record an event of a declaration; return the refusal where it is refused."""
    given: dict[str, Any] = {"declaration_id": declaration.declaration_id, "occurred_at": await world.now()} | changes
    try:
        return await world.ask(RECORD_DECLARATION_EVENTS, DeclarationEvent(state=state, reference=reference, **given))
    except Refusal as refusal:
        return refusal


async def test_a_parcel_is_declared_with_all_that_customs_asks_accepted_and_released(world: World) -> None:
    await abroad(world)
    case = await sent(world)

    await world.advance(6 * HOURS)

    (parcel,) = case.shipments
    (effect,) = world.effects("double_customs", "customs.declare")
    (declaration,) = await declared(world, case.order_id)
    assert effect.subject == str(declaration.declaration_id)
    assert effect.detail["tracking_number"] == parcel.tracking_number
    assert (effect.detail["goods"], effect.detail["value"]) == ([["620120", "CN", 3]], "10.02")
    assert (declaration.state, declaration.customs_reference) == (S.RELEASED, effect.detail["reference"])
    assert [event.state for event in declaration.events] == [S.ACCEPTED, S.RELEASED]
    states = await world.rows(
        "SELECT facts ->> 'state' AS state FROM event WHERE type = 'DeclarationChanged' ORDER BY order_version"
    )
    assert [row["state"] for row in states] == ["REQUESTED", "DECLARED", "ACCEPTED", "RELEASED"]
    assert await world.exceptions() == []


async def test_without_an_account_or_a_border_nothing_is_declared(world: World) -> None:
    await abroad(world)
    await world.stock("RING", "ST-BER", 1)
    inside = await world.place(draft("W-1", [line("RING", 1, "80.00")]))
    await world.advance(24 * HOURS)
    await world.network(nodes={"DC-UK": {"title": "Warehouse Leeds"}})
    outside = await sent(world, "W-2")
    await world.advance(6 * HOURS)

    assert [one.state for one in await declared(world, inside.order_id)] == [S.NOT_NEEDED]
    assert await declared(world, outside.order_id) == []
    assert world.effects("double_customs") == []
    assert "DeclarationChanged" not in await world.events(inside.order_id)


TROUBLE = (
    FaultKind.TIMEOUT_AFTER,
    FaultKind.TIMEOUT_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.UNAVAILABLE,
    FaultKind.SERVER_ERROR,
)


@pytest.mark.parametrize("fault", TROUBLE)
async def test_a_parcel_is_declared_once_whatever_fails(world: World, fault: FaultKind) -> None:
    await abroad(world)
    world.doubles.fault("double_customs", "Declare", fault)
    case = await sent(world)

    await world.machine.sleep(60)
    await world.advance(6 * HOURS)

    assert len(world.effects("double_customs", "customs.declare")) == 1
    assert [one.state for one in await declared(world, case.order_id)] == [S.RELEASED]


async def test_a_hold_names_the_missing_document_and_its_command_has_the_goods_released(world: World) -> None:
    await abroad(world, "MISSING")
    case = await sent(world)
    await world.advance(6 * HOURS)
    (held,) = await declared(world, case.order_id)
    assert (held.state, held.events[-1].missing_documents) == (S.HELD, ("COMMERCIAL_INVOICE",))
    command = f"crossdock declarations --send {held.shipment_id} --document COMMERCIAL_INVOICE"
    assert (await commands(world)) == {"DECLARATION_HELD": command}

    await world.ask(SEND_DOCUMENTS, ToSend(held.shipment_id, DeclarationDocument.COMMERCIAL_INVOICE))
    await world.advance(6 * HOURS)

    assert len(world.effects("double_customs", "customs.document")) == 1
    assert [one.state for one in await declared(world, case.order_id)] == [S.RELEASED]
    assert await world.exceptions() == []
    with pytest.raises(DeclarationNotAllowed):
        await world.ask(SEND_DOCUMENTS, ToSend(held.shipment_id, DeclarationDocument.COMMERCIAL_INVOICE))
    with pytest.raises(DeclarationNotFound):
        await world.ask(SEND_DOCUMENTS, ToSend(uuid4(), DeclarationDocument.COMMERCIAL_INVOICE))


@pytest.mark.parametrize("behavior", ["REJECT", "REFUSE"])
async def test_a_rejected_parcel_is_declared_again_once(world: World, behavior: str) -> None:
    await abroad(world, behavior)
    case = await sent(world)
    await world.advance(6 * HOURS)
    (rejected,) = await declared(world, case.order_id)
    assert rejected.state is S.REJECTED
    assert await commands(world) == {"DECLARATION_REJECTED": f"crossdock declarations --declare {rejected.shipment_id}"}
    await world.network(nodes={"DC-UK": {"title": "Warehouse Leeds"}}, channel={"customs_account_id": "customs"})

    await world.ask(DECLARE_AGAIN, ToDeclare(rejected.shipment_id))
    with pytest.raises(DeclarationNotAllowed):
        await world.ask(DECLARE_AGAIN, ToDeclare(rejected.shipment_id))
    await world.advance(6 * HOURS)

    first, second = await declared(world, case.order_id)
    assert (first.state, second.state, second.attempt) == (S.REJECTED, S.RELEASED, 2)
    assert first.declaration_id != second.declaration_id
    assert await world.exceptions() == []


async def test_what_is_missing_is_named_and_the_parcel_declared_once_it_is_stated(world: World) -> None:
    await abroad(world, title="")
    case = await sent(world, incoterm="")
    await world.settle()
    (incomplete,) = await declared(world, case.order_id)
    assert (incomplete.state, incomplete.lacks) == (
        S.INCOMPLETE,
        ("the order has no incoterm, and the request states none",),
    )
    command = f"crossdock declarations --declare {incomplete.shipment_id} --incoterm DAP"
    assert await commands(world) == {"DECLARATION_INCOMPLETE": command}

    again = await world.ask(DECLARE_AGAIN, ToDeclare(incomplete.shipment_id, Incoterm.DAP))
    assert (again.state, again.lacks) == (S.INCOMPLETE, ("the sending node has no name",))
    assert world.effects("double_customs") == []
    await world.network(nodes={"DC-UK": {"title": "Leeds"}}, channel={"customs_account_id": "customs"})
    await world.ask(DECLARE_AGAIN, ToDeclare(incomplete.shipment_id))
    await world.advance(6 * HOURS)

    assert [(one.state, one.attempt) for one in await declared(world, case.order_id)] == [(S.RELEASED, 1)]
    assert len(world.effects("double_customs", "customs.declare")) == 1
    assert await world.exceptions() == []


async def test_silence_is_named_after_two_days_and_ends_when_customs_says_more(world: World) -> None:
    await abroad(world, "SILENT")
    case = await sent(world)
    await world.advance(47 * HOURS)
    assert "DECLARATION_OVERDUE" not in await world.exceptions()
    await world.advance(3 * HOURS)
    (silent,) = await declared(world, case.order_id)
    command = f"crossdock declarations --record {silent.declaration_id} --state ACCEPTED"
    assert (await commands(world))["DECLARATION_OVERDUE"] == command

    await said(world, silent, S.ACCEPTED, "phone-1")

    assert "DECLARATION_OVERDUE" not in await world.exceptions()


async def test_a_release_counts_once_the_acceptance_is_told_and_the_end_stays(world: World) -> None:
    await abroad(world, "SILENT")
    case = await sent(world)
    (one,) = await declared(world, case.order_id)
    at = await world.now()
    await world.advance(HOURS)

    early = await said(world, one, S.RELEASED, "e-2", occurred_at=at + HOURS)
    assert early.state is S.DECLARED
    assert list(await commands(world)) == ["DECLARATION_CONTRADICTED"]
    late = await said(world, one, S.ACCEPTED, "e-1", occurred_at=at)
    assert late.state is S.RELEASED
    assert await world.exceptions() == []
    repeated = await said(world, one, S.ACCEPTED, "e-1", occurred_at=at)
    assert repeated == late
    assert isinstance(await said(world, one, S.HELD, "e-1", occurred_at=at), ReferenceReused)
    assert isinstance(await said(world, one, S.HELD, "e-9", occurred_at=at + 9 * HOURS), InstantImplausible)
    assert isinstance(await said(world, one, S.HELD, "e-9", occurred_at=at - 72 * HOURS), InstantImplausible)

    after = await said(world, one, S.REJECTED, "e-3")
    assert after.state is S.RELEASED
    assert await world.exceptions() == ["DECLARATION_CONTRADICTED"]


async def test_an_account_is_believed_about_its_own_declarations_and_references_only(world: World) -> None:
    await abroad(world, "SILENT")
    first, second = await sent(world, "W-1", 1), await sent(world, "W-2", 1)
    ((one,), (other,)) = [await declared(world, case.order_id) for case in (first, second)]
    now = await world.now()

    foreign = await said(world, one, S.ACCEPTED, "e-1", account_id="carrier")
    assert isinstance(foreign, DeclarationNotFound)
    differs = await said(world, one, S.ACCEPTED, "e-1", customs_reference=other.customs_reference, account_id="customs")
    assert isinstance(differs, DeclarationReferenceDiffers)
    nobody = await said(world, one, S.ACCEPTED, "e-1", declaration_id=uuid4())
    assert isinstance(nobody, DeclarationNotFound)
    unknown = declarations_pb2.DeclarationEvent(
        declaration_id=str(one.declaration_id), occur_time=instant_to_pb(now), event_reference="e-7"
    )
    unknown.MergeFromString(b"\x18\x63")  # state 99, which only a later contract has
    wrong = DeclarationEvent(S.ACCEPTED, now, "e-8", customs_reference="MRN-NOBODY", account_id="customs")
    right = DeclarationEvent(S.ACCEPTED, now, "e-9", customs_reference=one.customs_reference, account_id="customs")
    await told(world, [event_from_pb(unknown, "customs"), *(Update(e.reference, "D", e) for e in (wrong, right))])

    assert (await world.exceptions()).count("UPDATE_REFUSED") == 2
    assert [(await declared(world, case.order_id))[0].state for case in (first, second)] == [S.ACCEPTED, S.DECLARED]


async def told(world: World, updates: Sequence[Update[Any] | UnreadUpdate]) -> None:
    async with world.database.transaction() as tx:
        await Updates(world.surroundings).take(tx, "customs", updates, await world.now())


async def test_an_answer_with_the_reference_of_another_parcel_is_not_believed(world: World) -> None:
    await abroad(world, "SILENT")
    first = await sent(world, "W-1", 1)
    (known,) = await declared(world, first.order_id)
    lie = f"answer.partner_reference={known.customs_reference}"
    world.doubles.fault("double_customs", "Declare", FaultKind.SAY, lie)
    second = await sent(world, "W-2", 1)
    await world.settle()

    (lied,) = await declared(world, second.order_id)
    assert (lied.state, lied.customs_reference) == (S.DECLARED, "")
    assert "DECLARATION_CONTRADICTED" in await world.exceptions()
    taken = await said(world, lied, S.ACCEPTED, "phone-0", customs_reference=known.customs_reference)
    assert isinstance(taken, DeclarationReferenceDiffers)
    accepted = await said(world, lied, S.ACCEPTED, "phone-1", customs_reference="MRN-77")
    assert (accepted.state, accepted.customs_reference) == (S.ACCEPTED, "MRN-77")


async def test_parcels_of_one_order_add_up_and_an_erased_recipient_is_named(world: World) -> None:
    await abroad(world)
    await world.network(
        nodes={"DC-UK": {"title": "Leeds"}, "ST-LON": {"title": "London"}}, channel={"customs_account_id": "customs"}
    )
    await world.stock("BOOTS", "DC-UK", 1)
    await world.stock("BOOTS", "ST-LON", 1)
    await world.ask(PUT_ITEMS, item("BOOTS", hs_code="640399", origin_country="VN", weight_grams=900))
    placed = await world.place(
        draft("W-3", [line("BOOTS", 2, "5.01")], shipping="7.01", incoterm="DAP", customer=contact())
    )
    await world.advance(30 * HOURS)

    values = [effect.detail["value"] for effect in world.effects("double_customs", "customs.declare")]
    assert values == ["5.01", "5.01"]
    freight = await world.rows(
        "SELECT payload ->> 'freight_minor' AS minor FROM message WHERE kind = 'customs.declare' ORDER BY 1"
    )
    assert [row["minor"] for row in freight] == ["350", "351"]
    assert len(await declared(world, placed.order_id)) == 2


async def test_a_recipient_who_was_erased_is_named_as_missing(world: World) -> None:
    await abroad(world, "REFUSE")
    case = await sent(world)
    await world.settle()
    await world.ask(ERASE_PARTY, case.order.ship_to_party_id)

    again = await world.ask(DECLARE_AGAIN, ToDeclare(case.shipments[0].shipment_id))

    assert again.state is S.INCOMPLETE
    assert again.lacks == tuple(f"the recipient has no {fact}" for fact in ("name", "street", "city"))


async def test_a_task_that_comes_again_declares_nothing_again(world: World) -> None:
    await abroad(world)
    case = await sent(world)
    await world.advance(6 * HOURS)
    before = await declared(world, case.order_id)

    await world.run(declare_shipments, [(case.order_id, case.shipments[0].shipment_id)] * 2)
    await world.settle()

    assert await declared(world, case.order_id) == before
    assert len(world.effects("double_customs", "customs.declare")) == 1


class Undone(Exception):
    """Takes back what a test broke."""


TWIN = (
    "INSERT INTO declaration SELECT gen_random_uuid(), gen_random_uuid(), order_id, account_id, state,"
    " customs_reference, attempt, document FROM declaration"
)


async def violated(world: World, statement: str) -> set[str]:
    """The invariants that a statement breaks; it is taken back."""
    found: set[str] = set()
    try:
        async with world.database.transaction() as tx:
            await tx.execute(statement)
            found |= {one.name for one in await auditing.run(tx) if one.violations}
            raise Undone
    except Undone:
        return found


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ("DELETE FROM declaration", "declared_once"),
        ("UPDATE declaration SET attempt = 2", "declared_once"),
        ("UPDATE declaration SET state = 'REQUESTED', declaration_id = gen_random_uuid()", "declared_once"),
        (TWIN, "customs_references_differ"),
    ],
)
async def test_a_forgotten_or_doubled_declaration_breaks_an_invariant(world: World, broken: str, name: str) -> None:
    await abroad(world)
    await sent(world)
    await world.settle()

    assert await violated(world, "SELECT") == set()
    assert name in await violated(world, broken)


async def test_of_two_answers_at_once_with_one_reference_one_is_believed(world: World) -> None:
    await abroad(world, "SILENT")
    cases = [await sent(world, f"W-{number}", 1) for number in (1, 2)]
    known = [(await declared(world, case.order_id))[0] for case in cases]
    async with world.database.transaction() as tx:
        await trade.save_declarations(tx, [replace(one, customs_reference="", answered=False) for one in known])

    answers = [DeclarationAnswer(one.declaration_id, "MRN-1") for one in known]
    await asyncio.gather(*(world.run(take_declaration_answers, [answer]) for answer in answers))

    after = [(await declared(world, case.order_id))[0].customs_reference for case in cases]
    assert sorted(after) == ["", "MRN-1"]
    assert "DECLARATION_CONTRADICTED" in await world.exceptions()
