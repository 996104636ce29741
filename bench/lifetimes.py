"""Whole lives of orders: placed, paid, released, shipped, delivered, closed, by gate, flows and worker as in earnest.

Partners answer at once, here in the process: what is measured is the hub and its database.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

from msgspec.structs import replace

from bench.ratio import Unmeasurable
from bench.scene import SKUS, Drafts, Hub, hub_on
from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_DELIVERIES, RECORD_SHIPMENTS, RECORD_SHORTS
from hub.api.fulfillment.declarations import RECORD_DECLARATION_EVENTS
from hub.api.orders.changes import PLACE_ORDER, REPORT_PAYMENTS
from hub.api.stock.changes import ADJUST_STOCK, IMPORT_SNAPSHOT
from hub.connect.documents import Documents
from hub.connect.line import Line
from hub.connect.registry import Registry
from hub.connect.webhooks import WebhookSender
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent, ShipmentReport
from hub.gate.change import Asked
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.payload import Payload
from hub.messages.payment import Moved
from hub.orders.model import Draft
from hub.outbox.model import Answer, Message, Outcome
from hub.tasks.dead_letters import on_dead
from hub.tasks.documents import DocumentReader
from hub.tasks.handlers import WorkContext, handlers
from hub.tasks.misanswers import Misanswers
from hub.tasks.webhooks import Poster
from hub.work.deliveries import Ceilings
from hub.work.handlers import Handlers, PartnerCall
from hub.work.machine import WorkSettings
from hub.work.worker import Worker

COHORT: Final = 64
"""Orders that live together."""
_ENDED: Final = "SELECT count(*) AS ended FROM orders WHERE order_id = ANY(%(ids)s) AND state = 'CLOSED'"


@dataclass(frozen=True)
class Lives:
    """Leads orders through their lives."""

    hub: Hub
    worker: Worker
    drafts: Drafts
    people: Any

    async def live(self) -> Sequence[UUID]:
        """A cohort from the first request to the last event; answers which orders. Raises Unmeasurable."""
        placed = await asyncio.gather(*(self._ask(PLACE_ORDER, self._draft()) for _ in range(COHORT)))
        order_ids = [case.order_id for case in placed]
        await self.worker.drain()
        now = datetime.now(UTC)
        parcels = await self._rows(
            "SELECT fulfillment_order_id FROM fulfillment_order WHERE order_id = ANY(%(ids)s)", order_ids
        )
        reports = [
            ShipmentReport(row["fulfillment_order_id"], "P-1", now, f"T-{row['fulfillment_order_id'].hex}")
            for row in parcels
        ]
        await asyncio.gather(*(self._ask(RECORD_SHIPMENTS, one) for one in reports))
        await self.worker.drain()
        arrived = [CarrierEvent(ShipmentState.DELIVERED, now, one.tracking_number) for one in reports]
        await asyncio.gather(*(self._ask(RECORD_DELIVERIES, one) for one in arrived))
        await self.worker.drain()
        (row,) = await self._rows(_ENDED, order_ids)
        if row["ended"] != COHORT:
            raise Unmeasurable(f"{COHORT - row['ended']} of {COHORT} orders did not live to their end")
        return order_ids

    def _draft(self) -> Draft:
        """An order of a customer of its own."""
        draft = self.drafts.next()
        return replace(draft, customer=replace(draft.customer, email=f"{next(self.people)}@example.com"))

    async def _ask(self, change: Any, command: Any) -> Any:
        return await self.hub.gate.run(change, Asked(HUB, uuid4(), repr(command).encode()), command)

    async def _rows(self, sql: str, order_ids: Sequence[UUID]) -> Sequence[Mapping[str, Any]]:
        async with self.hub.database.reading() as tx:
            return await tx.fetch(sql, {"ids": list(order_ids)})


@asynccontextmanager
async def lives_on(url: str, *, series: str, skus: int = SKUS, ceilings: Ceilings = dict) -> AsyncIterator[Lives]:
    """A hub with a worker on a database, and partners that answer at once, so many calls of an account as given."""
    async with hub_on(url) as hub:
        around = hub.surroundings
        await around.network.refresh()
        nobody: Any = None  # no partner is called
        line = Line(Registry(around.network.served_by, {}), nobody)
        reader = DocumentReader(
            gate=hub.gate,
            network=lambda: around.network.latest,
            secrets=around.secrets,
            documents=Documents(line),
            place=PLACE_ORDER,
            count=IMPORT_SNAPSHOT,
            adjust=ADJUST_STOCK,
            report=REPORT_PAYMENTS,
            ship=RECORD_SHIPMENTS,
            short=RECORD_SHORTS,
            track=RECORD_CARRIER_EVENTS,
            declared=RECORD_DECLARATION_EVENTS,
        )
        poster = Poster(WebhookSender(), around.secrets, around.machine.now)
        context = WorkContext(hub.database, around, line, reader, lambda: around.network.latest, poster)
        worker = Worker(
            hub.database,
            _answered_at_once(handlers(context)),
            clock=around.clock,
            machine=around.machine,
            identities=around.new_id,
            on_dead=on_dead,
            misanswers=Misanswers(),
            random=Random(1),  # noqa: S311 (jitter is no secret)
            name="bench",
            settings=WorkSettings(account_ceiling=256),
            ceilings=ceilings,
        )
        yield Lives(
            hub,
            worker,
            Drafts.seeded(1, lines=1, skus=skus, series=series),
            (f"{series}-{number}" for number in count(1)),
        )


def _answered_at_once(bound: Handlers) -> Handlers:
    return {
        kind: replace(one, ask=_done, look_up=_done, polled_by=None) if isinstance(one, PartnerCall) else one
        for kind, one in bound.items()
    }


async def _done(message: Message[Payload], _: Instant) -> Answer[Moved]:
    return Answer(Outcome.DONE, Moved(getattr(message.payload, "amount_minor", 0)), f"R-{message.message_id.hex}")
