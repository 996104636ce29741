"""Screens orders: compares buyer, consignee and destination with denied-party lists and restrictions.

An order of a channel that screens is not confirmed before; one with a match is held until a person clears it. What is
compared is read and compared before the transaction, which takes it only where lists and parties are the same still.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext, PlanStale
from hub.cases.holds import hold
from hub.cases.screening import (
    HELD_FOR,
    any_match,
    may_leave,
    restrictions_of,
    screening_holds,
    subjects_of,
    take_hits,
)
from hub.cases.store import load, read, save
from hub.holds.model import HoldType
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.scope import HUB
from hub.messages.events.orders import PartiesScreened
from hub.messages.payload import Payload
from hub.messages.tasks import ConfirmOrder, ScreenAgain, ScreenParties
from hub.orders import operations as orders
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED, OrderState
from hub.orders.model import Check, CheckState, Order
from hub.orders.policy import checked
from hub.outbox import operations as outbox
from hub.outbox.model import Message
from hub.parties import operations as parties
from hub.screening import operations as screening
from hub.screening.model import Hit, MatchState, Subject
from hub.screening.operations import ListsMemory, Versions
from hub.screening.policy.matching import DeniedIndex

FLOW: Final = "screen_orders"
SOME_ORDERS: Final = 200
"""Orders that are looked at together when a list changes."""


class Screened(Struct, frozen=True):
    """What was found of an order with these parties, by these versions of lists and rules; no hits: nothing to compare.

    `screens` says whether the channel screens.
    """

    order_id: UUID
    parties: tuple[UUID, UUID]
    screens: bool
    versions: Versions
    rules_version: int
    hits: tuple[Hit, ...] = ()


class Touched(Struct, frozen=True):
    """Orders to be screened again for a change of a list, and the last that was looked at; None: there are no more."""

    order_ids: tuple[UUID, ...]
    last: UUID | None


async def plan(flow: FlowContext, order_ids: Sequence[UUID], memory: ListsMemory) -> list[Screened | Refusal]:
    """Compare orders; from a context that only reads. Refuses ORDER_NOT_FOUND."""
    cases = await read(flow.tx, flow.scope, order_ids)
    versions, index = await memory.load(flow.tx)
    compared = await _compared(flow, cases, index)
    rules_version = flow.trade_version
    return [
        OrderNotFound(f"There is no order {order_id}.", order_id=order_id)
        if (case := cases.get(order_id)) is None
        else Screened(
            order_id=order_id,
            parties=_parties(case.order),
            screens=flow.network.channel(case.order.channel_id).screening_terms is not None,
            versions=versions,
            rules_version=rules_version,
            hits=tuple(compared.get(order_id, ())),
        )
        for order_id in order_ids
    ]


async def screen_orders(flow: FlowContext, screened: Sequence[Screened]) -> list[Case | Refusal]:
    """Take what was found. Answers PlanStale where lists or parties are others by now."""
    loaded = await load(flow, FLOW, [one.order_id for one in screened])
    versions = await screening.versions(flow.tx)
    answers: list[Case | Refusal] = []
    taken: list[tuple[Case, Screened]] = []
    for one in screened:
        case = loaded.cases.get(one.order_id)
        if case is None:
            answers.append(OrderNotFound(f"There is no order {one.order_id}.", order_id=one.order_id))
        elif one.versions != versions or one.parties != _parties(case.order):
            answers.append(PlanStale("Lists or parties changed while the order was screened; screen it again."))
        else:
            answers.append(case)
            taken.append((case, one))
    live = [(case, one) for case, one in taken if case.order.state not in ENDED and may_leave(case)]
    unlisted = [case for case, one in live if one.screens and not versions]
    await take_hits(flow, [(case, one.hits, any_match) for case, one in live if case not in unlisted])
    for case in unlisted:
        _hold_unlisted(flow, case)
    for case, one in live:
        if case not in unlisted:
            _pass(flow, case, one)
    await save(flow, FLOW, loaded)
    return answers


async def plan_again(flow: FlowContext, change: ScreenAgain, memory: ListsMemory) -> Touched:
    """Find orders that a version of a list touches: parties like an entry that is new or changed, and matches with one
    that is changed or gone. Before any list was there, orders waited for it.
    """
    channels = [one.channel_id for one in flow.network.channels.values() if one.screening_terms is not None]
    some = await orders.unended_after(flow.tx, channels, change.after, SOME_ORDERS)
    version = await screening.version(flow.tx, change.list_name, change.version)
    last = some[-1] if len(some) == SOME_ORDERS else None
    if version is None or not some:
        return Touched((), last)
    cases = await read(flow.tx, HUB, some)
    hits = await _compared(flow, cases, await memory.changed(flow.tx, version), rules=False)
    matched = await screening.orders_matched(flow.tx, change.list_name, version.difference.touched)
    touched = {order_id for order_id, found in hits.items() if found} | (matched & cases.keys())
    touched |= {order_id for order_id, case in cases.items() if _waits(case)}
    return Touched(tuple(one for one in some if one in touched), last)


async def screen_again(flow: FlowContext, change: ScreenAgain, touched: Touched) -> None:
    """Have orders screened again, and the next ones looked at."""
    messages: list[Message[Payload]] = [screening_task(flow, order_id) for order_id in touched.order_ids]
    if touched.last is not None:
        following = ScreenAgain(list_name=change.list_name, version=change.version, after=touched.last)
        messages.append(Message(message_id=flow.new_id(), lane=lane_of(change.list_name), payload=following))
    await outbox.append(flow.tx, messages, at=flow.at)


async def end_decisions(flow: FlowContext, decision_ids: Sequence[UUID]) -> None:
    """Have orders screened again that were cleared by decisions whose time is over, and of which units wait yet."""
    order_ids = await screening.orders_decided(flow.tx, decision_ids, {MatchState.CLEARED})
    unreleased = await orders.unreleased(flow.tx, order_ids)
    await outbox.append(flow.tx, [screening_task(flow, one) for one in unreleased], at=flow.at)


def screening_task(flow: FlowContext, order_id: UUID) -> Message[ScreenParties]:
    """Return the message that has an order screened."""
    return Message(
        message_id=derived(flow.new_id(), "task", str(order_id)),
        lane=f"task:{order_id}",
        payload=ScreenParties(order_id),
        order_id=order_id,
    )


def lane_of(list_name: str) -> str:
    """Return the lane in which what a list touches is looked for."""
    return f"task:screening:{list_name}"


async def _compared(
    flow: FlowContext, cases: Mapping[UUID, Case], index: DeniedIndex, *, rules: bool = True
) -> dict[UUID, list[Hit]]:
    """The hits of orders whose channels screen and of which units have not left."""
    terms = {
        order_id: screens
        for order_id, case in cases.items()
        if (screens := flow.network.channel(case.order.channel_id).screening_terms) is not None and may_leave(case)
    }
    party_ids = sorted({party_id for order_id in terms for party_id in _parties(cases[order_id].order)})
    contacts = await parties.contacts(flow.tx, party_ids, flow.secrets.people)
    asked: list[tuple[UUID, Subject]] = []
    for order_id, screens in terms.items():
        asked += [(order_id, one) for one in subjects_of(flow, cases[order_id], contacts, screens)]
    hits: dict[UUID, list[Hit]] = {order_id: [] for order_id in terms}
    for (order_id, _), found in zip(asked, index.hits([one for _, one in asked]), strict=True):
        hits[order_id] += found
    if rules:
        restrictions = await restrictions_of(flow, [(cases[order_id], None) for order_id in terms])
        for order_id, named in restrictions.items():
            hits[order_id] += named
    return hits


def _pass(flow: FlowContext, case: Case, one: Screened) -> None:
    """Notes that an order was screened, and has it confirmed unless something else is open."""
    pending = case.order.checks.get(Check.PARTIES) is CheckState.PENDING
    if not pending and not case.changed:
        return
    if pending:
        case.order = checked(case.order, Check.PARTIES, CheckState.PASSED)
    held = len(screening_holds(case))
    case.happened(PartiesScreened(undecided=held, lists=dict(one.versions), rules_version=one.rules_version), flow.at)
    if case.order.state is OrderState.PLACED:
        case.task(ConfirmOrder(case.order_id))


def _hold_unlisted(flow: FlowContext, case: Case) -> None:
    if not screening_holds(case):
        reason = f"{HELD_FOR} no denied-party list was loaded; load one with `crossdock screening load`"
        command = "crossdock screening load FILE --list NAME"
        hold(case, HoldType.EXPORT_CONTROL, reason, flow.at, command=command)


def _waits(case: Case) -> bool:
    """Whether an order was not screened, as no list was there."""
    waiting = case.order.checks.get(Check.PARTIES) is CheckState.PENDING
    return bool(screening_holds(case)) and (waiting or any("no denied-party" in one.reason for one in case.holds))


def _parties(order: Order) -> tuple[UUID, UUID]:
    return order.customer_party_id, order.ship_to_party_id
