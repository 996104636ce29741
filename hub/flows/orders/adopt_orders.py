"""Adopts orders that another system has placed and partly worked: as facts, without any effect at partners.

Stock that they claim is claimed; what has left is booked. What does not add up is refused, and where goods have left an
exception names it until the order is adopted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.adoption.adopted_money import credits_of
from hub.cases.adoption.adopted_orders import adopted, refuse_invalid
from hub.cases.adoption.adoption import Adoption
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.intake.acceptance import refuse_unknown_items
from hub.cases.intake.drafts import record_people, refuse_pickup
from hub.cases.stock import stock
from hub.cases.store import Loaded, read, save
from hub.cases.vat_numbers import is_reverse_charged, unasked
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory.model import StockShortage
from hub.kernel.errors import Refusal, inside
from hub.network.policy import channel_seen
from hub.orders import operations as orders
from hub.orders.errors import AdoptedStockMissing, ChannelReferenceTaken
from hub.orders.model import Draft, Existing, Order
from hub.orders.policy import charges_of, lines_of
from hub.returns import operations as returns
from hub.trade import operations as trade

FLOW = "adopt_orders"


class Planned(Struct, frozen=True):
    """An adoption with the case it makes, or why it makes none."""

    adoption: Adoption
    made: Case | Refusal


async def plan(flow: FlowContext, adoptions: Sequence[Adoption]) -> list[Planned]:
    """Makes cases of orders that stand elsewhere from what is read; claims and writes nothing."""
    items = await catalog.load(flow.tx, sorted({line.sku for adoption in adoptions for line in adoption.draft.lines}))
    parts = {part.sku for item in items.values() for part in item.components}
    items = {**items, **await catalog.load(flow.tx, sorted(parts - items.keys()))}
    return [Planned(adoption, _made(flow, adoption, items)) for adoption in adoptions]


async def adopt_orders(flow: FlowContext, planned: Sequence[Planned]) -> list[Case | Refusal]:
    """Adopts orders: a case each, or why not. A repeat of the same content under the same reference answers the order
    as it stands. Refuses UNKNOWN_CHANNEL, UNKNOWN_SKU, UNKNOWN_NODE, PICKUP_UNAVAILABLE, PRICE_MISSING,
    CHANNEL_REFERENCE_TAKEN, ADOPTED_UNITS_MISMATCH, ADOPTED_MONEY_MISMATCH, ADOPTED_STOCK_MISSING.
    """
    answers: list[Case | Refusal] = [one.made for one in planned]
    made = [(index, case) for index, case in enumerate(answers) if isinstance(case, Case)]
    added = await orders.add(flow.tx, [case.order for _, case in made])
    new = [(index, case) for (index, case), one in zip(made, added, strict=True) if isinstance(one, Order)]
    shortages = await stock.claim(flow, [case for _, case in new])
    for (index, case), shortage in zip(new, shortages, strict=True):
        if shortage is not None:
            answers[index] = lacking(case, shortage)
    kept = {case.order_id: case for index, case in new if answers[index] is case}
    await orders.remove(flow.tx, [case.order_id for _, case in new if case.order_id not in kept])
    refused = {case.order_id: answers[index] for index, case in new if case.order_id not in kept}
    ids = [one.order_id for one in added if isinstance(one, Existing)]
    standing = await read(flow.tx, flow.scope, ids)
    for (index, case), one in zip(made, added, strict=True):
        if isinstance(one, Existing):
            draft = planned[index].adoption.draft
            answers[index] = refused.get(one.order_id) or repeated(draft, one, standing | kept, case)
    await trade.save_vat_checks(flow.tx, [unasked(one.order) for one in kept.values() if is_reverse_charged(one.order)])
    await record_people(flow, [(planned[i].adoption.draft, case.order) for i, case in new if case.order_id in kept])
    await save(flow, FLOW, Loaded(kept, {}))
    await returns.add_credits(flow.tx, [one for case in kept.values() for one in credits_of(case)])
    await _name_refused(flow, zip(planned, answers, strict=True))
    return answers


def lacking(case: Case, shortage: StockShortage) -> AdoptedStockMissing:
    """Why an order that claims more than is free is refused."""
    return AdoptedStockMissing(
        f"{shortage.node_id} has {shortage.available} units of {shortage.sku} free, the order claims"
        f" {shortage.wanted} there; load the stock first, or state the units as BACKORDERED.",
        sku=shortage.sku,
        node_id=shortage.node_id,
        wanted=shortage.wanted,
        available=shortage.available,
        channel_reference=case.order.channel_reference,
    )


def repeated(draft: Draft, existing: Existing, standing: Mapping[UUID, Case], made: Case) -> Case | Refusal:
    """What an order under a reference that is taken is answered: the one that stands, where it is the same."""
    case = standing.get(existing.order_id)
    if case is not None and existing.content_hash == made.order.content_hash:
        return case
    return ChannelReferenceTaken(
        f"Another order of {draft.channel_id} stands as {draft.channel_reference}; adopt this under its own reference.",
        channel_id=draft.channel_id,
        channel_reference=draft.channel_reference,
    )


def _made(flow: FlowContext, adoption: Adoption, items: Mapping[str, Item]) -> Case | Refusal:
    draft = adoption.draft
    try:
        channel = channel_seen(flow.network, flow.scope, draft.channel_id, "adopt orders of")
        refuse_pickup(flow.network, channel, draft)
        refuse_unknown_items(draft, items)
        with inside("order.order"):
            lines, charges = lines_of(draft, items), charges_of(draft.charges)
        with inside("order"):
            refuse_invalid(flow, adoption, lines)
            return adopted(flow, adoption, channel, lines, charges)
    except Refusal as refusal:
        return refusal


async def _name_refused(flow: FlowContext, answered: Iterable[tuple[Planned, Case | Refusal]]) -> None:
    """Has somebody look at refused orders of which goods have left, until they are adopted."""
    opened: list[ExceptionRecord] = []
    ended: list[tuple[ExceptionReason, str]] = []
    for planned, answer in answered:
        draft = planned.adoption.draft
        subject = f"{draft.channel_id}/{draft.channel_reference}"
        if isinstance(answer, Case):
            ended.append((ExceptionReason.ADOPTION_REFUSED, subject))
        elif planned.adoption.shipments and not isinstance(answer, ChannelReferenceTaken):
            opened.append(_refused(flow, subject, planned.adoption, answer))
    await exceptions.resolve(flow.tx, ended, at=flow.at)
    await exceptions.open_all(flow.tx, opened)


def _refused(flow: FlowContext, subject: str, adoption: Adoption, refusal: Refusal) -> ExceptionRecord:
    parcels = ", ".join(shipment.reference for shipment in adoption.shipments[:5])
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.ADOPTION_REFUSED,
        subject=subject,
        detail=f"An order was not adopted although its goods have left ({parcels}): {refusal.message}",
        suggested_command="crossdock adopt FILE",
        at=flow.at,
    )
