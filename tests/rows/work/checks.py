"""What must hold of deliveries, as functions: run here on the worker, in `tests/faults` on mutants."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Any

from msgspec.structs import replace

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.instant import Instant
from hub.messages.tasks import SettleExchange
from hub.messages.warehouse import CancelFulfillmentOrder, ReleaseFulfillmentOrder
from hub.outbox.model import Answer, Message, Outcome
from hub.work.applying import Applying, Piece
from hub.work.handlers import PartnerCall, Refused
from tests.rows.outbox.making import AT, NOW, appended, claimed, identity, message, minutes
from tests.rows.work.rig import Machine, Mailbag, Partner, Rig, task

LONG_SECONDS = 0.2
"""Long enough for a claim that should find nothing."""
FATES = ("done", "down", "busy", "lost", "timeout")


async def a_cancel_never_overtakes_its_release(database: Database, seed: int = 1) -> None:
    """Ten fulfillment orders, each released and then canceled, at a partner that fails in every way it can."""
    random = Random(seed)
    rig = Rig(database, partner=Partner([random.choice(FATES) for _ in range(60)]))
    lanes = [f"WMS/fo-{number}" for number in range(10)]
    await appended(database, *[message(lane, "warehouse.release", priority=5) for lane in lanes])
    await appended(database, *[message(lane, "warehouse.cancel", priority=0) for lane in lanes])

    await rig.drain(settings=replace(rig.settings, attempts=200))

    by_lane: dict[str, list[str]] = {}
    lane_of = {taken.message_id: taken.lane for taken, _ in rig.taken}
    for kind, message_id in rig.partner.effects:
        by_lane.setdefault(lane_of[message_id], []).append(kind)
    assert by_lane == {lane: ["warehouse.release", "warehouse.cancel"] for lane in lanes}


async def an_unknown_outcome_is_asked_for_not_repeated(database: Database) -> None:
    capture = message("PSP/pay-1", "payment.capture", account_id="PSP")
    await appended(database, capture)
    rig = Rig(database, partner=Partner(["lost"]))

    await rig.drain()

    assert rig.partner.sends == [capture.message_id]
    assert rig.partner.finds == [capture.message_id]
    assert rig.partner.effects == [("payment.capture", capture.message_id)]
    assert [answer.partner_reference for _, answer in rig.taken] == ["REF-0"]


async def a_call_of_a_worker_that_died_is_asked_for_first(database: Database) -> None:
    capture = message("PSP/pay-1", "payment.capture", account_id="PSP")
    await appended(database, capture)
    rig = Rig(database, machine=Machine(NOW + minutes(2)))
    await claimed(database, NOW)
    await rig.partner.send(capture, NOW)

    await rig.drain()

    assert rig.partner.sends == [capture.message_id]
    assert rig.partner.finds == [capture.message_id]
    assert len(rig.taken) == 1


async def one_bad_element_fails_alone(database: Database) -> None:
    """A flow that cannot take one of its elements: the others are settled, and only that one is given up."""
    applied: Counter[str] = Counter()

    async def run(tx: Tx, messages: Sequence[Message[SettleExchange]]) -> Refused:
        for one in messages:
            if one.payload.accepted_minor < 0:
                raise ValueError(one.lane)
        applied.update(one.lane for one in messages)
        return None

    rig = Rig(database, tasks=[task(SettleExchange, run)])
    amounts = [-1 if number == 3 else 0 for number in range(8)]
    given = [
        message(f"L{number}", account_id=None, payload=SettleExchange(identity(), amount, 1))
        for number, amount in enumerate(amounts)
    ]
    await appended(database, *given)

    await rig.drain(settings=replace(rig.settings, faults=1))

    assert applied == Counter(f"L{n}" for n in range(8) if n != 3)
    assert [letter.message.lane for letter in rig.dead] == ["L3"]


async def an_answer_under_a_lost_claim_is_not_taken_beside_the_one_that_holds(database: Database) -> None:
    """A worker that lost its lease and claimed the message again has two answers to it, in one batch."""
    await appended(database, message())
    lost = await claimed(database, NOW)
    held = await claimed(database, NOW + minutes(2))
    rig = Rig(database)
    pieces = [Piece(claim, (claim.message, Answer(Outcome.DONE, None))) for claim in (*lost, *held)]

    async def apply(tx: Tx, taken: Sequence[Piece], at: Instant) -> Refused:
        return await rig.take(tx, [piece.value for piece in taken], at)

    failed = await Applying(database, rig.on_dead).take(pieces, apply, AT)

    assert failed == []
    assert len(rig.taken) == 1


async def a_lane_waits_while_its_answer_gathers(database: Database) -> None:
    """Eight lanes whose first answers come together and are taken in slowly: none is asked for more meanwhile."""
    lanes = [f"WMS/fo-{number}" for number in range(8)]
    rig, canceled, early = Rig(database), asyncio.Event(), list[str]()

    async def cancel(sent: Message[Any], at: Instant) -> Answer[None]:
        canceled.set()
        if sent.lane not in {taken.lane for taken, _ in rig.taken}:
            early.append(sent.lane)
        return await rig.partner.send(sent, at)

    async def take(tx: Tx, answered: Sequence[tuple[Message[Any], Answer[Any]]], at: Instant) -> Refused:
        with suppress(TimeoutError):
            await asyncio.wait_for(canceled.wait(), LONG_SECONDS)
        return await rig.take(tx, answered, at)

    rig.calls = [
        PartnerCall(ReleaseFulfillmentOrder, rig.partner.send, rig.partner.find, take),
        PartnerCall(CancelFulfillmentOrder, cancel, rig.partner.find, rig.take),
    ]
    await appended(database, *[message(lane, "warehouse.release", priority=5) for lane in lanes])
    await appended(database, *[message(lane, "warehouse.cancel", priority=0) for lane in lanes])

    await rig.drain(settings=replace(rig.settings, account_ceiling=100))

    assert early == []
    assert Counter(taken.lane for taken, _ in rig.taken) == Counter(lanes * 2)


async def an_answer_that_gathers_stays_held(database: Database) -> None:
    """An answer comes while another one is taken in slowly: its message stays claimed beyond the first lease."""
    rig, begun, go = Rig(database), asyncio.Event(), asyncio.Event()

    async def send(sent: Message[Any], at: Instant) -> Answer[None]:
        if sent.lane == "late":
            await begun.wait()
        return await rig.partner.send(sent, at)

    async def take(tx: Tx, answered: Sequence[tuple[Message[Any], Answer[Any]]], at: Instant) -> Refused:
        begun.set()
        await go.wait()
        return await rig.take(tx, answered, at)

    rig.calls = [PartnerCall(ReleaseFulfillmentOrder, send, rig.partner.find, take)]
    await appended(database, message("early"), message("late"))
    deliveries = rig.deliveries()
    deliveries.start(await deliveries.claim(), AT)
    await asyncio.wait(set(deliveries.active), return_when=asyncio.FIRST_COMPLETED)
    rig.machine.at += minutes(rig.settings.lease_seconds / 60 - 0.1)

    await deliveries.renew()
    others = await claimed(database, rig.machine.at + minutes(0.2))
    go.set()
    await asyncio.gather(*deliveries.active)

    assert others == []
    assert [taken.lane for taken, _ in rig.taken] == ["early", "late"]


async def one_bad_answer_fails_alone(database: Database) -> None:
    """A flow that breaks on one answer of a batch: the others are taken in, and the partner is asked for that one."""
    given = [message(f"WMS/fo-{number}") for number in range(8)]
    bad, good = given[3], given[:3] + given[4:]
    applied: Counter[str] = Counter()

    async def take(tx: Tx, answered: Sequence[tuple[Message[Any], Answer[Any]]], at: Instant) -> Refused:
        if any(one.message_id == bad.message_id for one, _ in answered):
            raise ValueError(bad.lane)
        applied.update(one.lane for one, _ in answered)
        return None

    rig = Rig(database)
    rig.calls = [PartnerCall(ReleaseFulfillmentOrder, rig.partner.send, rig.partner.find, take)]
    await appended(database, *given)

    await rig.drain(settings=replace(rig.settings, faults=2))

    assert applied == Counter(one.lane for one in good)
    assert [letter.message.lane for letter in rig.dead] == [bad.lane]
    assert Counter(rig.partner.sends) == Counter(one.message_id for one in given)
    assert rig.partner.finds == [bad.message_id]


async def a_lost_batch_is_asked_for_not_repeated(database: Database) -> None:
    """Eight operations in one call that brings no answer: the partner is asked for each, and nothing is sent again."""
    given = [message(f"WMS/fo-{number}") for number in range(8)]
    rig = Rig(database)
    mailbag = Mailbag(rig.partner, lost=1)
    rig.calls = [PartnerCall(ReleaseFulfillmentOrder, mailbag.send, rig.partner.find, rig.take)]
    await appended(database, *given)

    await rig.drain()

    assert [len(batch) for batch in mailbag.batches] == [8]
    assert Counter(rig.partner.sends) == Counter(rig.partner.finds) == Counter(one.message_id for one in given)
    assert len(rig.taken) == 8


async def a_batch_has_one_message_of_a_lane(database: Database) -> None:
    """Three messages in each of four lanes: a batch has the oldest of each, and the next waits for its answer."""
    lanes = [f"WMS/fo-{number}" for number in range(4)]
    rig = Rig(database)
    mailbag = Mailbag(rig.partner)
    rig.calls = [PartnerCall(ReleaseFulfillmentOrder, mailbag.send, rig.partner.find, rig.take)]
    given = [message(lane, priority=priority) for lane in lanes for priority in (9, 5, 0)]
    await appended(database, *given)

    await rig.drain(settings=replace(rig.settings, account_ceiling=100))

    assert [sorted(one.lane for one in batch) for batch in mailbag.batches] == [lanes] * 3
    effects = [message_id for _, message_id in rig.partner.effects]
    for lane in lanes:
        ours = [one.message_id for one in given if one.lane == lane]
        assert [one for one in effects if one in ours] == ours
