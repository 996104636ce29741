"""Documents are handed in, waited for until they are read, and what became of them is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google.type.money_pb2 import Money

from crossdock.inbox.v1 import inbox_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.app.cli.fulfillment.importing import media_type_of
from tests.unit.app.cli.pretend import Crossdock, PretendHub

DOCUMENT = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
ORDER = "01a204dc-af31-70aa-acb0-000000000001"
PROBLEM = inbox_pb2.Problem(location="segment 7 (PO1)", field="PO103", reason="The unit is not known.", ordinal=2)


def network(*accounts: tuple[str, str]) -> Any:
    listed = [network_pb2.PartnerAccount(account_id=account, adapter=adapter) for account, adapter in accounts]
    return network_pb2.GetNetworkResponse(network=network_pb2.Network(accounts=listed))


def inbox_of(hub: PretendHub, *, reads_until_done: int = 2, problems: tuple[inbox_pb2.Problem, ...] = ()) -> None:
    """Has the hub keep a document and read it after it was looked at a few times."""
    looks = iter(range(1000))
    kept = inbox_pb2.Document(document_id=DOCUMENT, name="orders.edi", state=inbox_pb2.DOCUMENT_STATE_RECEIVED)

    def seen(_: Any) -> Any:
        if next(looks) < reads_until_done:
            return inbox_pb2.GetDocumentResponse(document=kept)
        state = inbox_pb2.DOCUMENT_STATE_PROBLEM if problems else inbox_pb2.DOCUMENT_STATE_TAKEN
        read = inbox_pb2.Document(
            document_id=DOCUMENT, name="orders.edi", state=state, read_count=1, problems=problems, order_ids=[ORDER]
        )
        return inbox_pb2.GetDocumentResponse(document=read)

    hold = orders_pb2.Hold(
        type=orders_pb2.HOLD_TYPE_MANUAL, status=orders_pb2.HOLD_STATUS_ACTIVE, reason="5.00 EUR differ"
    )
    order = orders_pb2.Order(
        order_id=ORDER,
        channel_reference="PO-1",
        state=orders_pb2.ORDER_STATE_PLACED,
        grand_total=Money(currency_code="EUR", units=9),
        holds=[hold],
    )
    hub.answers |= {
        "NetworkService.GetNetwork": network(("x12-de", "x12_channel"), ("psp", "double_payment")),
        "InboxService.Receive": inbox_pb2.ReceiveResponse(document=kept),
        "InboxService.GetDocument": seen,
        "OrderService.GetOrder": order_service_pb2.GetOrderResponse(order=order),
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "orders.edi"
    path.write_bytes(b"ISA*00*\xff")
    return path


def test_a_document_goes_to_the_one_account_of_its_adapter_as_it_is(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    inbox_of(hub)

    ran = crossdock("import", "x12", file)

    (request,) = hub.requests("InboxService.Receive")
    assert (request.account_id, request.media_type, request.name) == ("x12-de", "application/edi-x12", "orders.edi")
    assert request.content == b"ISA*00*\xff"
    assert ran.code == 0
    assert "PO-1" in ran.out
    assert "9.00 EUR" in ran.out
    assert "MANUAL: 5.00 EUR differ" in ran.out


def test_problems_are_told_with_place_and_reason_and_the_exit_code(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    inbox_of(hub, problems=(PROBLEM,))

    ran = crossdock("import", "x12", file)

    assert ran.code == 1
    assert "segment 7 (PO1)  PO103  The unit is not known." in " ".join(ran.out.split("\n"))
    (told,) = crossdock("import", "x12", file, "--json").json()["documents"]
    assert told["problems"][0]["location"] == "segment 7 (PO1)"


def test_a_document_that_is_not_read_in_time_is_kept_and_said_so(
    hub: PretendHub, crossdock: Crossdock, file: Path
) -> None:
    inbox_of(hub, reads_until_done=1000)

    ran = crossdock("import", "x12", file, "--wait", "0.2")

    assert ran.code == 1
    assert ran.err.startswith("NOT_READ_YET: orders.edi was not read within 0.2 seconds. It is kept and will be;")


def test_a_repeat_is_said_to_be_one(hub: PretendHub, crossdock: Crossdock, file: Path) -> None:
    inbox_of(hub)
    once = crossdock("import", "x12", file).out
    repeated = inbox_pb2.Document(document_id=DOCUMENT, name="orders.edi", repeat_count=1)
    hub.answers["InboxService.Receive"] = inbox_pb2.ReceiveResponse(document=repeated)

    again = crossdock("import", "x12", file)

    assert "repeat" not in once
    assert "this is a repeat within minutes, and nothing of it is applied again" in " ".join(again.out.split("\n"))


@pytest.mark.parametrize(
    ("accounts", "reason"),
    [((), "NO_ACCOUNT"), ((("a", "x12_channel"), ("b", "x12_channel")), "SEVERAL_ACCOUNTS")],
)
def test_an_account_that_is_not_certain_is_asked_for(
    hub: PretendHub, crossdock: Crossdock, file: Path, accounts: tuple[tuple[str, str], ...], reason: str
) -> None:
    inbox_of(hub)
    hub.answers["NetworkService.GetNetwork"] = network(*accounts)

    ran = crossdock("import", "x12", file)

    assert (ran.code, ran.err.split(":")[0]) == (1, reason)
    assert not hub.requests("InboxService.Receive")
    assert crossdock("import", "x12", file, "--account", "b").code == 0
    assert hub.requests("InboxService.Receive")[0].account_id == "b"


def test_an_empty_file_is_not_handed_in(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    inbox_of(hub)
    (tmp_path / "empty.edi").touch()

    assert (
        crossdock("import", "x12", tmp_path / "empty.edi").err == f"FILE_UNREADABLE: {tmp_path}/empty.edi is empty.\n"
    )


@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [
        ("shopify", "order.json", "application/json"),
        ("x12", "order.json", "application/edi-x12"),
        ("stock", "count.csv", "text/csv"),
        ("stock", "count.NDJSON", "application/x-ndjson"),
        ("stock", "count.txt", "text/csv"),
    ],
)
def test_the_media_type_follows_from_kind_and_ending(kind: str, name: str, media_type: str) -> None:
    assert media_type_of(kind, Path(name)) == media_type


def test_a_document_is_read_again_and_waited_for(hub: PretendHub, crossdock: Crossdock) -> None:
    reads = iter([1, 1, 2])

    def seen(_: Any) -> Any:
        read = inbox_pb2.Document(
            document_id=DOCUMENT, name="orders.edi", state=inbox_pb2.DOCUMENT_STATE_TAKEN, read_count=next(reads)
        )
        return inbox_pb2.GetDocumentResponse(document=read)

    kept = inbox_pb2.Document(document_id=DOCUMENT, state=inbox_pb2.DOCUMENT_STATE_RECEIVED, read_count=1)
    hub.answers["InboxService.GetDocument"] = seen
    hub.answers["InboxService.ReplayDocument"] = inbox_pb2.ReplayDocumentResponse(document=kept)

    ran = crossdock("inbox", DOCUMENT, "--replay", "--json")

    assert ran.code == 0
    assert ran.json()["documents"][0]["read_count"] == 2


def test_a_document_is_found_by_its_name_and_several_of_one_name_are_listed(
    hub: PretendHub, crossdock: Crossdock
) -> None:
    inbox_of(hub, reads_until_done=0)
    known = inbox_pb2.Document(document_id=DOCUMENT, name="orders.edi", account_id="x12-de")
    other = inbox_pb2.Document(document_id=ORDER, name="orders.edi", account_id="x12-fr")

    def named(*documents: inbox_pb2.Document) -> Any:
        hub.answers["InboxService.ListDocuments"] = inbox_pb2.ListDocumentsResponse(documents=documents)
        return crossdock("inbox", "orders.edi")

    assert named(known).code == 0
    assert hub.requests("InboxService.ListDocuments")[0].name == "orders.edi"
    assert hub.requests("InboxService.GetDocument")[0].document_id == DOCUMENT
    several = named(known, other)
    assert (several.code, DOCUMENT in several.err, ORDER in several.err) == (1, True, True)
    assert "DOCUMENT_NOT_FOUND" in named().err


def test_documents_are_listed_by_state(hub: PretendHub, crossdock: Crossdock) -> None:
    listed = inbox_pb2.Document(document_id=DOCUMENT, name="orders.edi", account_id="x12-de", problems=[PROBLEM])
    hub.answers["InboxService.ListDocuments"] = inbox_pb2.ListDocumentsResponse(documents=[listed])

    ran = crossdock("inbox", "--state", "problem")

    assert f"{DOCUMENT}            x12-de   orders.edi" in ran.out
    assert hub.requests("InboxService.ListDocuments")[0].state == inbox_pb2.DOCUMENT_STATE_PROBLEM
