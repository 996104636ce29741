"""`crossdock customer`: what it asks of the hub, and what it shows."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.customers.v1 import customers_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"


def test_a_session_is_opened_for_the_customer_of_an_order(hub: PretendHub, crossdock: Crossdock) -> None:
    session = pb.CustomerSession(token="cdc_token", order_id=ID, expire_time=Timestamp(seconds=1_794_902_400))
    hub.answers["CustomerService.IssueSession"] = pb.IssueSessionResponse(session=session)

    ran = crossdock("customer", "session", ID)

    assert (ran.code, ran.out.strip()) == (0, "cdc_token")
    (asked,) = hub.requests("CustomerService.IssueSession")
    assert (asked.order_id, bool(asked.request_id)) == (ID, True)


def test_the_sessions_of_an_order_are_ended(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["CustomerService.EndSessions"] = pb.EndSessionsResponse(ended_count=2)

    ran = crossdock("customer", "end", ID)

    assert (ran.code, ran.out.strip()) == (0, "2 sessions ended.")
    (asked,) = hub.requests("CustomerService.EndSessions")
    assert asked.order_id == ID
