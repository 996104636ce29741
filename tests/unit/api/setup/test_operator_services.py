"""AdminService, PartyService, CatalogService and NetworkService over gRPC."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from crossdock.admin.v1 import admin_pb2
from crossdock.catalog.v1 import catalog_pb2
from crossdock.common.v1 import errors_pb2
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.inventory.v1 import inventory_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2
from crossdock.parties.v1 import parties_pb2
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.messages.tasks import ConfirmOrder
from hub.outbox import operations as outbox
from hub.outbox.model import Message, MessageState
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros, placing, refusal


async def test_the_status_tells_clock_network_and_open_work(hub: Served) -> None:
    await hub.place()

    status = await hub.rpc("AdminService.GetStatus", "viewer")(admin_pb2.GetStatusRequest())

    assert (status.version, status.virtual_clock, status.network_version) == ("0", True, 1)
    assert status.business_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY
    assert status.due_messages > 0
    assert (status.dead_messages, status.open_exceptions) == (0, 0)


async def test_the_status_tells_how_late_availability_is(hub: Served) -> None:
    asked = inventory_pb2.GetAvailabilityRequest(skus=["SHIRT"], min_position=await hub.position())
    shown = await hub.rpc("InventoryService.GetAvailability")(asked, timeout=10)

    memory = (await hub.rpc("AdminService.GetStatus", "viewer")(admin_pb2.GetStatusRequest())).availability

    assert memory.loaded
    assert memory.position >= shown.position
    assert memory.age.ToTimedelta() < timedelta(seconds=10)
    assert memory.usual_staleness.ToTimedelta() <= memory.late_staleness.ToTimedelta()
    assert memory.late_staleness.ToTimedelta() <= memory.longest_staleness.ToTimedelta()


async def test_time_is_moved_on_with_the_work_on_the_way(hub: Served) -> None:
    order = await hub.place()

    moved = await hub.rpc("AdminService.AdvanceTime")(admin_pb2.AdvanceTimeRequest(span=Duration(seconds=86_400 * 6)))
    read = await hub.rpc("OrderService.GetOrder")(order_service_pb2.GetOrderRequest(order_id=order.order_id))

    assert moved.business_time.ToDatetime(TUESDAY.tzinfo) == TUESDAY + timedelta(days=6)
    assert moved.fired_timers > 0
    assert read.order.version > order.version


@pytest.mark.parametrize("seconds", [-1, 86_400 * 365 * 990, 86_400 * 365 * 10_000, 2**62])
async def test_time_never_goes_back_nor_beyond_its_end(hub: Served, seconds: int) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdminService.AdvanceTime")(admin_pb2.AdvanceTimeRequest(span=Duration(seconds=seconds)))

    assert refusal(refused.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", ["span"])


async def test_the_audit_of_a_sound_hub_counts_no_violation(hub: Served) -> None:
    await hub.place()

    audit = await hub.rpc("AdminService.RunAudit", "viewer")(admin_pb2.RunAuditRequest())

    assert len(audit.results) > 10
    assert sum(one.checked_count for one in audit.results) > 0
    assert [one.invariant for one in audit.results if one.violation_count] == []


async def test_exceptions_are_listed_by_reason_and_ended_once(hub: Served) -> None:
    reason, at = ExceptionReason.UPDATE_REFUSED, TUESDAY
    async with hub.world.database.transaction() as tx:
        await exceptions.open_all(tx, [raised(uuid4(), reason, "wms-nl/17", "It says nothing.", "crossdock inbox", at)])
    wanted = admin_pb2.ListExceptionsRequest(reason=reason.value)
    (found,) = (await hub.rpc("AdminService.ListExceptions", "service")(wanted)).exceptions
    ending = admin_pb2.ResolveExceptionRequest(request_id=str(uuid4()), exception_id=found.exception_id)

    first = await hub.rpc("AdminService.ResolveException", "service")(ending)
    second = await hub.rpc("AdminService.ResolveException", "service")(ending)
    left = await hub.rpc("AdminService.ListExceptions", "service")(wanted)
    wanted.include_ended = True
    ended = await hub.rpc("AdminService.ListExceptions", "service")(wanted)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdminService.ResolveException", "service")(
            admin_pb2.ResolveExceptionRequest(request_id=str(uuid4()), exception_id=str(uuid4()))
        )

    assert first == second
    assert first.exception.HasField("resolve_time")
    assert (len(left.exceptions), len(ended.exceptions)) == (0, 1)
    assert refusal(refused.value)[1] == "EXCEPTION_NOT_FOUND"


async def test_an_exception_whose_units_still_wait_is_not_ended_by_a_word(hub: Served) -> None:
    request = placing(quantity=30)
    request.order.shortage_policy = network_pb2.SHORTAGE_POLICY_BACKORDER
    order = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    wanted = admin_pb2.ListExceptionsRequest(reason=ExceptionReason.STOCK_SHORT.value)
    (found,) = (await hub.rpc("AdminService.ListExceptions", "service")(wanted)).exceptions
    ending = admin_pb2.ResolveExceptionRequest(request_id=str(uuid4()), exception_id=found.exception_id)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdminService.ResolveException", "service")(ending)
    await hub.rpc("OrderService.CancelLines")(
        order_service_pb2.CancelLinesRequest(request_id=str(uuid4()), order_id=order.order_id, reason="no stock")
    )
    ended = await hub.rpc("AdminService.ResolveException", "service")(ending)

    assert refusal(refused.value)[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "EXCEPTION_STILL_HOLDS")
    assert ended.exception.HasField("resolve_time")


async def test_a_reason_that_is_none_is_refused(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdminService.ListExceptions")(admin_pb2.ListExceptionsRequest(reason="BOREDOM"))

    assert refusal(refused.value)[2] == ["reason"]


async def test_a_dead_letter_gets_another_life_once(hub: Served) -> None:
    dead = await died(hub)
    listing = admin_pb2.ListMessagesRequest(state=admin_pb2.MESSAGE_STATE_DEAD)
    listed = await hub.rpc("AdminService.ListMessages", "service")(listing)
    retry = admin_pb2.RetryMessageRequest(request_id=str(uuid4()), message_id=str(dead.message_id))

    first = await hub.rpc("AdminService.RetryMessage", "service")(retry)
    second = await hub.rpc("AdminService.RetryMessage", "service")(retry)
    retry.request_id = str(uuid4())
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdminService.RetryMessage", "service")(retry)
    await settled(hub, dead)

    assert [(one.message_id, one.state) for one in listed.messages] == [
        (str(dead.message_id), admin_pb2.MESSAGE_STATE_DEAD)
    ]
    assert first == second
    assert (first.message.state, first.message.kind) == (admin_pb2.MESSAGE_STATE_DUE, "order.confirm")
    assert refusal(refused.value)[1] == "MESSAGE_NOT_FOUND"


async def test_a_party_is_read_and_erased_for_ever(hub: Served) -> None:
    order = await hub.place()
    await hub.world.advance(timedelta(days=10))
    asked = parties_pb2.GetPartyRequest(party_id=order.customer_party_id)
    read = await hub.rpc("PartyService.GetParty", "service")(asked)
    own = await hub.rpc("PartyService.GetParty", "channel")(asked)
    with pytest.raises(grpc.aio.AioRpcError) as other:
        await hub.rpc("PartyService.GetParty", "other-shop")(asked)
    erasing = parties_pb2.ErasePartyRequest(request_id=str(uuid4()), party_id=order.customer_party_id)

    for _ in range(2):
        await hub.rpc("PartyService.EraseParty")(erasing)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("PartyService.GetParty", "service")(asked)
    erasing.request_id = str(uuid4())
    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await hub.rpc("PartyService.EraseParty")(erasing)

    assert read == own
    assert read.party.contact.name == "Ada Visser"
    for error in (other, refused, unknown):
        assert refusal(error.value)[:2] == (grpc.StatusCode.NOT_FOUND, "PARTY_NOT_FOUND")


async def test_items_are_put_one_by_one_and_read(hub: Served) -> None:
    request = catalog_pb2.PutItemsRequest(request_id=str(uuid4()))
    request.items.add(sku="HAT", title="Hat", prices=[euros(12)])
    request.items.add(sku="CAP", hs_code="not digits")
    request.items.add(sku="SET", components=[catalog_pb2.BundleComponent(sku="NOTHING", quantity=1)])

    first = await hub.rpc("CatalogService.PutItems")(request)
    second = await hub.rpc("CatalogService.PutItems")(request)
    read = await hub.rpc("CatalogService.GetItem", "warehouse")(catalog_pb2.GetItemRequest(sku="HAT"))
    page = await hub.rpc("CatalogService.ListItems")(catalog_pb2.ListItemsRequest(page=PageRequest(page_size=1)))
    rest = await hub.rpc("CatalogService.ListItems")(
        catalog_pb2.ListItemsRequest(page=PageRequest(page_token=page.next_page_token))
    )
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("CatalogService.GetItem")(catalog_pb2.GetItemRequest(sku="CAP"))

    assert first == second
    assert first.results[0].item == read.item
    assert [one.refusal.reason for one in first.results[1:]] == [
        errors_pb2.ERROR_REASON_INVALID_FIELD,
        errors_pb2.ERROR_REASON_UNKNOWN_SKU,
    ]
    assert dict(first.results[1].refusal.metadata).keys() == {"items[1].hs_code"}
    assert [one.sku for one in (*page.items, *rest.items)] == ["HAT", "SHIRT"]
    assert refusal(refused.value)[1] == "UNKNOWN_SKU"


async def test_the_network_is_replaced_as_a_whole_and_shown_in_scope(hub: Served) -> None:
    whole = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    part = (await hub.rpc("NetworkService.GetNetwork", "other-node")(network_pb2.GetNetworkRequest())).network
    changed = network_pb2.Network.FromString(whole.SerializeToString())
    changed.nodes[0].title = "Renamed"
    request = network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=changed)

    first = await hub.rpc("NetworkService.PutNetwork")(request)
    second = await hub.rpc("NetworkService.PutNetwork")(request)

    assert (whole.version, first.version, second.version) == (1, 2, 2)
    assert [one.node_id for one in part.nodes] == ["ST-LON"]
    assert {one.from_node_id for one in part.lanes} == {"ST-LON"}
    assert not [one for one in part.accounts if one.profile_json]


async def test_a_network_that_contradicts_itself_is_refused(hub: Served) -> None:
    whole = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    whole.nodes[0].calendar_id = "nowhere"
    broken_rule = network_pb2.Network.FromString(whole.SerializeToString())
    broken_rule.nodes[0].calendar_id = "nl"
    broken_rule.channels[0].hold_rule = "order.no_such_fact > 1"

    reasons = []
    for network in (whole, broken_rule):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await hub.rpc("NetworkService.PutNetwork")(
                network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=network)
            )
        reasons.append(refusal(refused.value)[:2])

    assert reasons == [
        (grpc.StatusCode.INVALID_ARGUMENT, "CONFIGURATION_INVALID"),
        (grpc.StatusCode.INVALID_ARGUMENT, "RULE_INVALID"),
    ]


async def test_a_sourcing_rule_that_does_not_compile_is_refused_and_the_policy_in_force_stays(hub: Served) -> None:
    whole = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    whole.channels[0].sourcing_policy.rules.add(rule_id="R", nodes="node.kind == 'STORE'")
    await hub.rpc("NetworkService.PutNetwork")(network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=whole))
    broken = network_pb2.Network.FromString(whole.SerializeToString())
    broken.channels[0].sourcing_policy.rules[0].nodes = "node.mood == 'bad'"

    request = network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=broken)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("NetworkService.PutNetwork")(request)

    assert refusal(refused.value)[1] == "RULE_INVALID"
    assert "channels[0].sourcing_policy.rules[0].nodes" in (refused.value.details() or "")
    in_force = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    assert in_force.channels[0].sourcing_policy == whole.channels[0].sourcing_policy


async def test_the_dead_letters_of_an_account_live_again_together(hub: Served) -> None:
    async with hub.world.database.transaction() as tx:
        for number, (account, at) in enumerate((("wms", 0), ("wms", 2), ("wms", 2), ("mail", 2))):
            dead = Message(uuid4(), f"task:{number}", ConfirmOrder(uuid4()), account_id=account)
            await outbox.append(tx, [dead], at=TUESDAY + timedelta(hours=at))
        await tx.execute("UPDATE message SET state = 'DEAD', attempts = 9", {})
    request = admin_pb2.RetryMessagesRequest(request_id=str(uuid4()), account_id="wms")
    request.since_time.FromDatetime(TUESDAY + timedelta(hours=1))

    answers = [await hub.rpc("AdminService.RetryMessages", "service")(request) for _ in range(2)]
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("AdminService.RetryMessages", "stranger")(request)

    assert [(one.retried_count, one.remaining_count) for one in answers] == [(2, 0), (2, 0)]
    assert refusal(refused.value)[1] == "PERMISSION_DENIED"
    rows = await hub.world.rows("SELECT account_id, state, attempts FROM message ORDER BY lane")
    assert [(row["account_id"], row["state"], row["attempts"]) for row in rows] == [
        ("wms", "DEAD", 9),
        ("wms", "DUE", 0),
        ("wms", "DUE", 0),
        ("mail", "DEAD", 9),
    ]
    async with hub.world.database.transaction() as tx:
        await tx.execute("DELETE FROM message", {})


async def died(hub: Served) -> Message[ConfirmOrder]:
    """A task that was given up."""
    message = Message(uuid4(), "task:test", ConfirmOrder(uuid4()))
    async with hub.world.database.transaction() as tx:
        await outbox.append(tx, [message], at=TUESDAY)
        await tx.execute("UPDATE message SET state = 'DEAD' WHERE message_id = %(id)s", {"id": message.message_id})
    return message


async def settled(hub: Served, message: Message[ConfirmOrder]) -> None:
    """Takes the message out of the way of the audit at the end."""
    async with hub.world.database.transaction() as tx:
        (row,) = await tx.fetch("SELECT state FROM message WHERE message_id = %(id)s", {"id": message.message_id})
        await tx.execute("DELETE FROM message WHERE message_id = %(id)s", {"id": message.message_id})
    assert row["state"] == MessageState.DUE.value


async def test_a_person_is_found_by_what_it_is_reached_at_until_it_is_erased(hub: Served) -> None:
    first, second = await hub.place(reference="1001"), await hub.place(reference="1002")
    await hub.world.advance(timedelta(days=10))
    find = hub.rpc("PartyService.FindParties", "service")
    one = parties_pb2.FindPartiesRequest(party_id=first.customer_party_id)
    by_email = parties_pb2.FindPartiesRequest(email=" ADA@example.com", page=PageRequest(page_size=1))

    page = await find(by_email)
    by_email.page.page_token = page.next_page_token
    rest = await find(by_email)
    alone = await find(one)
    nobody = await find(parties_pb2.FindPartiesRequest(phone="ada@example.com"))
    with pytest.raises(grpc.aio.AioRpcError) as channel:
        await hub.rpc("PartyService.FindParties", "channel")(one)
    with pytest.raises(grpc.aio.AioRpcError) as unsaid:
        await find(parties_pb2.FindPartiesRequest())
    await hub.rpc("PartyService.EraseParty")(
        parties_pb2.ErasePartyRequest(request_id=str(uuid4()), party_id=first.customer_party_id)
    )

    parties = [*page.parties, *rest.parties]
    assert [(party.party.contact.name, list(party.order_ids)) for party in parties] == [
        ("Ada Visser", [first.order_id]),
        ("Ada Visser", [second.order_id]),
    ]
    assert list(alone.parties) == [party for party in parties if party.party.party_id == first.customer_party_id]
    assert not nobody.parties
    assert channel.value.code() == grpc.StatusCode.PERMISSION_DENIED
    assert unsaid.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert not (await find(one)).parties
