"""`crossdock change` as people use it: a preview first, then the confirmation."""

from __future__ import annotations

from google.type.money_pb2 import Money

from crossdock.orders.v1 import change_service_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub
from tests.unit.app.cli.test_order import AT, ORDER

CHANGE = "0193e5f7-0000-7000-8000-0000000000c1"


def euros(units: int) -> Money:
    return Money(currency_code="EUR", units=units)


def change_of(state: pb.ChangeState) -> pb.OrderChange:
    preview = pb.ChangePreview(
        total_before=euros(60), total_after=euros(50), to_authorize=euros(0), to_give_back=euros(10)
    )
    preview.lines.add(line_number=1, sku="HAT", quantity_before=3, quantity_after=1)
    preview.lines.add(line_number=2, sku="CUP", quantity_after=2, total_after=euros(30), promised_time=AT)
    return pb.OrderChange(
        change_id=CHANGE, order_id=ORDER, order_version=7, state=state, preview=preview, expire_time=AT
    )


def test_a_change_is_previewed_with_the_command_that_confirms_it(hub: PretendHub, crossdock: Crossdock) -> None:
    proposed = change_of(pb.CHANGE_STATE_PROPOSED)
    hub.answers["ChangeService.ProposeChange"] = pb.ProposeChangeResponse(change=proposed)

    ran = crossdock("change", ORDER, "--line", "1:1", "--add", "CUP:2@15.00 EUR", "--for-customer")

    (asked,) = hub.requests("ChangeService.ProposeChange")
    assert [(line.line_number, line.quantity) for line in asked.change.lines] == [(1, 1)]
    assert [(line.sku, line.quantity, line.unit_price) for line in asked.change.added_lines] == [("CUP", 2, euros(15))]
    assert asked.requested_by == pb.CHANGE_REQUESTER_CUSTOMER
    shown = ("PROPOSED", "HAT", "2026-11-17", "50.00 EUR instead of 60.00 EUR", f"--confirm-change {CHANGE}")
    assert all(text in ran.out for text in shown)
    assert not hub.requests("ChangeService.ConfirmChange")


def test_a_change_is_confirmed_at_once_or_later(hub: PretendHub, crossdock: Crossdock) -> None:
    proposed, confirmed = change_of(pb.CHANGE_STATE_PROPOSED), change_of(pb.CHANGE_STATE_CONFIRMED)
    hub.answers["ChangeService.ProposeChange"] = pb.ProposeChangeResponse(change=proposed)
    hub.answers["ChangeService.ConfirmChange"] = pb.ConfirmChangeResponse(change=confirmed)

    assert "CONFIRMED" in crossdock("change", ORDER, "--line", "1:1", "--confirm").out
    assert "CONFIRMED" in crossdock("change", ORDER, "--confirm-change", CHANGE).out

    asked = hub.requests("ChangeService.ConfirmChange")
    assert [(one.order_id, one.change_id) for one in asked] == [(ORDER, CHANGE), (ORDER, CHANGE)]
    assert len(hub.requests("ChangeService.ProposeChange")) == 1


def test_what_cannot_be_read_is_said(crossdock: Crossdock) -> None:
    for arguments in (("--line", "one"), ("--add", "CUP"), ("--confirm-change", CHANGE, "--line", "1:1")):
        assert crossdock("change", ORDER, *arguments).code == 2
