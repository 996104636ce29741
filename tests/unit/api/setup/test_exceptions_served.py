"""Exceptions over gRPC: filtered, given to another owner, put aside until an instant, ended with a note."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest

from crossdock.admin.v1 import admin_pb2 as pb
from crossdock.common.v1 import errors_pb2
from hub.exceptions import operations as exceptions
from hub.exceptions.model import OWNERS, ExceptionReason
from hub.exceptions.policy import raised
from hub.wire.instants import instant_to_pb
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, refusal

DAY = timedelta(days=1)


async def opened(
    hub: Served, reason: ExceptionReason = ExceptionReason.UPDATE_REFUSED, order_id: UUID | None = None
) -> str:
    """The id of an exception that was raised on Tuesday."""
    record = raised(uuid4(), reason, str(uuid4()), "It says nothing.", None, TUESDAY, order_id)
    async with hub.world.database.transaction() as tx:
        await exceptions.open_all(tx, [record])
    return str(record.exception_id)


async def listed(hub: Served, **asked: Any) -> list[str]:
    answer = await hub.rpc("AdminService.ListExceptions", "viewer")(pb.ListExceptionsRequest(**asked))
    return [record.exception_id for record in answer.exceptions]


async def changed(hub: Served, rpc: str, exception_id: str, **fields: Any) -> pb.ExceptionRecord:
    request = getattr(pb, f"{rpc}Request")(request_id=str(uuid4()), exception_id=exception_id, **fields)
    first = await hub.rpc(f"AdminService.{rpc}", "service")(request)
    second = await hub.rpc(f"AdminService.{rpc}", "service")(request)
    assert first == second, "a repeat changes nothing"
    record: pb.ExceptionRecord = first.exception
    return record


async def test_an_exception_is_given_to_another_owner(hub: Served) -> None:
    given, other = await opened(hub), await opened(hub)

    record = await changed(hub, "AssignException", given, owner="ada")

    assert record.owner == "ada"
    assert await listed(hub, owner="ada") == [given]
    assert await listed(hub, owner=OWNERS[ExceptionReason.UPDATE_REFUSED][0]) == [other]


async def test_a_snoozed_exception_comes_back_by_itself(hub: Served) -> None:
    aside, other = await opened(hub), await opened(hub, ExceptionReason.CAPTURE_FAILED)

    record = await changed(hub, "SnoozeException", aside, until_time=instant_to_pb(TUESDAY + DAY))

    assert record.snooze_until_time == instant_to_pb(TUESDAY + DAY)
    assert await listed(hub) == [other]
    assert await listed(hub, include_snoozed=True) == [aside, other]
    await hub.world.advance(DAY)
    assert await listed(hub) == [aside, other]


async def test_the_note_of_who_ended_an_exception_is_kept(hub: Served) -> None:
    ended = await opened(hub)

    await changed(hub, "ResolveException", ended, note="The carrier was called.")
    await changed(hub, "ResolveException", ended, note="Another word.")

    answer = await hub.rpc("AdminService.ListExceptions")(pb.ListExceptionsRequest(include_ended=True))
    assert [record.note for record in answer.exceptions] == ["The carrier was called."]


async def test_what_is_overdue_is_listed_alone(hub: Served) -> None:
    late = await opened(hub)
    await opened(hub, ExceptionReason.CAPTURE_FAILED)
    assert await listed(hub, overdue=True) == []

    await hub.world.advance(DAY - timedelta(hours=1))

    assert await listed(hub, overdue=True) == [late]
    await changed(hub, "ResolveException", late)
    assert await listed(hub, overdue=True, include_ended=True) == []


async def test_exceptions_are_listed_by_channel_and_node_of_their_orders(hub: Served) -> None:
    order = await hub.place()
    await hub.world.settle()
    (work,) = (await hub.world.case(UUID(order.order_id))).fulfillment_orders
    about = await opened(hub, order_id=UUID(order.order_id))
    await opened(hub)

    for asked in ({"channel_id": "WEB-NL"}, {"node_id": work.node_id}):
        assert await listed(hub, **asked) == [about]
    for asked in ({"channel_id": "WEB-DE"}, {"node_id": "ST-LON"}):
        assert await listed(hub, **asked) == []


@pytest.mark.parametrize("until", [TUESDAY, TUESDAY + timedelta(days=30, seconds=1)], ids=["now", "too far"])
async def test_an_exception_is_put_aside_for_thirty_days_at_most(hub: Served, until: Any) -> None:
    exception_id = await opened(hub)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await changed(hub, "SnoozeException", exception_id, until_time=instant_to_pb(until))

    assert refusal(refused.value)[2] == ["until_time"]
    assert await listed(hub) == [exception_id]


@pytest.mark.parametrize(
    ("rpc", "fields"),
    [("AssignException", {"owner": "ada"}), ("SnoozeException", {"until_time": instant_to_pb(TUESDAY + DAY)})],
)
async def test_only_an_open_exception_is_assigned_or_put_aside(hub: Served, rpc: str, fields: dict[str, Any]) -> None:
    ended = await opened(hub)
    await changed(hub, "ResolveException", ended)

    with pytest.raises(grpc.aio.AioRpcError) as over:
        await changed(hub, rpc, ended, **fields)
    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await changed(hub, rpc, str(uuid4()), **fields)

    assert refusal(over.value)[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "EXCEPTION_ENDED")
    assert refusal(unknown.value)[:2] == (grpc.StatusCode.NOT_FOUND, "EXCEPTION_NOT_FOUND")


async def test_many_exceptions_are_changed_alike_each_done_or_refused_for_itself(hub: Served) -> None:
    first, second, ended = await opened(hub), await opened(hub), await opened(hub)
    await changed(hub, "ResolveException", ended, note="Done.")
    missing, rpc = str(uuid4()), hub.rpc("AdminService.ChangeExceptions", "service")
    given = pb.ChangeExceptionsRequest(request_id=str(uuid4()), exception_ids=[first, missing, ended], owner="ada")

    answered = (await rpc(given)).results
    again = (await rpc(given)).results

    assert [one.WhichOneof("outcome") for one in answered] == ["exception", "refusal", "refusal"]
    assert [one.refusal.reason for one in answered[1:]] == [
        errors_pb2.ERROR_REASON_EXCEPTION_NOT_FOUND,
        errors_pb2.ERROR_REASON_EXCEPTION_ENDED,
    ]
    assert list(again) == list(answered)
    assert await listed(hub, owner="ada") == [first]
    until = instant_to_pb(TUESDAY + DAY)
    await rpc(
        pb.ChangeExceptionsRequest(request_id=str(uuid4()), exception_ids=[first, second], snooze_until_time=until)
    )
    assert await listed(hub) == []
    await rpc(
        pb.ChangeExceptionsRequest(request_id=str(uuid4()), exception_ids=[second, first], resolve_note="Called.")
    )
    assert await listed(hub, include_snoozed=True) == []
    with pytest.raises(grpc.aio.AioRpcError):
        await rpc(pb.ChangeExceptionsRequest(request_id=str(uuid4()), exception_ids=[first]))
    with pytest.raises(grpc.aio.AioRpcError):
        await rpc(pb.ChangeExceptionsRequest(request_id=str(uuid4()), exception_ids=[first, first], owner="ada"))
