"""What must hold of deliveries, as functions: run here on the worker, in `tests/faults` on mutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from msgspec.structs import replace

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.messages.tasks import SettleExchange
from hub.outbox.model import Message
from hub.work.handlers import Refused
from tests.rows.outbox.making import NOW, appended, claimed, identity, message, minutes
from tests.rows.work.rig import Machine, Partner, Rig, task

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
