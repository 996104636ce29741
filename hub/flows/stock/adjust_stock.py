"""Changes stock on hand: receipts, damage, corrections. Waiting orders are tried again when stock comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import claim_nodes, take_turns
from hub.cases.plausibility import LEDGER_LAG, refuse_outside
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.inbox.model import ParkedEvent
from hub.inventory import operations as inventory
from hub.inventory.errors import StockWouldBeNegative
from hub.inventory.model import Stock, StockChange
from hub.inventory.policy.causes import adjustment_event
from hub.kernel.errors import InstantImplausible, Refusal
from hub.messages.events.stock import StockAdjusted
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event


async def adjust_stock(flow: FlowContext, changes: Sequence[StockChange]) -> list[Stock | ParkedEvent | Refusal]:
    """Applies changes in order, each alone; answers the stock after the batch. Numbered ones are taken in their turn.

    Refuses UNKNOWN_SKU, UNKNOWN_NODE, INSTANT_IMPLAUSIBLE, STOCK_WOULD_BE_NEGATIVE, NODE_SOURCE_TAKEN, FEED_BACKWARDS,
    FEED_CONFLICT; what is refused in its turn is kept as an exception, so that the feed goes on.
    """
    turns = await take_turns(flow, changes, repeatable=False)
    answers = await _adjusted(flow, turns.due)
    keys = {(change.sku, change.node_id) for change in turns.seen}
    rows = await inventory.read(flow.tx, keys) if keys else {}
    seen = [rows.get((one.sku, one.node_id)) or Stock(one.sku, one.node_id) for one in turns.seen]
    return await turns.merged(flow, answers, seen)


async def _adjusted(flow: FlowContext, changes: Sequence[StockChange]) -> list[Stock | Refusal]:
    known = await catalog.load(flow.tx, sorted({change.sku for change in changes}))
    contested = await claim_nodes(
        flow,
        [(one.node_id, one.sequence.source) for one in changes if one.sequence and _refusal(flow, one, known) is None],
    )
    refusals = [_refusal(flow, one, known) or _contest(one, contested) for one in changes]
    sound = [change for change, refusal in zip(changes, refusals, strict=True) if refusal is None]
    shortages = iter(await inventory.change(flow.tx, [[change] for change in sound], at=flow.at))
    refusals = [
        refusal or (_negative(change) if next(shortages) else None)
        for change, refusal in zip(changes, refusals, strict=True)
    ]
    done = [change for change, refusal in zip(changes, refusals, strict=True) if refusal is None]
    rows = await inventory.read(flow.tx, {(change.sku, change.node_id) for change in done})
    await outbox.emit(flow.tx, _events(flow, done))
    await stock_changed(flow, freed=any(one.on_hand > 0 for one in done), claimed=any(one.on_hand < 0 for one in done))
    return [
        refusal or rows.get((change.sku, change.node_id)) or Stock(change.sku, change.node_id)
        for change, refusal in zip(changes, refusals, strict=True)
    ]


def _contest(change: StockChange, contested: Mapping[tuple[str, str], Refusal]) -> Refusal | None:
    return contested.get((change.node_id, change.sequence.source)) if change.sequence else None


def _refusal(flow: FlowContext, change: StockChange, known: Mapping[str, object]) -> Refusal | None:
    if change.sku not in known:
        return UnknownSku(f"{change.sku} is not in the catalog; create the item with PutItems first.", sku=change.sku)
    if change.node_id not in flow.network.nodes or not flow.scope.sees(node_id=change.node_id):
        return UnknownNode(f"{change.node_id} is not a node that you may change stock of.", node_id=change.node_id)
    try:
        refuse_outside(change.occurred_at or flow.at, flow.at - LEDGER_LAG, "more than a year ago", flow.at)
    except InstantImplausible as refusal:
        return refusal
    return None


def _negative(change: StockChange) -> StockWouldBeNegative:
    return StockWouldBeNegative(
        f"{change.node_id} has fewer than {-change.on_hand} units of {change.sku} that no order holds; take away fewer,"
        " or report a short on the fulfillment order.",
        sku=change.sku,
        node_id=change.node_id,
        delta=change.on_hand,
    )


def _events(flow: FlowContext, done: Sequence[StockChange]) -> list[Event]:
    told: Counter[tuple[UUID, str, str]] = Counter()
    events = []
    for change in done:
        place = (change.cause_id, change.sku, change.node_id)
        events.append(_event(flow, change, told[place]))
        told[place] += 1
    return events


def _event(flow: FlowContext, change: StockChange, number: int) -> Event:
    facts = StockAdjusted(sku=change.sku, node_id=change.node_id, delta=change.on_hand, cause=change.cause)
    identity = adjustment_event(change.cause_id, change.sku, change.node_id, number)
    return Event(identity, facts, change.occurred_at or flow.at, node_id=change.node_id)
