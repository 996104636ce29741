"""Polled updates become few calls of flows, and those about one subject keep their order."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent, ProgressKind, ProgressReport, ShipmentReport
from hub.messages.updates import Update
from hub.tasks.update_runs import Report, runs_of

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def picked(order: int) -> ProgressReport:
    """Units of a fulfillment order were picked."""
    return ProgressReport(UUID(int=order), ProgressKind.PICKED, AT)


def shipped(order: int) -> ShipmentReport:
    """A parcel of a fulfillment order left."""
    return ShipmentReport(UUID(int=order), "P-1", AT)


def carried(order: int) -> CarrierEvent:
    """The parcel of a tracking number arrived."""
    return CarrierEvent(ShipmentState.DELIVERED, AT, f"T-{order}")


def told(*reports: Report) -> list[Update[Report]]:
    """Updates with these reports, numbered."""
    return [Update(str(number), "KIND", report) for number, report in enumerate(reports)]


def numbers(runs: list[list[Update[Report]]]) -> list[list[str]]:
    """The numbers of updates in their runs."""
    return [[update.update_id for update in run] for run in runs]


def test_the_same_steps_of_many_orders_are_one_run_each() -> None:
    updates = told(picked(1), shipped(1), picked(2), shipped(2), picked(3), shipped(3))

    assert numbers(runs_of(updates)) == [["0", "2", "4"], ["1", "3", "5"]]


def test_a_later_step_of_a_subject_is_never_before_an_earlier_one() -> None:
    updates = told(shipped(1), picked(1), shipped(1))

    assert numbers(runs_of(updates)) == [["0"], ["1"], ["2"]]


def test_parcels_are_told_apart_by_their_tracking_numbers() -> None:
    assert numbers(runs_of(told(carried(1), carried(2), carried(1)))) == [["0", "1", "2"]]


def test_nothing_told_is_no_run() -> None:
    assert runs_of([]) == []


@given(
    st.lists(st.builds(lambda kind, order: kind(order), st.sampled_from([picked, shipped, carried]), st.integers(1, 4)))
)
def test_every_update_is_in_one_run_of_its_type_and_subjects_keep_their_order(reports: list[Report]) -> None:
    runs = runs_of(told(*reports))

    taken = [update for run in runs for update in run]
    assert sorted(int(update.update_id) for update in taken) == list(range(len(reports)))
    assert all(len({type(update.report) for update in run}) == 1 for run in runs)
    for order in range(1, 5):
        own = [int(update.update_id) for update in taken if update.report in (picked(order), shipped(order))]
        assert own == sorted(own)
