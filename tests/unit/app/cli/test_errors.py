"""What goes wrong is said with reason, sentence and exit code, and never shows the token."""

from __future__ import annotations

import json
from pathlib import Path

import grpc
import pytest

from crossdock.admin.v1 import admin_pb2
from hub.kernel.errors import InvalidField, PermissionDenied, Unauthenticated
from hub.orders.errors import OrderNotFound
from tests.unit.app.cli.pretend import TOKEN, Crossdock, PretendHub

ORDER = "01a204dc-af31-70aa-acb0-4c71b22f38d5"


def test_where_no_hub_answers_it_is_said_how_to_start_one(crossdock: Crossdock) -> None:
    ran = crossdock("--hub", "127.0.0.1:1", "orders")

    assert ran.code == 3
    assert ran.err.startswith("UNREACHABLE: No hub answers at 127.0.0.1:1. Start one with `crossdock up`")
    assert ran.out == ""


def test_a_refusal_is_said_with_its_reason_and_facts(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["OrderService.GetOrder"] = OrderNotFound("There is no such order.", order_id=ORDER, look_in="orders")

    ran = crossdock("order", ORDER)

    assert ran.code == 1
    assert ran.err.splitlines() == [
        "ORDER_NOT_FOUND: There is no such order.",
        "  look_in: orders",
        f"  order_id: {ORDER}",
    ]


def test_a_program_reads_an_error_as_json(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["OrderService.ListOrders"] = InvalidField("page is wrong.", page="too large")

    ran = crossdock("--json", "orders")

    assert ran.code == 1
    assert json.loads(ran.err) == {
        "error": {"reason": "INVALID_FIELD", "message": "page is wrong.", "facts": {"page": "too large"}}
    }


def test_an_unknown_token_is_said_with_where_tokens_come_from(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["OrderService.ListOrders"] = Unauthenticated("The token is not known.")

    ran = crossdock("orders")

    assert ran.code == 4
    assert "--token-file or CROSSDOCK_TOKEN" in ran.err
    assert TOKEN not in ran.err


def test_what_a_role_may_not_do_has_an_exit_code_of_its_own(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.RunAudit"] = PermissionDenied("Only some may.")

    assert crossdock("audit").code == 4


def test_a_hub_that_fails_has_an_exit_code_of_its_own(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AdminService.RunAudit"] = grpc.StatusCode.INTERNAL

    ran = crossdock("audit")

    assert (ran.code, ran.err) == (5, "INTERNAL: as it was told to\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("order", "--trace"), "Missing argument"),
        (("time", "advance", "soon"), "write 3d"),
        (("orders", "--state", "shut"), "PLACED"),
        (("orders", "--since", "yesterday"), "2026-11-17T09:00:00Z"),
        (("order", ORDER, "--line", "1:2"), "only together with --cancel"),
        (("order", ORDER, "--cancel", "--line", "1"), "is not N:UNITS"),
        (("exceptions", "resolve", "7"), "ids are UUIDs"),
        (("inbox", "--replay"), "state the document"),
        (("up", "--start-time", "yesterday"), "is not an instant"),
        (("nonsense",), "No such command"),
    ],
)
def test_a_command_that_cannot_be_read_is_said_so(crossdock: Crossdock, arguments: tuple[str, ...], told: str) -> None:
    ran = crossdock(*arguments)

    assert ran.code == 2
    assert told in ran.err


def test_a_malformed_setting_is_said_by_its_name(crossdock: Crossdock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSDOCK_HUB", "nowhere")

    ran = crossdock("orders")

    assert (ran.code, ran.err.split()[:3]) == (2, ["SETTING_INVALID:", "CROSSDOCK_HUB", "must"])


def test_parts_ask_for_a_database(crossdock: Crossdock) -> None:
    for part in ("api", "worker"):
        ran = crossdock(part)

        assert (ran.code, ran.err.split(":")[0]) == (1, "NO_DATABASE")


def test_the_token_comes_from_flag_file_or_data_folder_and_is_sent_as_bearer(
    hub: PretendHub, crossdock: Crossdock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hub.answers["AdminService.GetStatus"] = admin_pb2.GetStatusResponse()
    monkeypatch.delenv("CROSSDOCK_TOKEN")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "admin.token").write_text("of the folder\n")
    (tmp_path / "token").write_text("of the file\n")

    crossdock("time")
    crossdock("--token-file", tmp_path / "token", "time")
    crossdock("--token", "of the flag", "time")

    assert hub.tokens == ["Bearer of the folder", "Bearer of the file", "Bearer of the flag"]


def test_a_token_file_that_cannot_be_read_is_said_so(
    crossdock: Crossdock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CROSSDOCK_TOKEN")

    ran = crossdock("--token-file", tmp_path / "nowhere", "time")

    assert (ran.code, ran.err.split(":")[0]) == (4, "TOKEN_UNREADABLE")


def test_a_hub_is_found_by_the_note_in_the_data_folder(
    hub: PretendHub, crossdock: Crossdock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hub.answers["AdminService.GetStatus"] = admin_pb2.GetStatusResponse()
    monkeypatch.delenv("CROSSDOCK_HUB")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "hub.json").write_text(json.dumps({"address": hub.address, "pid": 1}))

    assert crossdock("--data", tmp_path / "elsewhere", "time").code == 0


def test_what_a_partner_wrote_commands_no_terminal(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["OrderService.GetOrder"] = OrderNotFound("No \x1b[2J.", look_in="\x9b31m")

    shown, read = crossdock("order", ORDER), crossdock("--json", "order", ORDER)

    for text in (shown.err, read.err):
        assert not {"\x1b", "\x9b"} & set(text)
    assert r"\u001b[2J" in shown.err
    assert json.loads(read.err)["error"]["message"] == "No \x1b[2J."
