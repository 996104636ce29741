"""Splits polled updates into runs: each run is one kind of report about many orders, for one call of one flow."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.fulfillment.model import CarrierEvent, NodeReport
from hub.messages.updates import Update
from hub.trade.model.declarations import DeclarationEvent

Report = NodeReport | CarrierEvent | DeclarationEvent
"""What partners tell when they are polled."""


def runs_of(updates: Sequence[Update[Report]]) -> list[list[Update[Report]]]:
    """Return updates in runs of one type of report; those about one subject stay in the order told.

    An update goes to the first run of its type that is not before the last run of its subject.
    """
    runs: list[list[Update[Report]]] = []
    runs_by_type: dict[type[Report], list[int]] = {}
    last_run: dict[UUID | str, int] = {}
    for update in updates:
        subject, numbers = _subject(update.report), runs_by_type.setdefault(type(update.report), [])
        earliest = last_run.get(subject, 0)
        number = next((number for number in numbers if number >= earliest), len(runs))
        if number == len(runs):
            runs.append([])
            numbers.append(number)
        runs[number].append(update)
        last_run[subject] = number
    return runs


def _subject(report: Report) -> UUID | str:
    """What a report is about: a parcel, a declaration, or a fulfillment order."""
    if isinstance(report, DeclarationEvent):
        return report.declaration_id or report.customs_reference
    return report.tracking_number if isinstance(report, CarrierEvent) else report.fulfillment_order_id
