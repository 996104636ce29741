"""Why the stock of a SKU at a node is what it is: the figures in one sentence, then the rows that they are made of."""

from __future__ import annotations

from typing import Any, Final

from crossdock.common.v1 import refusal_pb2
from crossdock.inventory.v1 import supply_pb2
from hub.app.cli import wording
from hub.app.cli.paging import LARGEST_PAGE
from hub.app.cli.session import Session

_COLUMNS: Final = (
    "AT",
    "CAUSE",
    "ON HAND#",
    "RESERVED#",
    "ALLOCATED#",
    "SAFETY#",
    "FREE AFTER#",
    "ORDER",
    "BEHIND IT",
)
_TOLD: Final = ("source", "reference", "line", "reason", "from_condition", "to_condition", "channel_reference")
"""Facts of events that say which document or count stands behind a row."""


def request_of(sku: str, node_id: str, at: str, channel_id: str) -> supply_pb2.ExplainStockRequest:
    """The question. Raises BadParameter where the instant is none."""
    return supply_pb2.ExplainStockRequest(
        sku=sku, node_id=node_id, channel_id=channel_id, as_of_time=wording.timestamp(at, "--at")
    )


def explain(session: Session, request: supply_pb2.ExplainStockRequest, limit: int) -> None:
    """Asks, page by page as far as is wanted, and prints the answer."""
    rows: list[Any] = []
    with session.hub() as hub:
        while True:
            size = min(LARGEST_PAGE, limit - len(rows))
            request.page.CopyFrom(refusal_pb2.PageRequest(page_size=size, page_token=request.page.page_token))
            answer = hub.call(hub.supply.ExplainStock, request)
            rows += answer.rows
            if not answer.next_page_token or len(rows) >= limit:
                break
            request.page.page_token = answer.next_page_token
    del answer.rows[:]
    answer.rows.extend(rows)
    if session.output.as_json:
        session.output.json(answer)
        return
    session.output.say(_sentence(request, answer))
    for one in answer.conditioned:
        condition = wording.state(supply_pb2.Condition, one.condition, "CONDITION_")
        session.output.say(f"Beside it, {one.on_hand} {condition}.")
    session.output.table(_COLUMNS, [_row(row) for row in rows], empty="Nothing has moved there until then.")
    if answer.row_count > len(rows):
        session.output.say(f"{answer.row_count - len(rows)} older rows are not shown; see more by --limit.")


def _sentence(request: supply_pb2.ExplainStockRequest, answer: supply_pb2.ExplainStockResponse) -> str:
    figures, whom = answer.figures, f" for {request.channel_id}" if request.channel_id else ""
    return (
        f"{answer.available} of {request.sku} can be promised at {request.node_id}{whom} as of"
        f" {wording.instant(answer.as_of_time)}: {figures.on_hand} on hand - {figures.reserved} reserved"
        f" - {figures.allocated} allocated - {figures.safety} safety - {answer.protected} kept for others."
    )


def _row(row: supply_pb2.StockLedgerRow) -> tuple[object, ...]:
    delta, after = row.delta, row.after
    free = after.on_hand - after.reserved - after.allocated - after.safety
    behind = " ".join(row.facts[name] for name in _TOLD if name in row.facts)
    signed = (f"{units:+}" if units else "" for units in (delta.on_hand, delta.reserved, delta.allocated, delta.safety))
    event = f"{row.event_type} {behind}".strip() or row.cause_id
    return (wording.instant(row.move_time), row.cause, *signed, free, row.order_id, event)
