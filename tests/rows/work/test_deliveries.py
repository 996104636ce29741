"""Messages are delivered once in effect, in their lanes' order, whatever partners, flows and workers do."""

from __future__ import annotations

import asyncio
from copy import copy
from typing import Any

import pytest
from msgspec.structs import replace

from hub.database.pool import Database
from hub.kernel.errors import InvalidField
from hub.kernel.scope import HUB
from hub.kernel.trace import from_traceparent
from hub.messages.warehouse import PullWarehouse
from hub.outbox import operations as outbox
from hub.outbox.model import KeptAnswer, Message, MessageState, Outcome
from hub.work.handlers import PartnerCall
from hub.work.machine import WorkSettings
from tests.rows.outbox.making import AT, NOW, appended, claimed, identity, message, minutes
from tests.rows.work import checks
from tests.rows.work.rig import Machine, Partner, Rig

TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_cancel_never_overtakes_its_release_through_any_retry(database: Database, seed: int) -> None:
    await checks.a_cancel_never_overtakes_its_release(database, seed)


async def test_an_unknown_outcome_is_asked_for_not_repeated(database: Database) -> None:
    await checks.an_unknown_outcome_is_asked_for_not_repeated(database)


async def test_a_call_of_a_worker_that_died_is_asked_for_first(database: Database) -> None:
    await checks.a_call_of_a_worker_that_died_is_asked_for_first(database)


async def test_one_bad_element_fails_alone(database: Database) -> None:
    await checks.one_bad_element_fails_alone(database)


async def test_one_bad_answer_fails_alone(database: Database) -> None:
    await checks.one_bad_answer_fails_alone(database)


async def test_an_answer_under_a_lost_claim_is_not_taken_beside_the_one_that_holds(database: Database) -> None:
    await checks.an_answer_under_a_lost_claim_is_not_taken_beside_the_one_that_holds(database)


async def test_a_lane_waits_while_its_answer_gathers(database: Database) -> None:
    await checks.a_lane_waits_while_its_answer_gathers(database)


async def test_a_lost_batch_is_asked_for_not_repeated(database: Database) -> None:
    await checks.a_lost_batch_is_asked_for_not_repeated(database)


async def test_a_batch_has_one_message_of_a_lane(database: Database) -> None:
    await checks.a_batch_has_one_message_of_a_lane(database)


async def test_an_answer_that_gathers_stays_held(database: Database) -> None:
    await checks.an_answer_that_gathers_stays_held(database)


async def test_what_the_partner_surely_has_not_done_is_sent_again_under_the_same_key(rig: Rig) -> None:
    rig.partner.orders = ["timeout"]
    one = message()
    await appended(rig.database, one)

    await rig.drain()

    assert (rig.partner.sends, rig.partner.finds) == ([one.message_id] * 2, [one.message_id])
    assert len(rig.partner.effects) == len(rig.taken) == 1


async def test_answers_reach_the_flow_and_stay_with_the_message(rig: Rig) -> None:
    rig.partner.orders = ["pending", "refused"]
    await appended(rig.database, message(kind="warehouse.release"), message(kind="warehouse.cancel"))

    await rig.drain()

    assert [(taken.kind, answer.outcome) for taken, answer in rig.taken] == [
        ("warehouse.release", Outcome.PENDING),
        ("warehouse.cancel", Outcome.REFUSED),
    ]
    async with rig.database.transaction() as tx:
        settled = await outbox.list_messages(tx, HUB, MessageState.SETTLED)
    assert [one.answer for one in settled] == [
        KeptAnswer(Outcome.PENDING, "REF-0"),
        KeptAnswer(Outcome.REFUSED, "REF-1"),
    ]
    assert [one.settled_at for one in settled] == [AT, AT]


async def test_a_call_that_the_partner_will_never_take_is_given_up_at_once(rig: Rig) -> None:
    rig.partner.orders = ["never"]
    await appended(rig.database, message("A"), message("A", "warehouse.cancel"))

    await rig.drain()

    assert [(letter.message.kind, letter.failure) for letter in rig.dead] == [("warehouse.release", "never")]
    assert (len(rig.partner.sends), rig.taken) == (1, [])


async def test_a_partner_that_stays_away_makes_dead_letters_which_a_person_can_retry(rig: Rig) -> None:
    away = True
    rig.partner.down = lambda _: away
    await appended(rig.database, message("A"), message("A", "warehouse.cancel"))
    await rig.drain()
    assert [letter.message.kind for letter in rig.dead] == ["warehouse.release"]

    away = False
    async with rig.database.transaction() as tx:
        await outbox.retry_dead(tx, [rig.dead[0].message.message_id])
    await rig.drain()

    assert [taken.kind for taken, _ in rig.taken] == ["warehouse.release", "warehouse.cancel"]


async def test_a_partner_that_is_well_again_is_noticed_within_a_minute_by_all_its_lanes(rig: Rig) -> None:
    rig.settings = WorkSettings(patience=10_000)
    well_at, began = NOW + minutes(120), rig.machine.now()
    rig.partner.down = lambda _: rig.machine.now() < well_at
    await appended(rig.database, *[message(f"L{number}") for number in range(3)])

    await rig.drain()

    assert began < well_at
    assert len(rig.taken) == 3
    assert rig.machine.now() <= well_at + minutes(1)


async def test_a_partner_that_names_a_time_is_left_alone_until_then(rig: Rig) -> None:
    rig.partner.orders, rig.partner.retry_after_seconds = ["busy"], 600
    await appended(rig.database, message("A"))
    await rig.drain(settings=replace(rig.settings, patience=1))

    assert len(rig.partner.sends) == 1
    await appended(rig.database, message("B"))
    await rig.drain(settings=replace(rig.settings, patience=0))
    assert len(rig.partner.sends) == 1

    rig.machine.at += minutes(11)
    await rig.drain()
    assert len(rig.taken) == 2


async def test_what_the_flow_refuses_is_given_up_beside_its_neighbors(rig: Rig) -> None:
    rig.refuse = lambda one: InvalidField("no such order", order="x") if one.lane == "B" else None
    await appended(rig.database, message("A"), message("B"), message("C"))

    await rig.drain()

    assert [(one.message.lane, one.failure) for one in rig.dead] == [("B", "INVALID_FIELD: no such order")]
    async with rig.database.transaction() as tx:
        assert len(await outbox.list_messages(tx, HUB, MessageState.SETTLED)) == 2


async def test_a_message_that_nobody_handles_is_a_dead_letter(rig: Rig) -> None:
    await appended(rig.database, message(kind="erp.post"))

    await rig.drain()

    assert [letter.failure for letter in rig.dead] == ["No handler for erp.post; bind it and retry."]


@pytest.mark.parametrize(
    ("kind", "payload", "failure"),
    [
        ("pigeon.send", "{}", "Messages of kind pigeon.send are not known; retry it on a version that does."),
        (
            "warehouse.release",
            '{"fulfillment_order_id": 3}',
            "The payload does not fit warehouse.release: Expected `uuid`, got `int` - at `$.fulfillment_order_id`",
        ),
    ],
)
async def test_a_payload_that_nothing_reads_is_a_dead_letter_and_keeps_nobody_waiting(
    rig: Rig, kind: str, payload: str, failure: str
) -> None:
    unread, readable = message("A"), message("B")
    await appended(rig.database, unread, readable)
    async with rig.database.transaction() as tx:
        await tx.execute(
            "UPDATE message SET kind = %(kind)s, payload = %(payload)s::jsonb WHERE lane = 'A'",
            {"kind": kind, "payload": payload},
        )

    await rig.drain()

    assert [(letter.message.kind, letter.failure) for letter in rig.dead] == [(kind, failure)]
    assert [taken.message_id for taken, _ in rig.taken] == [readable.message_id]


async def test_a_slow_partner_keeps_nobody_else_waiting(rig: Rig) -> None:
    gate = asyncio.Event()
    slow, quick = Partner(gate=gate), rig.partner

    async def send(one: Message[Any], at: object) -> object:
        return await (slow if one.account_id == "SLOW" else quick).send(one, AT)

    rig.partner = copy(quick)
    rig.partner.send = send  # type: ignore[method-assign, assignment]
    await appended(rig.database, *[message(f"S{number}", account_id="SLOW") for number in range(20)])
    await appended(rig.database, *[message(f"Q{number}", account_id="QUICK") for number in range(20)])

    rig.enough = lambda: len(rig.taken) == 20
    draining = asyncio.create_task(rig.drain())
    await rig.had_enough.wait()
    assert {taken.account_id for taken, _ in rig.taken} == {"QUICK"}
    assert len(slow.sends) <= rig.settings.account_ceiling

    gate.set()
    await draining
    assert len(rig.taken) == 40


async def test_a_worker_that_lost_its_claim_takes_no_answer(rig: Rig) -> None:
    rig.partner.gate = asyncio.Event()
    await appended(rig.database, message())
    late = asyncio.create_task(rig.drain())
    await rig.partner.called.wait()

    other = await claimed(rig.database, NOW + minutes(2))
    rig.partner.gate.set()
    async with rig.database.transaction() as tx:
        await outbox.renew(tx, other, until=NOW + minutes(5))
    rig.machine.at = NOW + minutes(3)
    await late

    assert len(other) == 1
    assert rig.partner.finds == [other[0].message.message_id]
    assert len(rig.taken) == len(rig.partner.effects) == 1


async def test_a_delivery_has_its_own_place_in_the_trace_of_its_cause(rig: Rig) -> None:
    one = replace(message(), traceparent=TRACE, order_id=identity())
    rig.partner.orders = ["down", "down", "down", "done"]
    await appended(rig.database, one)

    await rig.drain()

    assert [(record.outcome, record.attempt) for record in rig.recorded] == [("NotReached", 1), ("DONE", 2)]
    contexts = [record.context for record in rig.recorded]
    assert {context.trace_id for context in contexts} == {"a" * 32}
    assert len({context.span_id for context in contexts} | {"b" * 16}) == 3
    assert from_traceparent(rig.taken[0][0].traceparent) == contexts[1]
    assert rig.recorded[0].message == one


async def test_a_repeatable_call_is_simply_repeated(database: Database) -> None:
    partner = Partner(["lost", "timeout"])
    rig = Rig(database, machine=Machine(), partner=partner)
    handler = PartnerCall(PullWarehouse, partner.send, partner.find, rig.take, repeatable=True)
    rig.calls = [handler]
    await appended(database, message(kind="warehouse.pull"))

    await rig.drain()

    assert (len(partner.sends), partner.finds) == (3, [])
