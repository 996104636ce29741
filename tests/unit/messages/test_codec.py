"""Payloads are stored as they always were, and what was stored before is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from hub.messages import codec
from hub.messages.payload import Unread
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import PollDue, ReleaseDue
from tests.support.payloads import ORDER, STORED, example

AT = datetime(2026, 3, 3, 15, tzinfo=UTC)
WRITTEN_NO_MORE: Mapping[str, set[str]] = {
    "payment.authorize": {"authorization_reference"},
    "payment.capture": {"token"},
    "payment.reverse": {"token"},
    "timer.release": {"order_id"},
    "timer.cancel_expired": {"order_id"},
    "timer.return_deadline": {"return_id"},
}
"""Fields that nothing read, by kind: they said again what another field says, or belonged to another call."""


def as_stored(kind: str, **changes: Any) -> Any:
    """The JSON of an example, as it is written now."""
    return msgspec.json.decode(msgspec.json.encode(codec.stored(example(kind, **changes))))


def test_there_is_an_example_of_every_kind() -> None:
    assert set(STORED) == set(codec.PAYLOADS)


@pytest.mark.parametrize("kind", STORED)
def test_what_was_stored_before_is_read_and_written_as_it_was(kind: str) -> None:
    assert type(example(kind)) is codec.PAYLOADS[kind]
    unread = WRITTEN_NO_MORE.get(kind, set())
    assert unread <= set(STORED[kind])
    assert as_stored(kind) == {name: value for name, value in STORED[kind].items() if name not in unread}


@pytest.mark.parametrize("kind", STORED)
def test_what_is_written_now_is_read_as_it_was_made(kind: str) -> None:
    assert codec.read(kind, as_stored(kind)) == example(kind)


def test_fields_at_their_defaults_may_be_missing_or_null() -> None:
    told = {**STORED["channel.report"], "lines": [{**STORED["channel.report"]["lines"][0], "promised_at": None}]}
    del told["packages"], told["occurred_at"]

    report = codec.read("channel.report", told)

    assert as_stored("channel.report", lines=told["lines"])["lines"] == STORED["channel.report"]["lines"]
    assert (report.packages, report.occurred_at) == ((), None)  # type: ignore[attr-defined]


def test_an_instant_is_written_with_its_microseconds_only_where_there_are_any() -> None:
    due = [ReleaseDue(UUID(ORDER), at) for at in (AT, AT.replace(microsecond=5))]

    written = [msgspec.json.decode(msgspec.json.encode(one))["due_at"] for one in due]

    assert written == ["2026-03-03T15:00:00Z", "2026-03-03T15:00:00.000005Z"]


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("pigeon.send", {"to": "Ghent"}),
        ("order.release", {}),
        ("order.release", {"order_id": "not an identity"}),
        ("erp.post", {**STORED["erp.post"], "document": "POEM"}),
    ],
)
def test_what_no_struct_reads_is_kept_as_it_is_stored(kind: str, stored: dict[str, Any]) -> None:
    payload = codec.read(kind, stored)

    assert isinstance(payload, Unread)
    assert (payload.kind, kind in payload.failure) == (kind, True)
    assert codec.stored(payload) == stored


def test_a_timer_is_stored_without_what_its_columns_say() -> None:
    assert codec.stored_timer(ReleaseDue(UUID(ORDER), AT)) == (ORDER, {})
    assert codec.stored_timer(PollDue("WMS", AT, "warehouse.pull")) == ("WMS", {"message_kind": "warehouse.pull"})


def test_a_timer_of_before_is_read_with_the_subject_and_instant_of_its_columns() -> None:
    assert codec.read_timer("release", ORDER, AT, {"order_id": ORDER}) == ReleaseDue(UUID(ORDER), AT)


def test_a_kind_belongs_to_one_struct() -> None:
    assert codec.read("order.release", {"order_id": ORDER}) == ReleaseOrder(UUID(ORDER))
    assert [kind for kind, struct in codec.PAYLOADS.items() if kind != struct.KIND] == []
