"""EventService, InboxService, PromisingService, SourcingService and AdapterStateService over gRPC."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from crossdock.adapter.v1 import state_pb2
from crossdock.events.v1 import events_pb2
from crossdock.inbox.v1 import inbox_pb2
from crossdock.promising.v1 import promising_pb2
from crossdock.sourcing.v1 import sourcing_pb2
from hub.api.setup.network_changes import PUT_NETWORK
from hub.kernel.scope import HUB
from hub.network.model import Replacement, SourcingPolicy, SourcingTrial
from hub.outbox import operations as outbox
from hub.outbox.model import MessageState
from tests.support.network import network_of
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing, refusal


async def positions_given(hub: Served) -> None:
    """Does what the sequencer does."""
    now = hub.world.machine.now()
    async with hub.world.database.transaction() as tx:
        fence = await outbox.take_lease(tx, outbox.SEQUENCER, "test", now=now, until=now)
        assert fence is not None
        await outbox.give_positions(tx, fence=fence, limit=1000)


async def leave_unread(hub: Served) -> None:
    """Does what a person does about documents that a partner's adapter reads none of: gives them up."""
    await hub.world.settle()
    async with hub.world.database.transaction() as tx:
        for letter in await outbox.list_messages(tx, HUB, MessageState.DEAD, after=None, limit=10):
            await outbox.drop_dead(tx, HUB, letter.message.message_id, at=TUESDAY)


async def test_events_are_listed_from_any_position_on(hub: Served) -> None:
    order = await hub.place()
    await positions_given(hub)

    everything = await hub.rpc("EventService.ListEvents", "channel")(events_pb2.ListEventsRequest())
    rest = await hub.rpc("EventService.ListEvents")(
        events_pb2.ListEventsRequest(after_position=everything.events[-2].position)
    )
    first = await hub.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest(page_size=1))

    placed = next(one for one in everything.events if one.type == "OrderPlaced")
    assert (placed.order_id, placed.order_version) == (order.order_id, 1)
    assert placed.order_placed.channel_reference == "1001"
    assert rest.events[:] == everything.events[-1:]
    assert (len(first.events), first.last_position) == (1, first.events[0].position)
    assert everything.last_position == everything.events[-1].position


async def test_a_subscriber_gets_what_was_and_what_comes(hub: Served) -> None:
    await hub.place(reference="1")
    await positions_given(hub)
    call = aiter(hub.rpc("EventService.SubscribeEvents")(events_pb2.SubscribeEventsRequest()))
    before = (await anext(call)).events

    order = await hub.place(reference="2")
    await positions_given(hub)
    after = (await anext(call)).events

    assert after[0].position > before[-1].position
    assert order.order_id in {one.order_id for one in after}


async def test_events_are_listed_by_type_and_channel_and_read_on_behind_those_left_out(hub: Served) -> None:
    await hub.place(reference="1")
    await hub.place(reference="2")
    await positions_given(hub)
    listed = hub.rpc("EventService.ListEvents")
    everything = await listed(events_pb2.ListEventsRequest())

    placed = await listed(events_pb2.ListEventsRequest(types=["OrderPlaced"], channel_id="WEB-NL"))
    one = await listed(events_pb2.ListEventsRequest(types=["OrderPlaced", "OrderClosed"], page_size=1))
    elsewhere = await listed(events_pb2.ListEventsRequest(channel_id="WEB-DE"))

    assert [event.type for event in placed.events] == ["OrderPlaced", "OrderPlaced"]
    assert one.last_position == one.events[0].position < everything.last_position
    assert not elsewhere.events
    assert elsewhere.last_position == placed.last_position == everything.last_position


async def test_a_subscriber_moves_on_behind_events_that_it_does_not_want(hub: Served) -> None:
    await hub.place()
    await positions_given(hub)
    everything = await hub.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest())
    request = events_pb2.SubscribeEventsRequest(types=["SupplyPut"], channel_id="WEB-NL")

    first = await anext(aiter(hub.rpc("EventService.SubscribeEvents")(request)))

    assert not first.events
    assert first.last_position == everything.last_position > 0


@pytest.mark.parametrize("rpc", ["ListEvents", "SubscribeEvents"])
async def test_an_unknown_type_of_event_is_refused_by_its_field(hub: Served, rpc: str) -> None:
    request = {"ListEvents": events_pb2.ListEventsRequest, "SubscribeEvents": events_pb2.SubscribeEventsRequest}[rpc]
    call = hub.rpc(f"EventService.{rpc}")(request(types=["OrderPlaced", "OrderPainted"]))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await (call if rpc == "ListEvents" else anext(aiter(call)))

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["types[1]"])


async def test_a_subscription_that_is_given_up_leaves_nothing_behind(hub: Served) -> None:
    call = hub.rpc("EventService.SubscribeEvents")(events_pb2.SubscribeEventsRequest())
    reading = asyncio.ensure_future(anext(aiter(call)))
    await asyncio.wait([reading], timeout=0)

    call.cancel()

    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_a_cursor_ahead_of_the_feed_is_refused(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest(after_position=999))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.OUT_OF_RANGE, "CURSOR_INVALID")


async def test_a_document_is_kept_once_and_told_of_in_scope(hub: Served) -> None:
    request = inbox_pb2.ReceiveRequest(account_id="webshop", media_type="application/json", name="a", content=b"{}")

    first = await hub.rpc("InboxService.Receive", "channel")(request)
    second = await hub.rpc("InboxService.Receive", "channel")(request)
    document = inbox_pb2.GetDocumentRequest(document_id=first.document.document_id)
    read = await hub.rpc("InboxService.GetDocument", "viewer")(document)
    listed = await hub.rpc("InboxService.ListDocuments", "viewer")(inbox_pb2.ListDocumentsRequest())
    elsewhere = await hub.rpc("InboxService.ListDocuments", "other-shop")(inbox_pb2.ListDocumentsRequest())

    assert first.document.document_id == second.document.document_id
    assert (first.document.repeat_count, second.document.repeat_count) == (0, 1)
    assert read.document == listed.documents[0]
    assert (first.document.state, first.document.size_bytes) == (inbox_pb2.DOCUMENT_STATE_RECEIVED, 2)
    assert not elsewhere.documents
    await leave_unread(hub)


@pytest.mark.parametrize(
    ("rpc", "request_", "principal", "reason"),
    [
        ("Receive", inbox_pb2.ReceiveRequest(account_id="moon"), "channel", "UNKNOWN_CHANNEL"),
        ("Receive", inbox_pb2.ReceiveRequest(account_id="webshop"), "other-shop", "UNKNOWN_CHANNEL"),
        ("GetDocument", inbox_pb2.GetDocumentRequest(document_id=str(uuid4())), "viewer", "DOCUMENT_NOT_FOUND"),
        (
            "ReplayDocument",
            inbox_pb2.ReplayDocumentRequest(request_id=str(uuid4()), document_id=str(uuid4())),
            "service",
            "DOCUMENT_NOT_FOUND",
        ),
    ],
)
async def test_documents_of_nobody_are_refused(
    hub: Served, rpc: str, request_: Any, principal: str, reason: str
) -> None:
    if isinstance(request_, inbox_pb2.ReceiveRequest):
        request_.media_type, request_.content = "text/csv", b"x"

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc(f"InboxService.{rpc}", principal)(request_)

    assert refusal(refused.value)[1] == reason


async def test_a_document_without_problems_is_not_read_again(hub: Served) -> None:
    request = inbox_pb2.ReceiveRequest(account_id="webshop", media_type="application/json", content=b"{}")
    document = (await hub.rpc("InboxService.Receive", "channel")(request)).document
    replay = inbox_pb2.ReplayDocumentRequest(request_id=str(uuid4()), document_id=document.document_id)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("InboxService.ReplayDocument", "service")(replay)

    assert refusal(refused.value)[1] == "DOCUMENT_NOT_REPLAYABLE"
    await leave_unread(hub)


async def test_delivery_dates_are_quoted_and_decisions_explained(hub: Served) -> None:
    order = await hub.place()
    asked = promising_pb2.QuotePromisesRequest(channel_id="WEB-NL", to_country_code="NL")
    asked.lines.add(sku="SHIRT", quantity=1)

    quoted = await hub.rpc("PromisingService.QuotePromises", "channel")(asked)
    decided = await hub.rpc("SourcingService.ListDecisions", "service")(
        sourcing_pb2.ListDecisionsRequest(order_id=order.order_id)
    )
    asked.lines.add(sku="TROUSERS", quantity=1)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("PromisingService.QuotePromises", "channel")(asked)

    (option,) = quoted.quotes[0].options
    assert [(one.node_id, one.quantity) for one in option.parts] == [("DC-NL", 1)]
    assert option.deliver_by_time.ToJsonString() == order.lines[0].promised_time.ToJsonString()
    assert [(one.node_id, one.quantity) for one in decided.decisions[0].assignments] == [("DC-NL", 2)]
    assert refusal(refused.value)[1] == "UNKNOWN_SKU"


async def test_a_channel_that_tries_no_policy_says_so_and_one_that_does_has_figures(hub: Served) -> None:
    get_trial = hub.rpc("SourcingService.GetTrial", "service")
    asked = sourcing_pb2.GetTrialRequest(channel_id="WEB-NL")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await get_trial(asked)

    trial = SourcingTrial("cheaper", SourcingPolicy(), judged_after=9)
    await hub.world.ask(PUT_NETWORK, Replacement(network_of(channel={"sourcing_trial": trial})))
    await hub.world.surroundings.network.refresh()
    before = await get_trial(asked)
    await hub.place()
    await hub.world.advance(timedelta(hours=1))
    after = await get_trial(asked)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "TRIAL_NOT_FOUND")
    assert (before.trial.name, before.counted, before.tried) == (
        "cheaper",
        sourcing_pb2.ShippedFigures(),
        sourcing_pb2.ShippedFigures(),
    )
    assert after.counted == after.tried
    assert (after.counted.order_count, dict(after.counted.parcel_count_by_node)) == (1, {"DC-NL": 1})


async def test_a_decision_is_explained_as_it_was_and_as_it_would_have_been(hub: Served) -> None:
    await hub.world.stock("SHIRT", "ST-AMS", 1)
    order = await hub.place()
    explain = hub.rpc("SourcingService.ExplainDecision", "service")
    asked = sourcing_pb2.ExplainDecisionRequest(order_id=order.order_id)

    as_it_was = await explain(asked)
    asked.more_stock.add(node_id="ST-AMS", sku="SHIRT", quantity=1)
    with_one_more = await explain(asked)
    closed = await explain(sourcing_pb2.ExplainDecisionRequest(order_id=order.order_id, closed_node_ids=["DC-NL"]))
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await explain(sourcing_pb2.ExplainDecisionRequest(order_id=str(UUID(int=1))))

    assert [one.node_id for one in as_it_was.decision.assignments] == ["DC-NL"]
    assert not as_it_was.HasField("assumed")
    assert [one.node_id for one in with_one_more.assumed.assignments] == ["ST-AMS"]
    assert {one.node_id: one.quantity for one in closed.assumed.assignments} == {"ST-AMS": 1, "": 1}
    assert refusal(refused.value)[1] == "ORDER_NOT_FOUND"


async def test_a_decision_is_rehearsed_under_another_policy(hub: Served) -> None:
    for sku, node_id in (("MUG", "ST-AMS"), ("PEN", "ST-BER")):
        await hub.world.stock(sku, "DC-NL", 1)
        await hub.world.stock(sku, node_id, 1)
    request = placing(sku="MUG", quantity=1)
    request.order.lines.add(sku="PEN", quantity=1, unit_price=request.order.lines[0].unit_price)
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    explain = hub.rpc("SourcingService.ExplainDecision", "service")
    asked = sourcing_pb2.ExplainDecisionRequest(order_id=order.order_id)
    asked.policy.pick_cost.CopyFrom(euros(1))

    with_picks = await explain(asked)
    asked.policy.Clear()
    asked.policy.most_parcels = 1
    asked.closed_node_ids.append("DC-NL")
    in_one_parcel = await explain(asked)

    assert with_picks.decision.cost == euros(6)
    assert with_picks.assumed.cost == euros(8)
    assert [(one.name, one.amount) for one in with_picks.assumed.terms] == [("parcel", euros(6)), ("pick", euros(2))]
    assert sorted(one.node_id for one in in_one_parcel.assumed.assignments) == ["", "ST-AMS"]


async def test_an_adapter_reads_how_its_accounts_are_set_up_and_no_others(hub: Served) -> None:
    read = hub.rpc("AdapterStateService.GetAccount", "adapter:double_channel")
    profile = '{"webhook_secret": "env:SHOP"}'
    await hub.world.network(accounts={"webshop": {"profile_json": profile}})

    answer = await read(state_pb2.GetAccountRequest(account_id="webshop"))

    assert answer.profile_json == profile
    for account_id in ("cards", "nobody"):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await read(state_pb2.GetAccountRequest(account_id=account_id))
        assert refusal(refused.value)[:2] == (grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED")
    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await hub.rpc("AdapterStateService.GetAccount")(state_pb2.GetAccountRequest(account_id="nobody"))
    assert refusal(unknown.value)[1] == "PERMISSION_DENIED"


async def test_an_adapter_remembers_by_versions(hub: Served) -> None:
    mine = "adapter:double_channel"
    write = state_pb2.CompareAndSetStateRequest(account_id="webshop", key="cursor", value=b"1", request_id=str(uuid4()))

    empty = await hub.rpc("AdapterStateService.GetState", mine)(
        state_pb2.GetStateRequest(account_id="webshop", key="cursor")
    )
    first = await hub.rpc("AdapterStateService.CompareAndSetState", mine)(write)
    again = await hub.rpc("AdapterStateService.CompareAndSetState", mine)(write)
    write.value, write.expected_version, write.request_id = b"2", first.version, str(uuid4())
    second = await hub.rpc("AdapterStateService.CompareAndSetState", mine)(write)
    repeat = await hub.rpc("AdapterStateService.CompareAndSetState", mine)(write)
    write.request_id = str(uuid4())
    with pytest.raises(grpc.aio.AioRpcError) as stale:
        await hub.rpc("AdapterStateService.CompareAndSetState", mine)(write)
    write.expected_version = 2**63 - 1
    with pytest.raises(grpc.aio.AioRpcError) as beyond:
        await hub.rpc("AdapterStateService.CompareAndSetState", mine)(write)
    now = await hub.rpc("AdapterStateService.GetState", mine)(
        state_pb2.GetStateRequest(account_id="webshop", key="cursor")
    )

    assert (empty.value, empty.version, first.version, second.version) == (b"", 0, 1, 2)
    assert (again.version, repeat.version) == (1, 2)
    assert (now.value, now.version) == (b"2", 2)
    for ended in (stale, beyond):
        assert refusal(ended.value)[:2] == (grpc.StatusCode.ABORTED, "STATE_CHANGED")


async def test_a_lease_has_one_holder_and_its_fence_counts_holders(hub: Served) -> None:
    def asking(holder: str, seconds: int) -> state_pb2.AcquireLeaseRequest:
        return state_pb2.AcquireLeaseRequest(
            account_id="webshop", name="poll", holder=holder, span=Duration(seconds=seconds)
        )

    take = hub.rpc("AdapterStateService.AcquireLease")
    fences = [(await take(asking("one", 60))).fence, (await take(asking("one", 60))).fence]
    with pytest.raises(grpc.aio.AioRpcError) as held:
        await take(asking("two", 60))
    await take(asking("one", 0))
    fences.append((await take(asking("two", 60))).fence)

    assert fences == [1, 1, 2]
    assert refusal(held.value)[:2] == (grpc.StatusCode.ABORTED, "LEASE_HELD")


async def test_each_account_of_an_adapter_has_states_leases_and_series_of_its_own(hub: Served) -> None:
    state: dict[str, Any] = {"account_id": "webshop", "key": "cursor"}
    lease: dict[str, Any] = {"account_id": "webshop", "name": "poll"}
    series: dict[str, Any] = {"account_id": "webshop", "series": "isa"}

    async def version(**changes: str) -> int:
        request = state_pb2.CompareAndSetStateRequest(**state | changes, value=b"1", request_id=str(uuid4()))
        written: int = (await hub.rpc("AdapterStateService.CompareAndSetState")(request)).version
        return written

    async def fence(holder: str, **changes: str) -> int:
        request = state_pb2.AcquireLeaseRequest(**lease | changes, holder=holder, span=Duration(seconds=60))
        taken: int = (await hub.rpc("AdapterStateService.AcquireLease")(request)).fence
        return taken

    async def number(**changes: str) -> int:
        request = state_pb2.NextNumberRequest(**series | changes, request_id=str(uuid4()))
        given: int = (await hub.rpc("AdapterStateService.NextNumber")(request)).number
        return given

    assert [await version(), await version(key="seen"), await version(account_id="shopify")] == [1, 1, 1]
    assert [await fence("one"), await fence("two", name="push"), await fence("two", account_id="shopify")] == [1, 1, 1]
    assert [await number(), await number(series="gs"), await number(account_id="shopify"), await number()] == [
        1,
        1,
        1,
        2,
    ]


async def test_numbers_of_a_series_have_no_gaps_and_repeats_get_theirs(hub: Served) -> None:
    ids = [str(uuid4()) for _ in range(12)]

    def asking(request_id: str) -> Any:
        request = state_pb2.NextNumberRequest(account_id="webshop", series="isa", request_id=request_id)
        return hub.rpc("AdapterStateService.NextNumber", "adapter:double_channel")(request)

    first = [answer.number for answer in await asyncio.gather(*map(asking, ids))]
    second = [answer.number for answer in await asyncio.gather(*map(asking, ids))]

    assert sorted(first) == list(range(1, 13))
    assert second == first


async def test_an_adapter_has_no_memory_of_accounts_it_does_not_serve(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdapterStateService.GetState", "adapter:double_channel")(
            state_pb2.GetStateRequest(account_id="cards", key="cursor")
        )

    assert refusal(refused.value)[:2] == (grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED")
