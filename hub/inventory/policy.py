"""Which changes of stock are admitted: in order, each element whole or not at all, never below what orders claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hub.inventory.model import Admission, Snapshot, Stock, StockChange, StockKey, StockMove, StockShortage

Element = Sequence[StockChange]


def admitted(rows: Mapping[StockKey, Stock], elements: Sequence[Element]) -> Admission:
    """Decides a batch over the rows as locked; a row that is not in `rows` has nothing.

    A new claim (`reserved` without as much given up in the same change) needs that many units available. No element
    may leave a quantity below 0 or less on hand than is claimed. `found_empty` makes on hand what is allocated after
    the element, and is refused while units are reserved. A refused element takes nothing, so that a later one is not
    refused because of it.
    """
    standing: dict[StockKey, Stock] = {}
    outcomes: list[StockShortage | None] = []
    moves: list[StockMove] = []
    for element in elements:
        before = {key: standing.get(key) or rows.get(key) or Stock(*key) for key in touched(element)}
        shortage, after, done = _applied(before, element)
        outcomes.append(shortage)
        if shortage is None:
            standing |= after
            moves += done
    changed = {key: row for key, row in standing.items() if row != (rows.get(key) or Stock(*key))}
    return Admission(changed, tuple(outcomes), tuple(moves))


def touched(element: Element) -> list[StockKey]:
    """The rows an element changes, each once, sorted."""
    return sorted({(change.sku, change.node_id) for change in element})


def counted(snapshot: Snapshot) -> list[tuple[str, str, int, int]]:
    """The rows of a count by (sku, node), each key once: what was counted in two places of a node adds up."""
    sums: dict[StockKey, tuple[int, int]] = {}
    for sku, node_id, on_hand, safety in snapshot.rows:
        if node_id in snapshot.node_ids:
            units, kept = sums.get((sku, node_id), (0, 0))
            sums[sku, node_id] = (units + on_hand, max(kept, safety))
    return [(*key, *sums[key]) for key in sorted(sums)]


def _applied(
    before: Mapping[StockKey, Stock], element: Element
) -> tuple[StockShortage | None, dict[StockKey, Stock], list[StockMove]]:
    after = dict(before)
    moves: list[StockMove] = []
    for change in element:
        key = (change.sku, change.node_id)
        row = _moved(after[key], change.on_hand, change.reserved, change.allocated)
        claimed = change.reserved + change.allocated
        if change.reserved > 0 and claimed > 0 and _unclaimed(row) < row.safety:
            return _unavailable(before[key], row, claimed), {}, []
        after[key] = row
        moves.append(_move(change, change.on_hand))
    for index, change in enumerate(element):
        if change.found_empty:
            key = (change.sku, change.node_id)
            row = after[key]
            after[key] = replace(row, on_hand=row.allocated)
            moves[index] = _move(change, change.on_hand + row.allocated - row.on_hand)
    for key, row in after.items():
        if _impossible(row):
            return _shortage(before[key], row), {}, []
    return None, after, [move for move in moves if move.on_hand or move.reserved or move.allocated]


def _unclaimed(row: Stock) -> int:
    return row.on_hand - row.reserved - row.allocated


def _impossible(row: Stock) -> bool:
    return min(row.on_hand, row.reserved, row.allocated, _unclaimed(row)) < 0


def _moved(row: Stock, on_hand: int, reserved: int, allocated: int) -> Stock:
    return replace(
        row, on_hand=row.on_hand + on_hand, reserved=row.reserved + reserved, allocated=row.allocated + allocated
    )


def _move(change: StockChange, on_hand: int) -> StockMove:
    return StockMove(
        change.sku, change.node_id, on_hand, change.reserved, change.allocated, change.cause, change.cause_id
    )


def _unavailable(before: Stock, after: Stock, claimed: int) -> StockShortage:
    """What an element claimed of a row up to where it failed, its last change `claimed`, and what was free for it."""
    wanted = max(claimed, after.reserved + after.allocated - before.reserved - before.allocated)
    free = max(0, _unclaimed(after) + wanted - after.safety)
    return StockShortage(before.sku, before.node_id, wanted, free)


def _shortage(before: Stock, after: Stock) -> StockShortage:
    """What an element took of a row, and what the row had of it before."""
    for was, now in ((before.reserved, after.reserved), (before.allocated, after.allocated)):
        if now < 0:
            return StockShortage(before.sku, before.node_id, was - now, was)
    return StockShortage(before.sku, before.node_id, _unclaimed(before) - _unclaimed(after), _unclaimed(before))
