"""Binds what is asked of customs: declarations of parcels that left, their papers, and what customs says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.connect.customs import Customs
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.fulfillment.declare_shipments import declare_shipments
from hub.flows.fulfillment.record_declarations import (
    DeclarationAnswer,
    name_silent,
    take_declaration_answers,
)
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.customs import AddCustomsDocument, DeclareConsignment, PullCustoms
from hub.messages.tasks import DeclareShipment
from hub.messages.timers import DeclarationDue
from hub.outbox.model import Answer, Message, Outcome
from hub.tasks.partner_updates import Updates
from hub.work.handlers import Answered, ApplyAnswers, Call, Messages, Refused, Task, flow_task, partner_call
from hub.work.polls import pull_call


class Declarations(Struct, frozen=True):
    """Hands declarations to their flows."""

    surroundings: Surroundings
    database: Database

    async def declare(self, tx: Tx, messages: Messages[DeclareShipment], _: Sequence[Any], at: Instant) -> Refused:
        """`shipment.declare`: a parcel left for another country."""
        flow = await self._flow_context(tx)
        await declare_shipments(flow, [(one.payload.order_id, one.payload.shipment_id) for one in messages])
        self.surroundings.record(flow.touched)
        return None

    async def answered(self, tx: Tx, answered: Answered[DeclareConsignment, None], at: Instant) -> Refused:
        """Answers to `customs.declare`; a pending one is asked for again."""
        told = [
            _told(message, answer) for message, answer in answered if answer.outcome in (Outcome.DONE, Outcome.REFUSED)
        ]
        flow = await self._flow_context(tx)
        await take_declaration_answers(flow, told)
        self.surroundings.record(flow.touched)
        return None

    async def silent(self, tx: Tx, messages: Messages[DeclarationDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.declaration`: customs said nothing new in time."""
        flow = await self._flow_context(tx)
        await name_silent(flow, [one.payload.declaration_id for one in messages])
        self.surroundings.record(flow.touched)
        return None

    def tasks(self) -> list[Task]:
        """What the hub does itself."""
        return [flow_task(DeclareShipment, self.declare), flow_task(DeclarationDue, self.silent)]

    def calls(
        self,
        customs: Customs,
        updates: Updates,
        told: ApplyAnswers[Any, Any],
        later: ApplyAnswers[Any, Any],
        interval: Callable[[str], timedelta],
    ) -> list[Call]:
        """What customs is asked."""
        return [
            partner_call(
                DeclareConsignment, customs.declare, customs.find, self.answered, polled_by=PullCustoms, later=later
            ),
            partner_call(
                AddCustomsDocument,
                customs.add_document,
                customs.find_document,
                told,
                polled_by=PullCustoms,
                later=later,
            ),
            pull_call(PullCustoms, self.database, customs.pull, updates.take, interval),
        ]

    async def _flow_context(self, tx: Tx) -> FlowContext:
        return await self.surroundings.flow_context(tx, HUB, causes={}, last=False)


def _told(message: Message[DeclareConsignment], answer: Answer[None]) -> DeclarationAnswer:
    if answer.outcome is Outcome.DONE:
        return DeclarationAnswer(message.payload.declaration_id, answer.partner_reference)
    rejected = f"{answer.code} {answer.message}".strip() or "refused"
    return DeclarationAnswer(message.payload.declaration_id, rejected=rejected)
