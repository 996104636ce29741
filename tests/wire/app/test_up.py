"""`crossdock up` runs a whole hub: orders go through it, what dies is started again, nothing is left at its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import httpx
import psutil
import pytest
from google.protobuf.duration_pb2 import Duration
from google.type.money_pb2 import Money

from crossdock.admin.v1 import admin_pb2
from crossdock.common.v1 import address_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2, order_service_pb2_grpc, orders_pb2
from hub.app.client import explained
from tests.architecture.sources import ROOT
from tests.wire.app.running import CROSSDOCK, Running, environment, up

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def hub() -> Iterator[Running]:
    """A hub for the tests of this module."""
    with stocked() as running:
        yield running


@contextmanager
def stocked(**settings: str) -> Iterator[Running]:
    """A hub with the example network and catalog on virtual time, and some stock."""
    loaded = ("--network", EXAMPLES / "network.json", "--catalog", EXAMPLES / "catalog.json")
    with up("--virtual-clock", *loaded, data=None, **settings) as running:
        adjustment = inventory_pb2.Adjustment(sku="LAMP-01", node_id="DC-NL", delta=100, cause="RECEIPT")
        request = inventory_pb2.AdjustStockRequest(request_id=str(uuid4()), adjustments=[adjustment])
        running.patiently("inventory.AdjustStock", request)
        yield running


def placing(reference: str, quantity: int = 2) -> order_service_pb2.PlaceOrderRequest:
    """Lamps for somebody in Utrecht, paid by card through the hub."""
    address = address_pb2.PostalAddress(
        street_lines=["Oudegracht 1"], city="Utrecht", postal_code="3511 AB", country_code="NL"
    )
    price = Money(currency_code="EUR", units=50)
    draft = orders_pb2.OrderDraft(
        channel_id="WEB-NL",
        channel_reference=reference,
        currency_code="EUR",
        lines=[orders_pb2.OrderLineDraft(sku="LAMP-01", quantity=quantity, unit_price=price)],
        customer=address_pb2.Contact(name="Wilhelmina Canary", email="wilhelmina@canary.example", address=address),
        instruments=[
            orders_pb2.InstrumentDraft(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token=f"tok_{reference}")
        ],
    )
    return order_service_pb2.PlaceOrderRequest(request_id=str(uuid4()), order=draft)


def placed(hub: Running, reference: str) -> str:
    return str(hub.patiently("orders.PlaceOrder", placing(reference)).order.order_id)


def advanced(hub: Running, hours: int) -> None:
    hub.patiently("admin.AdvanceTime", admin_pb2.AdvanceTimeRequest(span=Duration(seconds=3600 * hours)))


def order_of(hub: Running, order_id: str) -> orders_pb2.Order:
    order: orders_pb2.Order = hub.patiently(
        "orders.GetOrder", order_service_pb2.GetOrderRequest(order_id=order_id)
    ).order
    return order


def test_it_says_where_everything_is_and_commands_find_it_by_its_data_folder(hub: Running) -> None:
    ran = hub.crossdock("health", "--json")

    assert ran.returncode == 0, ran.stderr
    assert '"serving": true' in ran.stdout
    assert '"virtual_clock": true' in ran.stdout
    assert any(str(hub.data / "admin.token") in line for line in hub.printed)


def test_the_adapters_of_the_network_are_hosted(hub: Running) -> None:
    hosted = {name for name in hub.note["processes"] if name.startswith("adapter ")}

    assert hosted >= {
        "adapter double_warehouse",
        "adapter double_payment",
        "adapter shopify_channel",
        "adapter x12_channel",
    }


def test_an_order_goes_through_the_whole_hub_by_moving_time(hub: Running) -> None:
    order_id = placed(hub, "WHOLE-1")

    advanced(hub, 60)

    order = order_of(hub, order_id)
    assert order.state == orders_pb2.ORDER_STATE_CLOSED
    assert (order.delivered, order.charged) == (orders_pb2.EXTENT_COMPLETE, orders_pb2.EXTENT_COMPLETE)
    assert hub.crossdock("audit").returncode == 0
    drawn = hub.crossdock("order", order_id, "--trace").stdout
    assert drawn.startswith("place_orders")
    assert all(
        told in drawn for told in ("confirm_orders", "PaymentService/Capture", "double_warehouse", "record_payments")
    )


def test_a_document_of_the_examples_is_imported(hub: Running) -> None:
    ran = hub.crossdock("import", "x12", EXAMPLES / "documents/b2b-de-3001.x12", "--account", "x12-de")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "PO-3001" in ran.stdout


@pytest.mark.parametrize("part", ["worker", "adapter double_payment", "api"])
def test_a_part_that_is_killed_is_started_again_and_orders_go_on(hub: Running, part: str) -> None:
    before = hub.pid(part)
    os.kill(before, signal.SIGKILL)
    hub.until(f"{part} ended (SIGKILL)")

    order_id = placed(hub, f"AFTER-{part}")
    advanced(hub, 1)

    assert order_of(hub, order_id).authorized == orders_pb2.EXTENT_COMPLETE
    assert hub.pid(part) != before


def test_postgresql_that_is_killed_is_started_again_and_nothing_is_lost(hub: Running) -> None:
    before = placed(hub, "BEFORE-THE-KILL")
    os.kill(hub.pid("postgres"), signal.SIGKILL)
    hub.until("PostgreSQL ended")

    after = placed(hub, "AFTER-THE-KILL")
    advanced(hub, 1)

    assert order_of(hub, before).authorized == order_of(hub, after).authorized == orders_pb2.EXTENT_COMPLETE
    assert hub.crossdock("audit").returncode == 0


def test_no_secret_and_nobody_is_told_of_in_logs_traces_and_command_lines(hub: Running) -> None:
    processes = [psutil.Process(pid) for pid in hub.note["processes"].values()]
    adapters = {process.environ().get("CROSSDOCK_HUB_TOKEN", "") for process in processes} - {""}
    secrets = {hub.token, *adapters, *hub_keys(hub.data), "wilhelmina", "Oudegracht"}

    told = "".join(hub.printed) + " ".join(" ".join(process.cmdline()) for process in processes)
    told += "".join(file.read_text() for folder in ("logs", "traces") for file in (hub.data / folder).iterdir())

    assert len(adapters) > 5
    assert not [secret for secret in secrets if secret.lower() in told.lower()]


def test_a_second_hub_on_the_same_data_folder_is_refused_and_leaves_the_first_alone(hub: Running) -> None:
    ran = hub.crossdock("up", "--grpc", "127.0.0.1:0")

    assert ran.returncode == 5
    assert "is in use" in ran.stderr
    assert hub.crossdock("health").returncode == 0


def test_told_to_end_it_ends_in_order_and_leaves_no_process() -> None:
    with up() as running:
        processes = [running.process.pid, *running.note["processes"].values()]

        assert running.end() == 0

    assert not [pid for pid in processes if psutil.pid_exists(pid)]
    assert not (running.data / "hub.json").exists()


def test_several_api_processes_share_one_address_and_one_truth() -> None:
    flags = ("--apis", 2, "--virtual-clock", "--network", EXAMPLES / "network.json")
    with up(*flags, "--catalog", EXAMPLES / "catalog.json") as running, ExitStack() as stack:
        receipt = inventory_pb2.Adjustment(sku="LAMP-01", node_id="DC-NL", delta=2 * CONNECTIONS - 1, cause="RECEIPT")
        request = inventory_pb2.AdjustStockRequest(request_id=str(uuid4()), adjustments=[receipt])
        running.patiently("inventory.AdjustStock", request)
        channels = [stack.enter_context(connection(running)) for _ in range(CONNECTIONS)]

        answers = [placed_over(channel, running, f"SHARED-{index}") for index, channel in enumerate(channels)]

        apis = [running.pid("api"), running.pid("api-2")]
        assert all(connected_to(pid, running) > 0 for pid in apis), "the connections were not spread"
        assert answers == [*["placed"] * (CONNECTIONS - 1), "INSUFFICIENT_STOCK"]
        assert running.crossdock("audit").returncode == 0

        os.kill(apis[0], signal.SIGKILL)
        running.until("api ended (SIGKILL)")
        order_id = str(running.patiently("orders.PlaceOrder", placing("AFTER", quantity=1)).order.order_id)
        assert order_of(running, order_id).state == orders_pb2.ORDER_STATE_PLACED
        assert running.pid("api-2") == apis[1]


def test_several_workers_share_the_messages_and_one_that_hangs_holds_up_nothing() -> None:
    flags = ("--workers", 2, "--virtual-clock", "--network", EXAMPLES / "network.json")
    with up(*flags, "--catalog", EXAMPLES / "catalog.json") as running:
        receipt = inventory_pb2.Adjustment(sku="LAMP-01", node_id="DC-NL", delta=10, cause="RECEIPT")
        request = inventory_pb2.AdjustStockRequest(request_id=str(uuid4()), adjustments=[receipt])
        running.patiently("inventory.AdjustStock", request)
        hanging, working = running.pid("worker"), running.pid("worker-2")

        os.kill(hanging, signal.SIGSTOP)
        order_id = placed(running, "SHARED-WORK")
        advanced(running, 1)
        os.kill(hanging, signal.SIGCONT)

        assert order_of(running, order_id).authorized == orders_pb2.EXTENT_COMPLETE
        assert (running.pid("worker"), running.pid("worker-2")) == (hanging, working)


def test_json_is_served_beside_grpc(hub: Running) -> None:
    answer = httpx.get(
        f"http://{hub.note['http']}/v1/items/TEE-BLK-M", headers={"authorization": f"Bearer {hub.token}"}
    )

    assert answer.json()["item"]["sku"] == "TEE-BLK-M"
    assert any(f"http://{hub.note['http']}" in line for line in hub.printed)


@pytest.mark.parametrize(("apis", "flag"), [("1", "--grpc"), ("2", "--grpc"), ("1", "--http"), ("2", "--http")])
def test_an_address_that_somebody_has_is_named_at_once_with_who_has_it(tmp_path: Path, apis: str, flag: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [*CROSSDOCK, "--data", str(tmp_path / "data"), "up", "--apis", apis, flag, address]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment())

    assert ran.returncode == 5
    assert f"{address} is taken by process {os.getpid()} (" in ran.stderr
    assert f"name another address with {flag}." in ran.stderr
    assert not (tmp_path / "data" / "logs").exists(), "nothing was started"


CONNECTIONS = 24
"""So many that it is next to impossible that one process gets them all."""


def connection(running: Running) -> grpc.Channel:
    """A connection of its own, as of another caller."""
    return grpc.insecure_channel(running.note["address"], options=[("grpc.use_local_subchannel_pool", 1)])


def placed_over(channel: Any, running: Running, reference: str) -> str:
    """Places an order over a connection; answers how that went."""
    stub: Any = order_service_pb2_grpc.OrderServiceStub(channel)
    try:
        stub.PlaceOrder(placing(reference), timeout=30, metadata=[("authorization", f"Bearer {running.token}")])
    except grpc.RpcError as error:
        return explained(error, running.note["address"]).reason
    return "placed"


def connected_to(pid: int, running: Running) -> int:
    """How many connections a process has at the hub's address."""
    port = int(running.note["address"].rpartition(":")[2])
    found = psutil.Process(pid).net_connections("tcp")
    return sum(one.status == psutil.CONN_ESTABLISHED and one.laddr[1] == port for one in found)


def hub_keys(data: Path) -> list[str]:
    text = (data / "keys.json").read_text()
    return [part for part in text.split('"') if len(part) == 64]
