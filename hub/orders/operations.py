"""What flows do with orders: add, take back, load, save, find. Decisions stand in `policy`, states in `lifecycle`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.database.tx import Tx
from hub.kernel.scope import HUB, Scope
from hub.orders import store
from hub.orders.model import Existing, Order
from hub.orders.store import (
    find,
    load,
    of_buyers,
    open_of,
    placed_after,
    remove,
    save,
    save_lines,
    unended_after,
    unreleased,
    versions,
)

__all__ = [
    "add",
    "add_new",
    "find",
    "find_by_reference",
    "load",
    "of_buyers",
    "open_of",
    "placed_after",
    "remove",
    "save",
    "save_lines",
    "unended_after",
    "unreleased",
    "versions",
]


async def add(tx: Tx, orders: Sequence[Order]) -> list[Order | Existing]:
    """Adds orders; answers, one per element, the order, or what already stands under its channel reference.

    References are inserted sorted, so that two processes with the same ones wait for each other instead of
    deadlocking, and read again in a second statement, which sees what the other committed. Two equal references in
    one batch: the second is answered with the first.
    """
    first: dict[tuple[str, str], Order] = {}
    for order in orders:
        first.setdefault((order.channel_id, order.channel_reference), order)
    added = await store.insert_new(tx, [first[reference] for reference in sorted(first)])
    taken = [reference for reference in first if reference not in added]
    standing = {
        reference: Existing(order.order_id, order.content_hash)
        for reference, order in first.items()
        if reference in added
    }
    for row in await store.by_reference(tx, HUB, taken) if taken else ():
        standing[row["channel_id"], row["channel_reference"]] = Existing(row["order_id"], row["content_hash"])
    answers: list[Order | Existing] = []
    for order in orders:
        reference = (order.channel_id, order.channel_reference)
        answers.append(order if reference in added and first[reference] is order else standing[reference])
    return answers


async def add_new(tx: Tx, orders: Sequence[Order]) -> None:
    """Adds orders whose references are assumed to be free. Breaks the transaction where one is not; `add` them then."""
    await store.insert(tx, sorted(orders, key=lambda one: (one.channel_id, one.channel_reference)))


async def find_by_reference(tx: Tx, scope: Scope, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """The orders in scope under (channel_id, channel_reference): pair -> order id."""
    if not pairs:
        return {}
    rows = await store.by_reference(tx, scope, pairs)
    return {(row["channel_id"], row["channel_reference"]): row["order_id"] for row in rows}
