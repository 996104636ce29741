"""Proposes changes of orders: what each would cost and when its goods would arrive. Changes no order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.changes.applying import previewed
from hub.cases.changes.drafts import Difference, difference
from hub.cases.changes.permissions import refuse_elsewhere, refuse_forbidden
from hub.cases.changes.sourcing import Sourced, sourced
from hub.cases.context import FlowContext
from hub.cases.store import read
from hub.changes import operations as changes
from hub.changes.model import ChangeDraft, OrderChange, Preview
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.orders.errors import OrderNotFound
from hub.parties import operations as parties
from hub.parties.model import Contact, Party

_UNSEEN = Preview((), 0, 0, 0, 0, 0, 0)


class Proposal(Struct, frozen=True):
    """A change that was planned, and the other recipient that it brings, if any."""

    change: OrderChange
    ship_to: Contact | None


async def propose_changes(flow: FlowContext, proposals: Sequence[Proposal]) -> list[OrderChange | Refusal]:
    """Keeps proposals that were planned, and their recipients."""
    people = [
        Party(one.change.ship_to_party_id, one.ship_to)
        for one in proposals
        if one.change.ship_to_party_id is not None and one.ship_to is not None
    ]
    if people:
        await parties.record(flow.tx, people, key=flow.secrets.blind_index, keys=flow.secrets.people)
    await changes.insert(flow.tx, [one.change for one in proposals])
    return [one.change for one in proposals]


async def plan(flow: FlowContext, drafts: Sequence[ChangeDraft]) -> list[Proposal | Refusal]:
    """Makes a proposal of each draft, with its preview, from what is read; claims nothing.

    Refuses ORDER_NOT_FOUND, ORDER_LINE_NOT_FOUND, ORDER_ACTION_NOT_ALLOWED, CHANGE_OUTDATED, CHANGE_TOO_LATE,
    CHANGE_NOT_PAYABLE, CHANGE_EMPTY, CHANGE_NOT_ALLOWED, and for added lines as placing an order does.
    """
    cases = await read(flow.tx, flow.scope, [draft.order_id for draft in drafts])
    differences = await _differences(flow, cases, drafts)
    wanted = [
        (cases[draft.order_id], one.added)
        for draft, one in zip(drafts, differences, strict=True)
        if isinstance(one, Difference)
    ]
    sources = iter(await sourced(flow, wanted))
    answers: list[Proposal | Refusal] = []
    for draft, one in zip(drafts, differences, strict=True):
        answers.append(
            one if isinstance(one, Refusal) else _proposed(flow, cases[draft.order_id], draft, one, next(sources))
        )
    return answers


async def _differences(
    flow: FlowContext, cases: Mapping[UUID, Case], drafts: Sequence[ChangeDraft]
) -> list[Difference | Refusal]:
    items = await flow.items.load(flow.tx, {line.sku for draft in drafts for line in draft.added})
    if parts := {part.sku for item in items.values() for part in item.components}:
        items |= await flow.items.load(flow.tx, parts - items.keys())
    answers: list[Difference | Refusal] = []
    for draft in drafts:
        case = cases.get(draft.order_id)
        try:
            if case is None:
                raise OrderNotFound(f"There is no order {draft.order_id}.", order_id=draft.order_id)
            answers.append(difference(case, draft, items, flow.at))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


def _proposed(
    flow: FlowContext, case: Case, draft: ChangeDraft, made: Difference, source: Sourced | Refusal
) -> Proposal | Refusal:
    if isinstance(source, Refusal):
        return source
    change_id = flow.new_id()
    terms = flow.network.channel(case.order.channel_id).change_terms
    change = OrderChange(
        change_id=change_id,
        order_id=case.order_id,
        order_version=case.order.version,
        reason=draft.reason,
        currency=case.order.currency,
        removed=made.removed,
        added=made.added,
        preview=_UNSEEN,
        proposed_at=flow.at,
        expires_at=flow.at + timedelta(seconds=terms.validity_seconds),
        requested_by=draft.requested_by,
        ship_to_party_id=derived(change_id, "ship_to") if draft.ship_to else None,
        gift_message=draft.gift_message,
        delivery_instructions=draft.delivery_instructions,
    )
    try:
        if draft.ship_to:
            refuse_elsewhere(flow, case, draft.ship_to)
        change = previewed(flow, case, change, source)
        refuse_forbidden(flow, case, change)
    except Refusal as refusal:
        return refusal
    return Proposal(change, draft.ship_to)
