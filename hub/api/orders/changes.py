"""The rpcs that change orders and their money, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import convert, to_builtins

from hub.api.repeats import order_outcome, standing_cases
from hub.cases.adoption.adoption import Adoption
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.changes import operations as order_changes
from hub.changes.errors import ChangeNotFound
from hub.changes.model import ChangeDraft, OrderChange
from hub.flows.money.add_instruments import AddedCard, add_instruments
from hub.flows.money.collect_payments import collect_payments
from hub.flows.money.import_settlements import Settlement, import_settlements
from hub.flows.money.report_payments import PaymentResult, report_payments
from hub.flows.orders.adopt_orders import adopt_orders
from hub.flows.orders.adopt_orders import plan as plan_adoptions
from hub.flows.orders.cancel_lines import Canceled, cancel_lines
from hub.flows.orders.confirm_changes import ChangedOrder, Confirmation, confirm_changes
from hub.flows.orders.confirm_changes import plan as plan_changes
from hub.flows.orders.hold_orders import HoldOrder, HoldResult, hold_orders, resume_orders
from hub.flows.orders.place_orders import place_optimistically, place_orders, plan, plan_optimistically
from hub.flows.orders.propose_changes import plan as plan_proposals
from hub.flows.orders.propose_changes import propose_changes
from hub.flows.orders.resolve_holds import HoldDecision, resolve_holds
from hub.flows.orders.source_again import SourceAgain, SourcedAgain, source_again
from hub.gate import waiting
from hub.gate.change import Change, Optimistic
from hub.gate.outcomes import Stored
from hub.inbox.model import ParkedEvent
from hub.kernel.errors import Refusal
from hub.kernel.ids import text_of
from hub.ledger.model import SettlementReport
from hub.orders.model import CancelRequest, Draft
from hub.payments.model import PaymentReport


async def _ordered(flow: FlowContext, stored: Sequence[Stored]) -> list[Case | Refusal]:
    return await standing_cases(flow, stored, lambda case, _: case)


async def _canceled(flow: FlowContext, stored: Sequence[Stored]) -> list[Canceled | Refusal]:
    return await standing_cases(flow, stored, lambda case, one: Canceled(case, one["canceled"], one["requested"]))


async def _told(flow: FlowContext, stored: Sequence[Stored]) -> list[PaymentResult | ParkedEvent | Refusal]:
    return await waiting.rebuilt(
        flow,
        stored,
        lambda inside, rest: standing_cases(
            inside, rest, lambda case, one: PaymentResult(case, UUID(one["transaction_id"]))
        ),
    )


def _cancellation(canceled: Canceled) -> Stored:
    return {**order_outcome(canceled.case), "canceled": canceled.canceled, "requested": canceled.requested}


def _transaction(told: PaymentResult | ParkedEvent) -> Stored:
    if isinstance(told, ParkedEvent):
        return waiting.outcome(told)
    return {**order_outcome(told.case), "transaction_id": str(told.transaction_id)}


async def _proposed(flow: FlowContext, stored: Sequence[Stored]) -> list[OrderChange | Refusal]:
    ids = [UUID(one["change_id"]) for one in stored]
    known = await order_changes.load(flow.tx, ids)
    return [known.get(change_id) or change_not_found(change_id) for change_id in ids]


async def _confirmed(flow: FlowContext, stored: Sequence[Stored]) -> list[ChangedOrder | Refusal]:
    known = await order_changes.load(flow.tx, [UUID(one["change_id"]) for one in stored])
    return await standing_cases(flow, stored, lambda case, one: ChangedOrder(case, known[UUID(one["change_id"])]))


def _change(changed: ChangedOrder) -> Stored:
    return {**order_outcome(changed.case), "change_id": text_of(changed.change.change_id)}


def change_not_found(change_id: UUID) -> ChangeNotFound:
    """No such change of the order."""
    return ChangeNotFound(f"There is no change {change_id} of the order; propose one.", change_id=change_id)


def _its_order(
    command: AddedCard | CancelRequest | HoldDecision | HoldOrder | SourceAgain | ChangeDraft | Confirmation,
) -> UUID:
    return command.order_id


def _settlement(settled: Settlement) -> Stored:
    return {"matched": settled.matched, "differences": to_builtins(settled.differences)}


async def _settled(_: FlowContext, stored: Sequence[Stored]) -> list[Settlement | Refusal]:
    return [convert(one, Settlement) for one in stored]


def _made(case: Case) -> UUID:
    return case.order.order_id


async def _held(flow: FlowContext, stored: Sequence[Stored]) -> list[HoldResult | Refusal]:
    return await standing_cases(flow, stored, lambda case, one: HoldResult(case, one["holds"]))


async def _sourced(flow: FlowContext, stored: Sequence[Stored]) -> list[SourcedAgain | Refusal]:
    return await standing_cases(flow, stored, lambda case, one: SourcedAgain(case, one["freed"], one["requested"]))


def _hold(held: HoldResult) -> Stored:
    return {**order_outcome(held.case), "holds": held.holds}


def _sourcing(sourced: SourcedAgain) -> Stored:
    return {**order_outcome(sourced.case), "freed": sourced.freed, "requested": sourced.requested}


HOLD_ORDER: Final[Change[HoldOrder, HoldResult]] = Change("HoldOrders", hold_orders, _hold, _held, order_of=_its_order)
PLACE_HOLD: Final[Change[HoldOrder, HoldResult]] = Change("PlaceHold", hold_orders, _hold, _held, order_of=_its_order)
RESUME_ORDER: Final[Change[HoldOrder, HoldResult]] = Change(
    "ResumeOrders", resume_orders, _hold, _held, order_of=_its_order
)
SOURCE_AGAIN: Final[Change[SourceAgain, SourcedAgain]] = Change(
    "SourceOrdersAgain", source_again, _sourcing, _sourced, order_of=_its_order
)
ADOPT_ORDERS: Final[Change[Adoption, Case]] = Change(
    "AdoptOrders", adopt_orders, order_outcome, _ordered, prepare=plan_adoptions, made=_made
)
PLACE_ORDER: Final[Change[Draft, Case]] = Change(
    "PlaceOrder",
    place_orders,
    order_outcome,
    _ordered,
    prepare=plan,
    made=_made,
    optimistic=Optimistic(plan_optimistically, place_optimistically),
)
CANCEL_LINES: Final[Change[CancelRequest, Canceled]] = Change(
    "CancelLines", cancel_lines, _cancellation, _canceled, order_of=_its_order
)
PROPOSE_CHANGE: Final[Change[ChangeDraft, OrderChange]] = Change(
    "ProposeChange",
    propose_changes,
    lambda change: {"change_id": text_of(change.change_id)},
    _proposed,
    prepare=plan_proposals,
    order_of=_its_order,
)
CONFIRM_CHANGE: Final[Change[Confirmation, ChangedOrder]] = Change(
    "ConfirmChange", confirm_changes, _change, _confirmed, prepare=plan_changes, order_of=_its_order
)
RESOLVE_HOLD: Final[Change[HoldDecision, Case]] = Change(
    "ResolveHold", resolve_holds, order_outcome, _ordered, order_of=_its_order
)
COLLECT_PAYMENT: Final[Change[UUID, Case]] = Change("CollectPayment", collect_payments, order_outcome, _ordered)
ADD_INSTRUMENT: Final[Change[AddedCard, Case]] = Change(
    "AddInstrument", add_instruments, order_outcome, _ordered, order_of=_its_order
)
IMPORT_SETTLEMENT: Final[Change[SettlementReport, Settlement]] = Change(
    "ImportSettlement", import_settlements, _settlement, _settled, alone=True
)
REPORT_PAYMENTS: Final[Change[PaymentReport, PaymentResult | ParkedEvent]] = Change(
    "ReportPaymentEvents", report_payments, _transaction, _told
)
