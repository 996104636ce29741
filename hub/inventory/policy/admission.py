"""Which changes of stock are admitted: in order, each element whole or not at all, never below what orders claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from hub.inventory.model import Admission, Stock, StockChange, StockKey, StockMove, StockShortage

Element = Sequence[StockChange]
_NOTHING: Final = (0, 0)


def admitted(rows: Mapping[StockKey, Stock], elements: Sequence[Element]) -> Admission:
    """Decides a batch over the rows as locked; a row that is not in `rows` has nothing.

    A new claim (`reserved` without as much given up in the same change) needs that many units available
    above what is kept for others. No element
    may leave a quantity below 0 or less on hand than is claimed. A refused element takes nothing, so that a later one
    is not refused because of it.

    Elements with `found_empty` come after the others and are seen together: once all of them have given up what they
    do, on hand becomes what is allocated there; those that still leave units reserved are refused.
    """
    emptying = [index for index, element in enumerate(elements) if any(change.found_empty for change in element)]
    standing = dict(rows)
    plain = [index for index in range(len(elements)) if index not in emptying]
    moves, refused = _taken(standing, elements, plain)
    while emptying:
        trial = dict(standing)
        taken, lacking = _taken(trial, elements, emptying)
        emptied, claimed = _emptied(trial, elements, [index for index in emptying if index not in lacking])
        if not claimed:
            refused |= lacking
            standing, moves = trial, moves + taken + emptied
            break
        refused |= claimed
        emptying = [index for index in emptying if index not in claimed]
    changed = {key: row for key, row in standing.items() if row != (rows.get(key) or Stock(*key))}
    return Admission(changed, tuple(refused.get(index) for index in range(len(elements))), tuple(moves))


def claims_of(changes: Iterable[StockChange]) -> dict[StockKey, tuple[int, int]]:
    """What changes that only claim units reserve in all: (units, the most units to leave for others) by row.

    Raises ValueError where one does anything else.
    """
    claims: dict[StockKey, tuple[int, int]] = {}
    for change in changes:
        if change.reserved <= 0 or change.on_hand or change.allocated or change.found_empty:
            raise ValueError(f"more than a claim: {change}")
        key = (change.sku, change.node_id)
        units, floor = claims.get(key, _NOTHING)
        claims[key] = (units + change.reserved, max(floor, change.floor))
    return claims


def touched(element: Element) -> list[StockKey]:
    """The rows an element changes, each once, sorted."""
    return sorted({(change.sku, change.node_id) for change in element})


def _taken(
    standing: dict[StockKey, Stock], elements: Sequence[Element], indexes: Sequence[int]
) -> tuple[list[StockMove], dict[int, StockShortage]]:
    """Takes elements in order into `standing`; answers their moves, and what the refused ones lacked."""
    moves: list[StockMove] = []
    refused: dict[int, StockShortage] = {}
    for index in indexes:
        before = {key: standing.get(key) or Stock(*key) for key in touched(elements[index])}
        after = _applied(before, elements[index])
        if isinstance(after, StockShortage):
            refused[index] = after
        else:
            standing |= after
            moves += [move_of(change) for change in elements[index] if _moves(change)]
    return moves, refused


def _applied(before: Mapping[StockKey, Stock], element: Element) -> dict[StockKey, Stock] | StockShortage:
    after = dict(before)
    for change in element:
        key = (change.sku, change.node_id)
        row = _moved(after[key], change)
        claimed = change.reserved + change.allocated
        if change.reserved > 0 and claimed > 0 and _unclaimed(row) < row.safety + change.floor:
            return _unavailable(before[key], row, claimed, change.floor)
        after[key] = row
    for key, row in after.items():
        if _impossible(row):
            return _shortage(before[key], row)
    return after


def _emptied(
    standing: dict[StockKey, Stock], elements: Sequence[Element], indexes: Sequence[int]
) -> tuple[list[StockMove], dict[int, StockShortage]]:
    """Leaves on hand only what is allocated where elements found nothing more; refuses where units are reserved."""
    moves: list[StockMove] = []
    refused: dict[int, StockShortage] = {}
    for index in indexes:
        for change in elements[index]:
            row = standing[change.sku, change.node_id]
            if change.found_empty and row.reserved:
                refused.setdefault(index, StockShortage(row.sku, row.node_id, row.reserved, 0))
            elif change.found_empty and row.on_hand != row.allocated:
                delta = row.allocated - row.on_hand
                moves.append(StockMove(row.sku, row.node_id, delta, 0, 0, change.cause, change.cause_id))
                standing[change.sku, change.node_id] = replace(row, on_hand=row.allocated)
    return moves, refused


def _unclaimed(row: Stock) -> int:
    return row.on_hand - row.reserved - row.allocated


def _impossible(row: Stock) -> bool:
    return min(row.on_hand, row.reserved, row.allocated, _unclaimed(row)) < 0


def _moved(row: Stock, change: StockChange) -> Stock:
    return Stock(
        row.sku,
        row.node_id,
        row.on_hand + change.on_hand,
        row.reserved + change.reserved,
        row.allocated + change.allocated,
        row.safety,
    )


def _moves(change: StockChange) -> bool:
    return bool(change.on_hand or change.reserved or change.allocated)


def move_of(change: StockChange) -> StockMove:
    """What the ledger says of a change."""
    return StockMove(
        change.sku,
        change.node_id,
        change.on_hand,
        change.reserved,
        change.allocated,
        change.cause,
        change.cause_id,
        occurred_at=change.occurred_at,
    )


def _unavailable(before: Stock, after: Stock, claimed: int, floor: int) -> StockShortage:
    """What an element claimed of a row up to where it failed, its last change `claimed`, and what was free for it."""
    wanted = max(claimed, after.reserved + after.allocated - before.reserved - before.allocated)
    free = max(0, _unclaimed(after) + wanted - after.safety - floor)
    return StockShortage(before.sku, before.node_id, wanted, free)


def _shortage(before: Stock, after: Stock) -> StockShortage:
    """What an element took of a row, and what the row had of it before."""
    for was, now in ((before.reserved, after.reserved), (before.allocated, after.allocated)):
        if now < 0:
            return StockShortage(before.sku, before.node_id, was - now, was)
    return StockShortage(before.sku, before.node_id, _unclaimed(before) - _unclaimed(after), _unclaimed(before))
