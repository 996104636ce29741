"""The worker against the stand-ins, over real gRPC: each effect once, whatever they are told to break."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.sdk.doubles.faults import FOR_EVER, order_fault
from hub.connect.line import Line
from hub.connect.payment import Payment
from hub.connect.registry import Registry, Served
from hub.connect.warehouse import Warehouse
from hub.database.tx import Tx
from hub.kernel.instant import Instant, iso
from hub.messages.payment import AuthorizePayment, Moved
from hub.messages.warehouse import PullWarehouse, ReleaseFulfillmentOrder
from hub.outbox.model import Message, Outcome
from hub.parties.model import Contact, PostalAddress
from hub.wire.partners.warehouse import NodeUpdate
from hub.work.handlers import PartnerCall
from hub.work.polls import PullCall
from tests.adapters.doubles import serving as doubles
from tests.rows.outbox.making import AT, appended, message
from tests.rows.work.rig import Rig
from tests.support.payloads import example

ANNA = Contact(name="Anna", address=PostalAddress(("Damrak 1",), "Amsterdam", "NL"))


async def contacts(party_ids: Sequence[UUID]) -> Mapping[UUID, Contact]:
    return dict.fromkeys(party_ids, ANNA)


@asynccontextmanager
async def reaching(served: doubles.Served, name: str) -> AsyncIterator[Line]:
    registry = Registry({"PSP": Served(name), "WMS": Served(name)}.get, {name: f"unix:{served.file.parent}/socket"})
    yield Line(registry, contacts)
    await registry.close()


@pytest.mark.parametrize(
    ("fault", "argument", "sends"),
    [
        ("timeout_after", "", 1),
        ("reset_after", "", 1),
        ("timeout_before", "", 2),
        ("server_error", "", 2),
        ("unavailable", "", 2),
        ("rate_limited", "2", 2),
    ],
)
async def test_an_authorization_is_made_once_through_each_fault(
    rig: Rig, fault: str, argument: str, sends: int
) -> None:
    one = message(
        "PSP/pay-1",
        "payment.authorize",
        account_id="PSP",
        payload=example("payment.authorize", token="tok_1", amount_minor=10500),
    )
    async with doubles.serving("double_payment") as served, reaching(served, "double_payment") as line:
        payment = Payment(line)
        rig.calls = [PartnerCall(AuthorizePayment, payment.authorize, payment.find, rig.take)]
        order_fault(served.file, "Authorize", fault, argument)
        await appended(rig.database, one)

        await rig.drain()

        assert len(served.log.effects("payment.authorize")) == 1
        assert [answer.outcome for _, answer in rig.taken] == [Outcome.DONE]
        assert rig.taken[0][1].result == Moved(10500, AT + timedelta(days=7))
        assert [call.method for call in served.log.calls()].count("Authorize") == sends


async def test_a_released_order_is_worked_and_its_updates_come_when_the_warehouse_says(rig: Rig) -> None:
    told: list[str] = []

    async def on_updates(tx: Tx, account_id: str, updates: Sequence[NodeUpdate], at: Instant) -> None:
        told.extend(one.kind for one in updates)

    release = message(payload=example("warehouse.release", ship_by=iso(AT + timedelta(hours=5))))
    async with doubles.serving("double_warehouse") as served, reaching(served, "double_warehouse") as line:
        warehouse = Warehouse(line)
        rig.calls = [
            PartnerCall(ReleaseFulfillmentOrder, warehouse.release, warehouse.find, rig.take, polled_by=PullWarehouse),
            PullCall(PullWarehouse, rig.database, warehouse.pull, on_updates, lambda _: timedelta()),
        ]
        await appended(rig.database, release)
        await rig.drain()
        for hours in range(1, 30):
            await rig.worker().drain(AT + timedelta(hours=hours))

        assert len(served.log.effects("warehouse.release")) == 1
    assert (told[0], told[-1]) == ("ACKNOWLEDGMENT", "SHIPMENT")


async def test_a_stand_in_that_is_down_for_good_delays_no_other_account(rig: Rig) -> None:
    async with doubles.serving("double_payment") as served, reaching(served, "double_payment") as line:
        payment = Payment(line)
        rig.calls = [PartnerCall(AuthorizePayment, payment.authorize, payment.find, rig.take)]
        order_fault(served.file, "*", "unavailable", account_id="PSP", times=FOR_EVER)

        def authorization(account_id: str, number: int) -> Message[AuthorizePayment]:
            payload = example("payment.authorize", token="tok_1", amount_minor=100)
            return message(f"{account_id}/{number}", "payment.authorize", account_id=account_id, payload=payload)

        given = [authorization(account_id, number) for account_id in ("PSP", "WMS") for number in range(12)]
        await appended(rig.database, *given)

        await rig.drain()

    assert sorted(taken.lane for taken, _ in rig.taken) == sorted(one.lane for one in given[12:])
    assert sorted(letter.message.lane for letter in rig.dead) == sorted(one.lane for one in given[:12])
