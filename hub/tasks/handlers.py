"""Binds message kinds to flows and partners: what a worker does with each message, and with each answer.

Answers are turned into the flows' own values here; decisions stay in the flows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from hub.cases.context import FlowContext, Secrets
from hub.cases.partner_answers.authorizations import AuthorizationAnswer
from hub.connect.channel import SalesChannel
from hub.connect.customs import Customs
from hub.connect.erp import Erp
from hub.connect.fraud import Fraud
from hub.connect.line import Line
from hub.connect.notice import Notice
from hub.connect.payment import Payment
from hub.connect.tax import Tax
from hub.connect.transport import Transport
from hub.connect.vat import VatRegistry
from hub.connect.warehouse import Warehouse
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.flows.fulfillment.end_parcels import name_overdue
from hub.flows.fulfillment.record_shorts import record_rejections
from hub.flows.fulfillment.take_node_answers import take_node_answers
from hub.flows.fulfillment.turn_back_parcels import turn_back_parcels
from hub.flows.money.record_payments import PaymentAnswer, record_payments
from hub.flows.money.refund_orders import refund_shipping
from hub.flows.orders.cancel_lines import cancel_expired
from hub.flows.orders.check_vat_numbers import VatAnswer, take_vat_answers
from hub.flows.orders.confirm_orders import Answer as CheckAnswer
from hub.flows.orders.confirm_orders import ScreeningAnswer, TaxAnswer, confirm_orders, take_answers
from hub.flows.orders.hold_orders import expire_holds
from hub.flows.orders.release_orders import plan as plan_releases
from hub.flows.orders.release_orders import release_orders
from hub.flows.stock.repromise_orders import keep_promises
from hub.flows.upkeep.forget_expired import Retention, forget_expired
from hub.flows.upkeep.receive_documents import record_readings
from hub.fulfillment.model import NodeAnswer, Rejection
from hub.gate.change import Surroundings
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.channel import PublishStock, RefundByChannel, ReportProgress
from hub.messages.erp import PostDocument
from hub.messages.fraud import Advice, Screening, ScreenOrder
from hub.messages.notice import PICKUP_CODE, SESSION_CODE, SendNotice
from hub.messages.payload import Payload
from hub.messages.payment import AuthorizePayment, CapturePayment, Moved, RefundPayment, ReversePayment
from hub.messages.tasks import (
    ConfirmOrder,
    ReadDocument,
    RefundShipping,
    ReleaseOrder,
    TurnBackParcel,
)
from hub.messages.tax import DetermineTax
from hub.messages.timers import (
    CoolDownDue,
    ForgetDue,
    HoldDue,
    LinesExpire,
    NetworkDue,
    NodeAnswerDue,
    ParcelDue,
    PromiseDue,
    ReleaseDue,
)
from hub.messages.transport import PullTransport, RegisterParcel
from hub.messages.vat import CheckVatNumber, Consultation
from hub.messages.warehouse import CancelFulfillmentOrder, PullWarehouse, ReleaseFulfillmentOrder
from hub.network.model import Network
from hub.outbox.model import Answer, Message, Outcome
from hub.tasks import feeds, imports, webhooks
from hub.tasks.customs import Declarations
from hub.tasks.documents import DocumentReader
from hub.tasks.labels import Labels
from hub.tasks.networks import Networks
from hub.tasks.partner_updates import Updates
from hub.tasks.payments import PaymentTimers
from hub.tasks.pending_answers import PendingAnswers
from hub.tasks.refused_reports import refused_exception
from hub.tasks.returns.deadlines import ReturnDeadlines
from hub.tasks.returns.exchanges import Exchanges
from hub.tasks.running import flow_of, run_flow
from hub.tasks.screenings import Screenings
from hub.tasks.sourcing.cool_downs import CoolDowns, LateBinding, Solve, solve_here
from hub.tasks.sourcing.stock_values import StockValues, Value, value_here
from hub.tasks.sourcing.trials import Trials
from hub.tasks.stock_timers import StockTimers
from hub.tasks.webhooks import Poster
from hub.work.handlers import Answered, Call, Handlers, Messages, Refused, Task, flow_task, partner_call
from hub.work.polls import pull_call

Paid = CapturePayment | ReversePayment | RefundPayment | RefundByChannel
Checked = AuthorizePayment | ScreenOrder | DetermineTax
Released = ReleaseOrder | ReleaseDue


class WorkContext(Struct, frozen=True):
    """What handlers need: the database, how contexts are made, the line to partners, who reads documents, the network,
    what posts to webhooks, how long what is over stays, what sources batches of orders together,
    and what works out the values of stock.
    """

    database: Database
    surroundings: Surroundings
    line: Line
    reader: DocumentReader
    network: Callable[[], Network]
    poster: Poster
    retention: Retention = field(default_factory=Retention)
    solve: Solve = solve_here
    value: Value = value_here


def handlers(context: WorkContext) -> Handlers:
    """Kind of message -> what is done with it. Every kind a flow sends is here; a test compares."""
    flows, pending = _Flows(context), PendingAnswers(context.surroundings)
    bound = [*_tasks(context, flows), *pending.handlers(), *_calls(context, flows, pending)]
    return {one.kind: one for one in bound}


def _tasks(context: WorkContext, flows: _Flows) -> list[Task | Call]:
    """What the hub does itself."""
    surroundings = context.surroundings
    networks = Networks(surroundings)
    cool_downs = CoolDowns(surroundings, context.solve)
    late = LateBinding(surroundings, flows.plan_release, flows.release)
    return [
        flow_task(ConfirmOrder, flows.confirm),
        flow_task(ReleaseOrder, flows.release, flows.plan_release),
        flow_task(TurnBackParcel, flows.turn_back),
        *imports.handlers(surroundings),
        *Declarations(surroundings, context.database).tasks(),
        flow_task(ReleaseDue, late.source, late.plan),
        flow_task(CoolDownDue, cool_downs.source, cool_downs.plan),
        flow_task(NodeAnswerDue, flows.unanswered),
        flow_task(ParcelDue, flows.overdue),
        *PaymentTimers(surroundings).handlers(),
        flow_task(LinesExpire, flows.cancel_expired),
        flow_task(HoldDue, flows.expire_holds),
        *ReturnDeadlines(surroundings).handlers(),
        *Exchanges(surroundings).handlers(),
        flow_task(RefundShipping, flows.refund_shipping),
        flow_task(ForgetDue, flows.forget),
        *feeds.handlers(surroundings),
        *StockTimers(surroundings).handlers(),
        *webhooks.handlers(context.database, surroundings, context.poster),
        flow_task(NetworkDue, networks.replace, networks.plan),
        *Trials(surroundings).handlers(),
        *StockValues(surroundings, context.value).handlers(),
        *Screenings(surroundings).handlers(),
        flow_task(PromiseDue, flows.keep_promises),
        flow_task(ReadDocument, flows.record_readings, context.reader.read),
    ]


def _calls(context: WorkContext, flows: _Flows, pending: PendingAnswers) -> list[Task | Call]:
    """What partners are asked."""
    line, later = context.line, pending.later
    payment, warehouse, channel = Payment(line), Warehouse(line), SalesChannel(line)
    tax, fraud, transport, registry = Tax(line), Fraud(line), Transport(line), VatRegistry(line)
    erp, notice, updates = Erp(line), Notice(line, _codes(context.reader.secrets)), Updates(context.surroundings)
    return [
        partner_call(AuthorizePayment, payment.authorize, payment.find, flows.checked, later=later, shares="checked"),
        partner_call(ScreenOrder, fraud.screen, fraud.find, flows.checked, later=later, shares="checked"),
        partner_call(DetermineTax, tax.determine, tax.find, flows.checked, later=later, shares="checked"),
        partner_call(CheckVatNumber, registry.check, registry.find, flows.looked_up, later=later),
        partner_call(CapturePayment, payment.capture, payment.find, flows.paid, later=later, shares="paid"),
        partner_call(ReversePayment, payment.reverse, payment.find, flows.paid, later=later, shares="paid"),
        partner_call(RefundPayment, payment.refund, payment.find, flows.paid, later=later, shares="paid"),
        partner_call(RefundByChannel, channel.refund, channel.find_refund, flows.paid, later=later, shares="paid"),
        partner_call(
            ReleaseFulfillmentOrder,
            warehouse.release,
            warehouse.find,
            flows.released,
            polled_by=PullWarehouse,
            later=later,
        ),
        partner_call(CancelFulfillmentOrder, warehouse.cancel, warehouse.find, flows.canceled, polled_by=PullWarehouse),
        partner_call(
            RegisterParcel, transport.register, transport.find, flows.told, polled_by=PullTransport, later=later
        ),
        partner_call(ReportProgress, channel.report, channel.find, flows.told, later=later, shares="told"),
        partner_call(PublishStock, channel.publish_stock, channel.find, flows.told, later=later, shares="told"),
        partner_call(PostDocument, erp.post, erp.find, flows.told, later=later, shares="told"),
        partner_call(SendNotice, notice.send, notice.find, flows.told, later=later, shares="told"),
        *Labels(context.surroundings).handlers(transport, later),
        pull_call(PullWarehouse, context.database, warehouse.pull, updates.take, flows.interval),
        pull_call(PullTransport, context.database, transport.pull, updates.take, flows.interval),
        *Declarations(context.surroundings, context.database).calls(
            Customs(line), updates, flows.told, later, flows.interval
        ),
    ]


def _codes(secrets: Secrets) -> Mapping[str, Callable[[str], str]]:
    """How codes are made of their names, by the value of a notice that has the name."""
    return {PICKUP_CODE: secrets.pickup_code, SESSION_CODE: secrets.session_code}


class _Flows(Struct, frozen=True):
    """The flows, each taking messages, and answers where a partner was called."""

    context: WorkContext

    async def confirm(self, tx: Tx, messages: Messages[ConfirmOrder], _: Sequence[Any], at: Instant) -> Refused:
        """`order.confirm`."""
        return await self._run(tx, messages, confirm_orders, [message.payload.order_id for message in messages])

    async def turn_back(self, tx: Tx, messages: Messages[TurnBackParcel], _: Sequence[Any], at: Instant) -> Refused:
        """`parcel.turn_back`: a carrier returns a parcel."""
        parcels = [(message.payload.order_id, message.payload.shipment_id) for message in messages]
        return await self._run(tx, messages, turn_back_parcels, parcels)

    async def refund_shipping(
        self, tx: Tx, messages: Messages[RefundShipping], _: Sequence[Any], at: Instant
    ) -> Refused:
        """`return.shipping`: the rest of an order was canceled."""
        return await self._run(tx, messages, refund_shipping, [message.payload.order_id for message in messages])

    async def plan_release(self, database: Database, messages: Messages[Released], _: Instant) -> Sequence[Any]:
        """Plans for `order.release`, from a transaction that only reads."""
        async with database.reading() as tx:
            flow = await self.context.surroundings.flow_context(tx, HUB, causes={}, last=False)
            return await plan_releases(flow, [message.payload.order_id for message in messages])

    async def release(self, tx: Tx, messages: Messages[Released], plans: Sequence[Any], at: Instant) -> Refused:
        """`order.release`; a plan that went stale is raised, so that the message comes again and is planned anew."""
        sound = [
            (message, plan) for message, plan in zip(messages, plans, strict=True) if not isinstance(plan, Refusal)
        ]
        await self._run(tx, [message for message, _ in sound], release_orders, [plan for _, plan in sound])
        return [plan if isinstance(plan, Refusal) else None for plan in plans]

    async def unanswered(self, tx: Tx, messages: Messages[NodeAnswerDue], _: Sequence[Any], at: Instant) -> Refused:
        """Nodes that did not answer a request in time."""
        late = [
            NodeAnswer(message.payload.fulfillment_order_id, message.payload.request_id, None, at)
            for message in messages
        ]
        return await self._run(tx, messages, take_node_answers, late)

    async def overdue(self, tx: Tx, messages: Messages[ParcelDue], _: Sequence[Any], at: Instant) -> Refused:
        """Parcels that did not arrive in time."""
        parcels = [(message.payload.order_id, message.payload.shipment_id) for message in messages]
        return await self._run(tx, messages, name_overdue, parcels)

    async def cancel_expired(self, tx: Tx, messages: Messages[LinesExpire], _: Sequence[Any], at: Instant) -> Refused:
        """Lines whose latest date has come."""
        return await self._run(tx, messages, cancel_expired, [message.payload.order_id for message in messages])

    async def expire_holds(self, tx: Tx, messages: Messages[HoldDue], _: Sequence[Any], at: Instant) -> Refused:
        """Holds whose time is over."""
        due = [(message.payload.order_id, message.payload.hold_id) for message in messages]
        return await self._run(tx, messages, expire_holds, due)

    async def forget(self, tx: Tx, messages: Messages[ForgetDue], _: Sequence[Any], at: Instant) -> Refused:
        """What is kept for a time only."""
        flow = await self._flow_context(tx, messages)
        await forget_expired(flow, self.context.retention)
        return None

    async def keep_promises(self, tx: Tx, messages: Messages[PromiseDue], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.promise`: what an order waits for is late, and nobody said so."""
        flow = await self._flow_context(tx, messages)
        await keep_promises(flow, [message.payload.order_id for message in messages])
        return None

    async def record_readings(
        self, tx: Tx, messages: Messages[ReadDocument], read: Sequence[Any], at: Instant
    ) -> Refused:
        """`document.read`: what became of documents."""
        flow = await self._flow_context(tx, messages)
        await record_readings(flow, read)
        return None

    async def checked(self, tx: Tx, answered: Answered[Checked, Any], at: Instant) -> Refused:
        """Answers to `payment.authorize`, `fraud.screen` and `tax.determine`."""
        answers = [_check_answer(message, answer) for message, answer in answered]
        return await self._run(tx, [message for message, _ in answered], take_answers, answers)

    async def looked_up(self, tx: Tx, answered: Answered[CheckVatNumber, Consultation], at: Instant) -> Refused:
        """Answers to `vat.check`; what a register refused to look up becomes an exception."""
        said = [(message, answer) for message, answer in answered if answer.outcome is Outcome.DONE]
        answers = [
            VatAnswer(message.payload.order_id, message.payload.attempt, answer.result) for message, answer in said
        ]
        await self._run(tx, [message for message, _ in said], take_vat_answers, answers)
        return await self.told(tx, answered, at)

    async def paid(self, tx: Tx, answered: Answered[Paid, Moved], at: Instant) -> Refused:
        """Answers to captures, reversals and refunds."""
        found = [
            PaymentAnswer(
                message.payload.transaction_id, answer.partner_reference, _failure(answer), answer.result.amount_minor
            )
            for message, answer in answered
        ]
        return await self._run(tx, [message for message, _ in answered], record_payments, found)

    async def canceled(self, tx: Tx, answered: Answered[CancelFulfillmentOrder, object], at: Instant) -> Refused:
        """Answers to `warehouse.cancel`; a pending one is followed by an update, or by the deadline."""
        answers = [
            NodeAnswer(message.payload.fulfillment_order_id, message.message_id, answer.outcome is Outcome.DONE, at)
            for message, answer in answered
            if answer.outcome is not Outcome.PENDING
        ]
        return await self._run(tx, [message for message, _ in answered], take_node_answers, answers)

    async def released(self, tx: Tx, answered: Answered[ReleaseFulfillmentOrder, object], at: Instant) -> Refused:
        """Answers to `warehouse.release`: a node's system that refuses one has rejected it."""
        rejections = [
            Rejection(message.payload.fulfillment_order_id, answer.message or answer.code or "refused", at)
            for message, answer in answered
            if answer.outcome is Outcome.REFUSED
        ]
        return await self._run(tx, [message for message, _ in answered], record_rejections, rejections)

    async def told(self, tx: Tx, answered: Answered[Payload, object], at: Instant) -> Refused:
        """Answers to messages that only tell; what a partner refused to hear becomes an exception."""
        records = [
            refused_exception(message, answer, at) for message, answer in answered if answer.outcome is Outcome.REFUSED
        ]
        await exceptions.open_all(tx, records)
        return None

    def interval(self, account_id: str) -> timedelta:
        """How often an account is polled."""
        account = self.context.network().account(account_id)
        return timedelta(seconds=account.poll_interval_seconds if account else 0)

    async def _run(
        self,
        tx: Tx,
        messages: Messages[Payload],
        run: Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[Any]]],
        commands: Sequence[Any],
    ) -> Refused:
        await run_flow(self.context.surroundings, tx, messages, run, commands)
        return None

    async def _flow_context(self, tx: Tx, messages: Messages[Payload]) -> FlowContext:
        return await flow_of(self.context.surroundings, tx, messages)


def _failure(answer: Answer[object]) -> str:
    return "" if answer.outcome is Outcome.DONE else answer.code or "refused"


def _check_answer(message: Message[Checked], answer: Answer[Any]) -> CheckAnswer:
    """What a partner said of an order that waits for it; a refusal to score asks for a person."""
    payload = message.payload
    if isinstance(payload, AuthorizePayment):
        return _authorization(payload, answer)
    if isinstance(payload, ScreenOrder):
        return ScreeningAnswer(payload.order_id, _screening(answer))
    return TaxAnswer(payload.order_id, answer.result.taxes, _failure(answer))


def _authorization(payload: AuthorizePayment, answer: Answer[Moved]) -> AuthorizationAnswer:
    return AuthorizationAnswer(
        order_id=payload.order_id,
        transaction_id=payload.transaction_id,
        reference=answer.partner_reference,
        declined_code=_failure(answer),
        expires_at=answer.result.expires_at,
        authorized_minor=answer.result.amount_minor,
    )


def _screening(answer: Answer[Screening]) -> Screening:
    return answer.result if answer.outcome is Outcome.DONE else replace(answer.result, advice=Advice.REVIEW)
