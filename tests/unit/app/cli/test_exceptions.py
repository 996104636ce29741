"""`crossdock exceptions` lists what needs a person, and deals with many at once."""

from __future__ import annotations

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2
from crossdock.common.v1 import refusal_pb2
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
OTHER = "01a204dc-af31-70aa-acb0-4c71b22f38d6"
AT = Timestamp(seconds=1_794_902_400)


def test_exceptions_are_listed_with_the_command_that_solves_them_and_ended_by_id(
    hub: PretendHub, crossdock: Crossdock
) -> None:
    record = admin_pb2.ExceptionRecord(
        exception_id=ID,
        reason="STOCK_SHORT",
        suggested_command="crossdock stock",
        deadline_time=AT,
        detail="3 units wait.",
    )
    hub.answers["AdminService.ListExceptions"] = admin_pb2.ListExceptionsResponse(exceptions=[record])
    ended = admin_pb2.ExceptionResult(exception=record)
    hub.answers["AdminService.ChangeExceptions"] = admin_pb2.ChangeExceptionsResponse(results=[ended])

    assert "crossdock stock" in crossdock("exceptions", "list", "--reason", "STOCK_SHORT").out
    assert crossdock("exceptions", "resolve", ID).out == "STOCK_SHORT is ended: 3 units wait.\n"
    assert hub.requests("AdminService.ListExceptions")[0].reason == "STOCK_SHORT"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("assign", ID, OTHER, "--owner", "finance"), "STOCK_SHORT is owned by finance: 3 units wait.\n"),
        (("snooze", ID, OTHER, "--until", "2026-12-02T09:00:00Z"), "STOCK_SHORT is put aside until 2026-12-02 09:00"),
        (("resolve", ID, OTHER, ID, "--note", "counted"), "STOCK_SHORT is ended: 3 units wait.\n"),
    ],
)
def test_several_exceptions_are_dealt_with_by_one_request(
    hub: PretendHub, crossdock: Crossdock, command: tuple[str, ...], told: str
) -> None:
    record = admin_pb2.ExceptionRecord(reason="STOCK_SHORT", owner="finance", detail="3 units wait.")
    record.snooze_until_time.FromJsonString("2026-12-02T09:00:00Z")
    results = [admin_pb2.ExceptionResult(exception=record)] * 2
    hub.answers["AdminService.ChangeExceptions"] = admin_pb2.ChangeExceptionsResponse(results=results)

    assert crossdock("exceptions", *command).out.count(told) == 2
    (request,) = hub.requests("AdminService.ChangeExceptions")
    assert list(request.exception_ids) == [ID, OTHER]


def test_what_options_name_is_dealt_with_and_a_dry_run_changes_nothing(hub: PretendHub, crossdock: Crossdock) -> None:
    record = admin_pb2.ExceptionRecord(exception_id=ID, reason="STOCK_SHORT", detail="3 units wait.")
    refused = refusal_pb2.Refusal(message="Units still wait.")
    hub.answers["AdminService.ListExceptions"] = admin_pb2.ListExceptionsResponse(exceptions=[record])
    hub.answers["AdminService.ChangeExceptions"] = admin_pb2.ChangeExceptionsResponse(
        results=[admin_pb2.ExceptionResult(refusal=refused)]
    )
    asked = ("exceptions", "resolve", "--reason", "STOCK_SHORT", "--owned-by", "inventory", "--overdue")

    dry = crossdock(*asked, "--dry-run")
    assert dry.out == "1 exceptions would be changed; nothing was.\n"
    assert hub.requests("AdminService.ChangeExceptions") == []
    done = crossdock(*asked)

    assert (done.code, done.out) == (1, "Units still wait.\n")
    (listing, _) = hub.requests("AdminService.ListExceptions")
    assert (listing.reason, listing.owner, listing.overdue) == ("STOCK_SHORT", "inventory", True)
    assert list(hub.requests("AdminService.ChangeExceptions")[0].exception_ids) == [ID]
    assert crossdock("exceptions", "resolve").code == 2
    assert crossdock("exceptions", "resolve", ID, "--overdue").code == 2
