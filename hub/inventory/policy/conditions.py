"""Which changes of stock by condition are admitted: sellable units and all others together, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.inventory.model import (
    Admission,
    Condition,
    ConditionedAdmission,
    ConditionedChange,
    ConditionKey,
    Stock,
    StockChange,
    StockKey,
    StockMove,
    StockShortage,
)
from hub.inventory.policy.admission import admitted


def admitted_conditioned(
    rows: Mapping[StockKey, Stock],
    conditioned: Mapping[ConditionKey, int],
    elements: Sequence[Sequence[ConditionedChange]],
) -> ConditionedAdmission:
    """Decides a batch over the rows as locked, in order; a row that is not there has nothing.

    An element is admitted where its sellable units are (`admission.admitted`) and no other condition would fall below
    0 by it; a refused one takes nothing of either.
    """
    standing, others = dict(rows), dict(conditioned)
    moves: list[StockMove] = []
    other_moves: list[ConditionedChange] = []
    outcomes: list[StockShortage | None] = []
    for element in elements:
        trial = _applied(others, element)
        if isinstance(trial, StockShortage):
            outcomes.append(trial)
            continue
        sellable = admitted(standing, [stock_changes(element)])
        outcomes += sellable.outcomes
        if sellable.outcomes[0] is None:
            standing |= sellable.after
            others |= trial
            moves += sellable.moves
            other_moves += [one for one in element if one.condition is not Condition.SELLABLE and one.delta]
    changed = {key: row for key, row in standing.items() if row != (rows.get(key) or Stock(*key))}
    after = {key: units for key, units in others.items() if units != conditioned.get(key, 0)}
    return ConditionedAdmission(Admission(changed, tuple(outcomes), tuple(moves)), after, tuple(other_moves))


def stock_changes(element: Sequence[ConditionedChange]) -> list[StockChange]:
    """What an element does to the stock that orders claim."""
    return [
        StockChange(one.sku, one.node_id, one.cause, one.cause_id, on_hand=one.delta)
        for one in element
        if one.condition is Condition.SELLABLE
    ]


def condition_key(change: ConditionedChange) -> ConditionKey:
    """The row a change is about."""
    return change.sku, change.node_id, change.condition


def _applied(
    before: Mapping[ConditionKey, int], element: Sequence[ConditionedChange]
) -> dict[ConditionKey, int] | StockShortage:
    after: dict[ConditionKey, int] = {}
    for one in element:
        if one.condition is not Condition.SELLABLE:
            key = condition_key(one)
            after[key] = after.get(key, before.get(key, 0)) + one.delta
    for key, units in after.items():
        if units < 0:
            held = before.get(key, 0)
            return StockShortage(key[0], key[1], held - units, held)
    return after
