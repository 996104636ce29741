"""Commands ask the hub for what they are told to, and print it for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import typer
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2
from crossdock.catalog.v1 import catalog_pb2
from crossdock.common.v1 import refusal_pb2
from crossdock.events.v1 import events_pb2
from crossdock.events.v1 import orders_pb2 as event_orders_pb2
from crossdock.inventory.v1 import inventory_pb2, supply_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import orders_pb2
from hub.app.cli.program import program
from hub.app.client import health_address_of
from hub.config.settings import Settings
from hub.kernel.errors import PermissionDenied
from tests.architecture.sources import ROOT
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
AT = Timestamp(seconds=1_794_902_400)
STATUS = admin_pb2.GetStatusResponse(version="9.9", business_time=AT, virtual_clock=True, network_version=3)


def test_health_tells_how_the_hub_is(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.GetStatus"] = STATUS

    ran = crossdock("health")

    assert ran.code == 0
    assert f"{hub.address}, serving, version 9.9" in ran.out
    assert "2026-11-17 08:00:00 UTC (virtual)" in ran.out
    assert crossdock("health", "--json").json()["network_version"] == 3


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (40, "80,000, none in about 1 min; 900 settled"),
        (5400, "80,000, none in about 90 min; 900 settled"),
        (86_400, "80,000, none in about 24 h; 900 settled"),
        (None, "80,000, no fewer than a minute ago; 900 settled"),
    ],
)
def test_health_tells_how_long_a_backlog_will_take(
    hub: PretendHub, crossdock: Crossdock, seconds: int | None, told: str
) -> None:
    span = None if seconds is None else Duration(seconds=seconds)
    backlog = admin_pb2.GetStatusResponse(due_messages=80_000, settled_messages_per_minute=900, backlog_span=span)
    hub.answers["AdminService.GetStatus"] = backlog

    assert told in crossdock("health").out
    assert crossdock("health", "--json").json()["backlog_seconds"] == seconds


def test_a_hub_that_serves_is_healthy_for_who_may_not_see_more(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.GetStatus"] = PermissionDenied("Not you.")

    ran = crossdock("health", "--json")

    assert (ran.code, ran.json()) == (0, {"serving": True, "address": hub.address})


def test_a_hub_that_does_not_serve_is_not_healthy(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.GetStatus"] = STATUS
    hub.serving(yes=False)

    ran = crossdock("health")

    assert ran.code == 3
    assert "not serving" in ran.out


def test_a_network_is_put_in_force(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["NetworkService.PutNetwork"] = network_pb2.PutNetworkResponse(version=7)

    ran = crossdock("load", "network", ROOT / "examples/network.json")

    assert (ran.code, ran.out.split(":")[0]) == (0, "Network version 7 is in force")
    assert UUID(hub.requests("NetworkService.PutNetwork")[0].request_id).version == 7


def test_items_that_were_refused_are_named(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    def written(request: Any) -> Any:
        results = [
            catalog_pb2.PutItemResult(refusal=refusal_pb2.Refusal(message="No such part."))
            if item.sku == "SET"
            else catalog_pb2.PutItemResult(item=item)
            for item in request.items
        ]
        return catalog_pb2.PutItemsResponse(results=results)

    hub.answers["CatalogService.PutItems"] = written
    file = tmp_path / "catalog.json"
    file.write_text(json.dumps([{"sku": f"SKU-{number}"} for number in range(600)] + [{"sku": "SET"}]))

    ran = crossdock("load", "catalog", file, "--json")

    assert ran.code == 1
    assert ran.json() == {"written": 600, "refused": [{"sku": "SET", "reason": "No such part."}]}
    assert len(hub.requests("CatalogService.PutItems")) == 2


def test_a_file_that_cannot_be_read_reaches_no_hub(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    ran = crossdock("load", "network", tmp_path / "nowhere.json")

    assert (ran.code, ran.err.split(":")[0], hub.asked) == (1, "FILE_UNREADABLE", [])


def test_lists_are_read_page_by_page_as_far_as_is_wanted(hub: PretendHub, crossdock: Crossdock) -> None:
    def page(request: Any) -> Any:
        start = int(request.page.page_token or 0)
        rows = [inventory_pb2.Stock(sku=f"SKU-{start + number}") for number in range(request.page.page_size)]
        return inventory_pb2.ListStockResponse(stock=rows, next_page_token=str(start + len(rows)))

    hub.answers["InventoryService.ListStock"] = page

    ran = crossdock("stock", "A", "B", "--node", "DC-NL", "--limit", "700", "--json")

    first, second = hub.requests("InventoryService.ListStock")
    assert [one["sku"] for one in ran.json()["stock"]] == [f"SKU-{number}" for number in range(700)]
    assert (list(first.skus), list(first.node_ids)) == (["A", "B"], ["DC-NL"])
    assert (first.page.page_size, second.page.page_size) == (500, 200)


def test_an_empty_list_says_what_to_do(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["InventoryService.ListStock"] = inventory_pb2.ListStockResponse()

    assert crossdock("stock").out == "No stock. Load some: crossdock import stock FILE\n"


def test_stock_is_explained_row_by_row(hub: PretendHub, crossdock: Crossdock) -> None:
    figures = supply_pb2.StockFigures(on_hand=50, safety=2)
    bought = supply_pb2.StockLedgerRow(
        row_number=7,
        move_time=AT,
        delta=supply_pb2.StockFigures(on_hand=50),
        after=figures,
        cause="RECEIPT",
        event_type="SupplyReceived",
        facts={"source": "erp", "reference": "PO-1", "sku": "SHIRT"},
    )

    def page(request: Any) -> Any:
        older = bool(request.page.page_token)
        rows = [bought] if older else [supply_pb2.StockLedgerRow(cause="SAFETY", after=figures, cause_id=ID)]
        return supply_pb2.ExplainStockResponse(
            as_of_time=AT,
            figures=figures,
            protected=1,
            available=47,
            row_count=2,
            rows=rows,
            next_page_token="" if older else "more",
        )

    hub.answers["SupplyService.ExplainStock"] = page

    out = crossdock("stock", "SHIRT", "--node", "DC-NL", "--why", "--at", "2026-11-17T09:00:00+01:00").out

    assert out.startswith(
        "47 of SHIRT can be promised at DC-NL as of 2026-11-17 08:00:00: 50 on hand - 0 reserved - 0 allocated"
        " - 2 safety - 1 kept for others.\n"
    )
    assert [line for line in out.splitlines() if "RECEIPT" in line and "SupplyReceived erp PO-1" in line]
    assert [line for line in out.splitlines() if "SAFETY" in line and ID in line]
    first, second = hub.requests("SupplyService.ExplainStock")
    assert first.as_of_time == second.as_of_time
    assert second.page.page_token == "more"
    assert len(crossdock("stock", "SHIRT", "--node", "DC-NL", "--why", "--json").json()["rows"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("stock", "--why"),
        ("stock", "A", "B", "--node", "DC-NL", "--why"),
        ("stock", "A", "--why"),
        ("stock", "A", "--node", "DC-NL", "--why", "--at", "yesterday"),
        ("stock", "A", "--at", "2026-11-17T09:00:00Z"),
        ("stock", "A", "--channel", "WEB-NL"),
    ],
)
def test_what_cannot_be_explained_is_not_asked(hub: PretendHub, crossdock: Crossdock, words: tuple[str, ...]) -> None:
    assert crossdock(*words).code == 2
    assert hub.asked == []


HELD = event_orders_pb2.HoldPlaced(hold_type=orders_pb2.HOLD_TYPE_FRAUD, reason="It is odd.")


def test_events_are_followed_one_line_each(hub: PretendHub, crossdock: Crossdock) -> None:
    events = [
        events_pb2.Event(position=number, type="HoldPlaced", order_id=ID, occur_time=AT, hold_placed=HELD)
        for number in (4, 5)
    ]
    hub.answers["EventService.SubscribeEvents"] = lambda _: iter(
        [events_pb2.SubscribeEventsResponse(events=[one]) for one in events]
    )

    lines = crossdock("events", "--follow", "--after", "3", "--json").out.splitlines()

    assert [json.loads(line)["position"] for line in lines] == [4, 5]
    assert json.loads(lines[0])["facts"]["hold_type"] == "HOLD_TYPE_FRAUD"
    assert hub.requests("EventService.SubscribeEvents")[0].after_position == 3
    assert (
        f"2026-11-17 08:00:00  HoldPlaced  {ID}  hold_type FRAUD, reason It is odd."
        in crossdock("events", "--follow").out
    )


def test_events_are_listed_up_to_a_limit(hub: PretendHub, crossdock: Crossdock) -> None:
    def page(request: Any) -> Any:
        positions = range(request.after_position + 1, min(request.after_position + request.page_size, 1500) + 1)
        return events_pb2.ListEventsResponse(
            events=[events_pb2.Event(position=one) for one in positions], last_position=positions[-1]
        )

    hub.answers["EventService.ListEvents"] = page

    assert len(crossdock("events", "--limit", "1200", "--json").json()["events"]) == 1200
    assert len(crossdock("events", "--limit", "5000", "--json").json()["events"]) == 1500


@pytest.mark.parametrize(("more", "rpc"), [((), "ListEvents"), (("--follow",), "SubscribeEvents")])
def test_events_are_asked_for_by_type_and_channel(
    hub: PretendHub, crossdock: Crossdock, more: tuple[str, ...], rpc: str
) -> None:
    hub.answers["EventService.ListEvents"] = events_pb2.ListEventsResponse(last_position=9)
    hub.answers["EventService.SubscribeEvents"] = lambda _: iter([events_pb2.SubscribeEventsResponse(last_position=9)])

    done = crossdock("events", "--type", "OrderPlaced", "--type", "OrderClosed", "--channel", "WEB-NL", *more)

    (request,) = hub.requests(f"EventService.{rpc}")
    assert (done.code, list(request.types), request.channel_id) == (0, ["OrderPlaced", "OrderClosed"], "WEB-NL")


def test_dead_letters_are_listed_and_given_another_life(hub: PretendHub, crossdock: Crossdock) -> None:
    message = admin_pb2.OutboxMessage(message_id=ID, kind="payment.capture", account_id="psp", attempts=9)
    hub.answers["AdminService.ListMessages"] = admin_pb2.ListMessagesResponse(messages=[message])
    hub.answers["AdminService.RetryMessage"] = admin_pb2.RetryMessageResponse(message=message)

    assert "payment.capture" in crossdock("messages").out
    assert crossdock("messages", "--retry", ID).out == "payment.capture to psp is due again.\n"
    assert hub.requests("AdminService.ListMessages")[0].state == admin_pb2.MESSAGE_STATE_DEAD


def test_the_dead_letters_of_an_outage_get_another_life_together(hub: PretendHub, crossdock: Crossdock) -> None:
    left = iter([1500, 500, 0])

    def revived(_: Any) -> Any:
        remaining = next(left)
        return admin_pb2.RetryMessagesResponse(retried_count=1000 if remaining else 500, remaining_count=remaining)

    hub.answers["AdminService.RetryMessages"] = revived

    ran = crossdock("messages", "retry", "--account", "wms", "--since", "2026-11-17T08:00:00Z")

    requests = hub.requests("AdminService.RetryMessages")
    assert ran.out == "2,500 messages to wms are due again.\n"
    assert {(one.account_id, one.since_time.seconds) for one in requests} == {("wms", AT.seconds)}
    assert len({one.request_id for one in requests}) == 3


def test_an_account_is_pulled_from_another_cursor(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.MovePollCursor"] = admin_pb2.MovePollCursorResponse(previous_cursor="17")

    ran = crossdock("messages", "cursor", "--account", "wms", "--to", "18")

    (request,) = hub.requests("AdminService.MovePollCursor")
    assert ran.out == "wms is asked from '18' on; it stood at '17'.\n"
    assert (request.account_id, request.cursor) == ("wms", "18")


@pytest.mark.parametrize(("violations", "code"), [(0, 0), (2, 1)])
def test_the_audit_ends_with_whether_it_found_something(
    hub: PretendHub, crossdock: Crossdock, violations: int, code: int
) -> None:
    result = admin_pb2.AuditResult(
        invariant="stock_claims",
        statement="So.",
        checked_count=5,
        violation_count=violations,
        examples=["X at Y"][:violations],
    )
    hub.answers["AdminService.RunAudit"] = admin_pb2.RunAuditResponse(results=[result])

    ran = crossdock("audit")

    assert ran.code == code
    assert ("stock_claims: X at Y" in ran.out) == bool(violations)
    assert crossdock("audit", "--json").json()["violation_count"] == violations


def test_time_is_told_and_moved_on(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.GetStatus"] = STATUS
    hub.answers["AdminService.AdvanceTime"] = admin_pb2.AdvanceTimeResponse(business_time=AT, fired_timers=2)

    assert crossdock("time").out == "2026-11-17 08:00:00 UTC (virtual)\n"
    assert crossdock("time", "advance", "1d12h").out == "It is 2026-11-17 08:00:00 UTC; 2 timers fired on the way.\n"
    assert hub.requests("AdminService.AdvanceTime")[0].span == Duration(seconds=36 * 3600)


def test_every_command_has_help_and_those_that_print_tables_have_json() -> None:
    commands = dict(walk(typer.main.get_command(program(()))))
    without_json = {name for name, command in commands.items() if "as_json" not in {one.name for one in command.params}}

    assert all(command.help for command in commands.values())
    assert without_json <= {
        "up",
        "api",
        "worker",
        "adapter new",
        "network show",
        "person export",
    }  # the first four print no table, the last two JSON in any case


def walk(group: Any, path: str = "") -> list[tuple[str, Any]]:
    found = []
    for name, command in group.commands.items():
        full = f"{path} {name}".strip()
        found += walk(command, full) if hasattr(command, "commands") else [(full, command)]
    return found


def test_health_finds_the_port_of_health_checks_beside_grpc_of_this_machine_alone(tmp_path: Path) -> None:
    here, noted = Settings(data=tmp_path), Settings(data=tmp_path / "noted")
    noted.hub_note.parent.mkdir()
    noted.hub_note.write_text(json.dumps({"address": "unix:/run/hub", "health": "127.0.0.1:9", "http": None}))

    assert health_address_of(here) == "127.0.0.1:7445"
    assert health_address_of(noted) == "127.0.0.1:9"
    assert health_address_of(noted.flagged(hub="127.0.0.1:7000")) == "127.0.0.1:7002"
    assert health_address_of(noted.flagged(hub="grpcs://hub.example:7443")) is None
    assert health_address_of(here.flagged(health="off")) is None


def test_a_hub_whose_health_checks_are_not_reached_serves_when_it_tells_how_it_is(
    hub: PretendHub, crossdock: Crossdock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSDOCK_HEALTH", "off")
    hub.answers["AdminService.GetStatus"] = STATUS
    told = crossdock("health", "--json")
    hub.answers["AdminService.GetStatus"] = PermissionDenied("Not you.")

    assert told.json()["serving"]
    assert crossdock("health").code == 4
