"""Posts to ERPs what moved on the shelves of nodes: each movement once, numbered per node, in the order of its making.

Movements are gathered by SKU and cause since the last posting. A document has so many SKUs at most; where more moved,
several are made one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.cases.context import FlowContext
from hub.inventory import operations as inventory
from hub.inventory.model import StockMovement
from hub.kernel.ids import derived, uuid7
from hub.kernel.instant import EPOCH
from hub.messages.erp import DocumentKind, PostDocument, PostedLine
from hub.outbox import operations as outbox
from hub.outbox.model import Message

SKUS_A_DOCUMENT: Final = 500
"""SKUs in one document at most."""


async def post_stock(flow: FlowContext, node_ids: Sequence[str]) -> int:
    """Posts what moved at nodes since the last time; answers how many documents that made."""
    made = 0
    for node_id in sorted(set(node_ids)):
        node = flow.network.nodes.get(node_id)
        if node is not None and node.erp_account_id:
            made += await _posted(flow, node.erp_account_id, node_id)
    return made


async def _posted(flow: FlowContext, account_id: str, node_id: str) -> int:
    number = await inventory.open_book(flow.tx, account_id, node_id)
    messages: list[Message[PostDocument]] = []
    while moved := await inventory.unposted(flow.tx, account_id, node_id, SKUS_A_DOCUMENT):
        messages.append(_document(flow, account_id, node_id, number + len(messages) + 1, moved))
    await inventory.close_book(flow.tx, account_id, node_id, len(messages))
    await outbox.append(flow.tx, messages, at=flow.at)
    return len(messages)


def _document(
    flow: FlowContext, account_id: str, node_id: str, number: int, moved: Sequence[StockMovement]
) -> Message[PostDocument]:
    return Message(
        message_id=derived(uuid7(EPOCH, 0), "stock movement", account_id, node_id, number),
        lane=f"erp.stock:{account_id}:{node_id}",
        payload=PostDocument(
            document=DocumentKind.STOCK_MOVEMENT,
            document_number=number,
            node_id=node_id,
            lines=tuple(PostedLine(0, movement.sku, movement.units, cause=movement.cause) for movement in moved),
            occurred_at=flow.at,
        ),
        account_id=account_id,
        priority=6,
    )
