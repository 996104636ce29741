"""The network is replaced only by a whole one, and loses nothing that is in use unless the caller names it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.network.v1 import network_pb2
from hub.api.edge import calls
from hub.api.setup import network as api
from hub.api.setup import network_changes
from hub.kernel.errors import StateChanged, refuse_other_version
from hub.messages.tasks import ConfirmOrder
from hub.outbox import operations as outbox
from hub.outbox.model import Message
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, refusal

Network = network_pb2.Network


async def in_force(hub: Served) -> Network:
    network: Network = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    return network


async def put(hub: Served, network: Network, **facts: Any) -> int:
    request = network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=network, **facts)
    version: int = (await hub.rpc("NetworkService.PutNetwork")(request)).version
    return version


async def refused(hub: Served, network: Network, **facts: Any) -> tuple[grpc.StatusCode, str, list[str]]:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await put(hub, network, **facts)
    return refusal(error.value)


async def close(hub: Served, node_id: str, *, reopen: bool = False) -> None:
    request = network_pb2.CloseNodeRequest(request_id=str(uuid4()), node_id=node_id, reopen=reopen)
    await hub.rpc("NetworkService.CloseNode")(request)


def without_node(network: Network, node_id: str) -> Network:
    changed = Network.FromString(network.SerializeToString())
    kept = [node for node in changed.nodes if node.node_id != node_id]
    lanes = [lane for lane in changed.lanes if lane.from_node_id != node_id]
    del changed.nodes[:], changed.lanes[:]
    changed.nodes.extend(kept)
    changed.lanes.extend(lanes)
    return changed


def without_account(network: Network, account_id: str) -> Network:
    """The network without an account that no node and no lane needs."""
    changed = Network.FromString(network.SerializeToString())
    kept = [account for account in changed.accounts if account.account_id != account_id]
    del changed.accounts[:]
    changed.accounts.extend(kept)
    for channel in changed.channels:
        for field in ("erp_account_id", "notice_account_id", "channel_account_id", "fraud_account_id"):
            if getattr(channel, field) == account_id:
                channel.ClearField(field)
    return changed


def renamed_channel(network: Network) -> Network:
    changed = Network.FromString(network.SerializeToString())
    changed.channels[0].channel_id = "WEB-NEW"
    return changed


@pytest.mark.parametrize("part", ["nodes", "calendars", "lanes", "accounts", "channels"])
async def test_a_network_without_any_of_its_parts_is_refused(hub: Served, part: str) -> None:
    network = await in_force(hub)
    network.ClearField(part)

    assert await refused(hub, network) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", [f"network.{part}"])
    assert len(await refused(hub, Network()))
    assert (await in_force(hub)).version == 1


async def test_a_node_with_stock_stays_unless_it_is_named_as_removed(hub: Served) -> None:
    less = without_node(await in_force(hub), "DC-NL")

    assert (await refused(hub, less))[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "NETWORK_PART_IN_USE")
    assert (await in_force(hub)).version == 1
    assert (await put(hub, less, removed_node_ids=["DC-NL"])) == 2
    await put(hub, without_node(less, "ST-BER"))  # nothing is there


async def test_an_account_with_messages_and_a_channel_with_open_orders_stay_unless_named(hub: Served) -> None:
    await hub.place()
    network = await in_force(hub)
    async with hub.world.database.transaction() as tx:
        notice = Message(uuid4(), "notice:test", ConfirmOrder(uuid4()), account_id="mail")
        await outbox.append(tx, [notice], at=TUESDAY)
        await tx.execute("UPDATE message SET state = 'DEAD' WHERE message_id = %(id)s", {"id": notice.message_id})

    for less, field, name in (
        (without_account(network, "mail"), "removed_account_ids", "mail"),
        (renamed_channel(network), "removed_channel_ids", "WEB-NL"),
    ):
        assert (await refused(hub, less))[1] == "NETWORK_PART_IN_USE"
        assert (await put(hub, less, validate_only=True, **{field: [name]})) == 2
    async with hub.world.database.transaction() as tx:
        await tx.execute("DELETE FROM message WHERE message_id = %(id)s", {"id": notice.message_id})


async def test_a_part_that_is_named_as_removed_and_still_there_is_refused(hub: Served) -> None:
    assert (await refused(hub, await in_force(hub), removed_node_ids=["DC-NL"]))[1] == "CONFIGURATION_INVALID"


async def test_a_node_that_was_closed_stays_closed_when_the_network_is_loaded_again(hub: Served) -> None:
    file = await in_force(hub)
    await close(hub, "DC-NL")

    for loaded in (file, await in_force(hub)):
        await put(hub, loaded)
        assert [node.node_id for node in (await in_force(hub)).nodes if node.closed] == ["DC-NL"]
    await close(hub, "DC-NL", reopen=True)
    await put(hub, file)

    assert not [node for node in (await in_force(hub)).nodes if node.closed]


async def test_a_network_is_replaced_only_in_the_version_that_was_read(hub: Served) -> None:
    network = await in_force(hub)
    network.nodes[0].title = "Renamed"
    await put(hub, network, expected_version=1)
    network.nodes[0].title = "Renamed by somebody who has not seen that"

    assert (await refused(hub, network, expected_version=1))[:2] == (grpc.StatusCode.ABORTED, "STATE_CHANGED")
    assert (await refused(hub, network, expected_version=1, validate_only=True))[1] == "STATE_CHANGED"
    assert (await put(hub, network, expected_version=2)) == 3


async def test_a_network_that_is_only_validated_is_answered_and_not_put_in_force(hub: Served) -> None:
    network = await in_force(hub)
    network.nodes[0].title = "Renamed"

    would_be = await put(hub, network, validate_only=True)

    assert (await in_force(hub)).nodes[0].title != "Renamed"
    assert (would_be, await put(hub, network)) == (2, 2)
    assert (await in_force(hub)).nodes[0].title == "Renamed"


def misspelled(network: Network) -> None:
    network.accounts[0].adapter = "No such adapter"


def too_long(network: Network) -> None:
    network.accounts[0].adapter = "a" * 300


def elsewhere_on_disk(network: Network) -> None:
    network.accounts[0].adapter = "../../x"


async def test_a_capacity_below_what_is_promised_is_refused_unless_the_node_is_named(hub: Served) -> None:
    network = await in_force(hub)
    node = next(node for node in network.nodes if node.node_id == "DC-NL")
    node.daily_capacity = 5
    await put(hub, network)
    for number in range(2):
        await hub.place(reference=f"W-{number}", quantity=1)
    node.daily_capacity = 1

    assert (await refused(hub, network))[:2] == (grpc.StatusCode.FAILED_PRECONDITION, "NETWORK_PART_IN_USE")
    assert await put(hub, network, overbooked_node_ids=["DC-NL"]) == 3


@pytest.mark.parametrize("changing", [misspelled, too_long, elsewhere_on_disk])
async def test_the_name_of_an_adapter_is_never_a_path(hub: Served, changing: Callable[[Network], None]) -> None:
    network = await in_force(hub)
    changing(network)

    assert await refused(hub, network) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "INVALID_FIELD",
        ["network.accounts[0].adapter"],
    )


@pytest.mark.parametrize(
    "address", ["grpc://tax.example:7000", "tax.example:7000", "unix:/run/tax.sock", "grpc://[::1]:7"]
)
async def test_an_adapter_may_run_at_an_address(hub: Served, address: str) -> None:
    network = await in_force(hub)
    network.accounts[0].adapter = address

    assert await put(hub, network, validate_only=True) == 2


def test_any_version_may_be_replaced_by_who_expects_none() -> None:
    refuse_other_version("It", 0, 7)
    refuse_other_version("It", 7, 7)
    with pytest.raises(StateChanged, match="It has version 7, not 8"):
        refuse_other_version("It", 8, 7)


@pytest.mark.parametrize("zones", [1, 3_000])
async def test_others_are_answered_while_a_network_of_many_parts_is_read_and_checked(
    hub: Served, monkeypatch: pytest.MonkeyPatch, zones: int
) -> None:
    network, threads = await in_force(hub), dict[str, int]()

    def noted(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            threads[name] = threading.get_ident()
            return work(*given, **named)

        return run

    for module, name in ((calls, "refuse_invalid"), (api, "replacement_from_pb"), (network_changes, "checked")):
        monkeypatch.setattr(module, name, noted(name, getattr(module, name)))
    for number in range(zones):
        network.zones.add(zone_id=f"ZONE-{number:04}").areas.add(country_code="NL", postal_prefix=f"{number:04}")

    await put(hub, network)

    held = {name for name, thread in threads.items() if thread == threading.get_ident()}
    assert threads.keys() == {"refuse_invalid", "replacement_from_pb", "checked"}
    assert held == ({"refuse_invalid"} if zones == 1 else set()), "what is small is looked at at once"
