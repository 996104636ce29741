"""Binds what waits for partners: for answers that come later, for messages that they do not take, for work of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.database.tx import Tx
from hub.flows.fulfillment.hold_pickups import expire_pickups
from hub.flows.fulfillment.watch_nodes import name_silent_nodes, take_back_unaccepted
from hub.flows.money.await_actions import ActionAsked, await_actions
from hub.flows.upkeep.await_answers import ask_again, await_answers, end_waits
from hub.flows.upkeep.watch_accounts import watch_accounts
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.payment import Moved
from hub.messages.timers import AcceptanceDue, MessagesDue, NodeWorkDue, PartnerAnswerDue, PickupDue
from hub.outbox.model import Outcome
from hub.work.handlers import Answered, Messages, Refused, Task, flow_task


class PendingAnswers(Struct, frozen=True):
    """What is done with answers that come later, with messages that wait, and with nodes that tell nothing."""

    surroundings: Surroundings

    async def later(self, tx: Tx, answered: Answered[Any, Any], at: Instant) -> Refused:
        """Waits for what partners answered PENDING, and ends the waits for what they have answered now."""
        pending = [message for message, answer in answered if answer.outcome is Outcome.PENDING]
        over = [
            message for message, answer in answered if message.answered_before and answer.outcome is not Outcome.PENDING
        ]
        if pending or over:
            flow = await self._flow_context(tx)
            await await_answers(flow, pending)
            await end_waits(flow, over)
            await await_actions(flow, _actions(answered))
            self.surroundings.record(flow.touched)
        return None

    async def ask(self, tx: Tx, messages: Messages[PartnerAnswerDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.partner_answer`: its subject is the message."""
        flow = await self._flow_context(tx)
        await ask_again(flow, [message.payload for message in messages])
        return None

    async def watch(self, tx: Tx, messages: Messages[MessagesDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.overdue_messages`."""
        flow = await self._flow_context(tx)
        await watch_accounts(flow)
        return None

    async def silent(self, tx: Tx, messages: Messages[NodeWorkDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.node_work`: its subject is the fulfillment order."""
        flow = await self._flow_context(tx)
        await name_silent_nodes(
            flow, [(message.payload.order_id, message.payload.fulfillment_order_id) for message in messages]
        )
        self.surroundings.record(flow.touched)
        return None

    async def unaccepted(self, tx: Tx, messages: Messages[AcceptanceDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.acceptance`: its subject is the fulfillment order."""
        flow = await self._flow_context(tx)
        await take_back_unaccepted(
            flow, [(message.payload.order_id, message.payload.fulfillment_order_id) for message in messages]
        )
        self.surroundings.record(flow.touched)
        return None

    async def uncollected(self, tx: Tx, messages: Messages[PickupDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.pickup`: its subject is the fulfillment order."""
        flow = await self._flow_context(tx)
        await expire_pickups(
            flow, [(message.payload.order_id, message.payload.fulfillment_order_id) for message in messages]
        )
        self.surroundings.record(flow.touched)
        return None

    def handlers(self) -> list[Task]:
        """What is done with the timers of waits for partners, and for who collects."""
        return [
            flow_task(PartnerAnswerDue, self.ask),
            flow_task(MessagesDue, self.watch),
            flow_task(NodeWorkDue, self.silent),
            flow_task(AcceptanceDue, self.unaccepted),
            flow_task(PickupDue, self.uncollected),
        ]

    async def _flow_context(self, tx: Tx) -> FlowContext:
        return await self.surroundings.flow_context(tx, HUB, causes={}, last=False)


def _actions(answered: Answered[Any, Any]) -> list[ActionAsked]:
    """The authorizations that customers have to confirm."""
    return [
        ActionAsked(message.order_id, message.message_id, answer.result.action_url, answer.result.expires_at)
        for message, answer in answered
        if answer.outcome is Outcome.PENDING
        and message.order_id is not None
        and isinstance(answer.result, Moved)
        and answer.result.action_url
    ]
