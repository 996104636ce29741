"""What a warehouse reports: parcels, shortages, receipts and counts; what does not balance is refused as a whole."""

from __future__ import annotations

from pathlib import Path

import protovalidate
import pytest

from crossdock.fulfillment.v1 import fulfillment_pb2
from tests.adapters.sdk.x12.judge import errors_of
from tests.adapters.x12_warehouse.documents import ORDER, a_document, an_advice, served

MUGS, TRAYS = "W12*CC*3*3*0*EA**SK*MUG-BLUE", "W12*CC*2*2*0*EA**SK*TRAY-OAK"
RECEIPT = ("W17*F*20261103*R-9*00000001", "N1*WH**92*NL01", "W07*12*EA**SK*MUG-BLUE", "W07*3*EA**SK*TRAY-OAK", "W14*15")
COUNT = (
    "BIA*00*SI*C-1*20261103*2200", "N1*WH**92*NL01", "LIN**SK*MUG-BLUE", "QTY*17*40*EA", "QTY*33*38*EA",
    "LIN**SK*TRAY-OAK", "QTY*17*0*EA", "CTT*2",
)  # fmt: skip


def named(reading: object) -> list[str]:
    return [problem.field for problem in reading.problems]  # type: ignore[attr-defined]


async def test_an_advice_becomes_the_parcel_that_left(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()

        reading = await warehouse.read(an_advice(MUGS, TRAYS))

    assert not reading.problems
    (command,) = reading.commands
    protovalidate.validate(command)
    shipment = command.shipment
    assert (shipment.fulfillment_order_id, shipment.shipment_reference) == (ORDER, "BOL-1")
    assert [(line.line_number, line.quantity) for line in shipment.lines] == [(1, 3), (2, 2)]
    assert (shipment.tracking_number, shipment.carrier_code, shipment.carrier_name) == (
        "1Z999", "UPSN", "United Parcel",
    )  # fmt: skip
    assert shipment.weight_grams == 10_000
    assert shipment.occur_time.ToJsonString() == "2026-11-04T08:15:00Z"


async def test_units_that_never_ship_are_short_and_units_that_come_later_are_not(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        short = await warehouse.read(an_advice("W12*CP*3*1*2*EA**SK*MUG-BLUE", TRAYS, total=3), "short")
        later = await warehouse.read(an_advice("W12*BP*3*1*2*EA**SK*MUG-BLUE", TRAYS, total=3, control=701), "later")
        nothing = await warehouse.read(an_advice("W12*IC*3*0*3*EA**SK*MUG-BLUE", total=0, control=702), "nothing")

    assert [command.WhichOneof("kind") for command in short.commands] == ["shipment", "short"]
    assert [(line.line_number, line.quantity) for line in short.commands[1].short.lines] == [(1, 2)]
    assert short.commands[1].short.reason == fulfillment_pb2.SHORT_REASON_NOT_IN_STOCK
    protovalidate.validate(short.commands[1])
    assert [command.WhichOneof("kind") for command in later.commands] == ["shipment"]
    assert [command.WhichOneof("kind") for command in nothing.commands] == ["short"]


async def test_packages_are_carried_where_all_units_stand_in_one(tmp_path: Path) -> None:
    packed = ("MAN*GM*00100001*TX*CP*1Z1", MUGS, "LX*2", "MAN*GM*00100002**CP*1Z2", TRAYS)
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        whole = await warehouse.read(an_advice(*packed), "whole")
        partly = await warehouse.read(an_advice(packed[0], MUGS, "LX*2", TRAYS, control=701), "partly")

    packages = whole.commands[0].shipment.packages
    assert [(one.package_reference, [line.quantity for line in one.lines]) for one in packages] == [
        ("00100001", [3]),
        ("00100002", [2]),
    ]
    assert packages[1].tracking_number == "1Z2"
    assert not partly.commands[0].shipment.packages


@pytest.mark.parametrize(
    ("lines", "total", "field"),
    [
        (("W12*CC*3*2*1*EA**SK*MUG-BLUE", TRAYS), 4, "W1203"),
        (("W12*CP*3*2*2*EA**SK*MUG-BLUE", TRAYS), 4, "W1204"),
        (("W12*CC*4*4*0*EA**SK*MUG-BLUE", TRAYS), 6, "W1203"),
        (("W12*CC*3*3*0*CA**SK*MUG-BLUE", TRAYS), 5, "W1205"),
        (("W12*QQ*3*3*0*EA**SK*MUG-BLUE", TRAYS), 5, "W1201"),
        (("W12*CC*3*3*0*EA**SK*LAMP-01", TRAYS), 5, "W1208"),
        (("W12*CC*3*3*0*EA**ZZ*MUG-BLUE", TRAYS), 5, "W1207"),
        (("W12*CC*3*few*0*EA**SK*MUG-BLUE", TRAYS), 5, "W1203"),
        ((MUGS, TRAYS), 6, "W0301"),
        (("W12*CS*3*3*0*EA**SK*MUG-BLUE", TRAYS), 5, "W12"),
        ((), 0, "W06"),
    ],
)
async def test_an_advice_that_does_not_balance_is_refused_by_its_element(
    tmp_path: Path, lines: tuple[str, ...], total: int, field: str
) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()

        reading = await warehouse.read(an_advice(*lines, total=total))

    assert not reading.commands
    assert field in named(reading)


async def test_an_advice_of_an_order_that_the_house_was_not_given_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        reading = await warehouse.read(an_advice(MUGS))

    assert (list(reading.commands), named(reading)) == ([], ["W0602"])


async def test_a_fact_that_nobody_acts_on_is_reported_beside_what_is_taken(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        told = await warehouse.read(an_advice(MUGS, "QQQ*1", TRAYS), "told")
        ignored = await warehouse.read(
            an_advice(MUGS, "QQQ*1", TRAYS, control=701), "ignored", ignored_facts=["945.QQQ"]
        )

    assert [len(reading.commands) for reading in (told, ignored)] == [1, 1]
    assert (named(told), named(ignored)) == (["QQQ"], [])


async def test_a_receipt_puts_units_into_stock(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        reading = await warehouse.read(a_document("944", "RE", *RECEIPT))
        broken = [
            await warehouse.read(a_document("944", "RE", *body, control=710 + number), f"broken {number}")
            for number, body in enumerate([(*RECEIPT[:-1], "W14*16"), (*RECEIPT, "W13*1*EA*01"), RECEIPT[:1]])
        ]

    changes = [command.adjust_stock for command in reading.commands]
    assert [(change.sku, change.node_id, change.delta, change.cause) for change in changes] == [
        ("MUG-BLUE", "DC-NL", 12, "RECEIPT R-9"),
        ("TRAY-OAK", "DC-NL", 3, "RECEIPT R-9"),
    ]
    assert len({command.location for command in reading.commands}) == 2
    assert [(list(one.commands), named(one)) for one in broken] == [([], ["W1401"]), ([], ["W13"]), ([], ["W17"])]


async def test_a_count_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        reading = await warehouse.read(a_document("846", "IB", *COUNT))
        broken = [
            await warehouse.read(a_document("846", "IB", *body, control=710 + number), f"broken {number}")
            for number, body in enumerate(
                [COUNT[:3], (*COUNT, "QTY*17*9*EA"), ("BIA*05*SI*C*20261103", *COUNT[1:]), (COUNT[0], "N1*WH**92*XX")]
            )
        ]

    count = reading.commands[0].stock_count
    assert [(row.sku, row.node_id, row.on_hand) for row in count.rows] == [
        ("MUG-BLUE", "DC-NL", 40),
        ("TRAY-OAK", "DC-NL", 0),
    ]
    assert (list(count.header.node_ids), count.header.row_count) == (["DC-NL"], 2)
    assert count.header.count_time.ToJsonString() == "2026-11-03T22:00:00Z"
    assert [list(one.commands) for one in broken] == [[], [], [], []]
    assert all(one.problems for one in broken)


async def test_what_came_is_acknowledged_once_and_per_set(tmp_path: Path) -> None:
    document = an_advice(MUGS, TRAYS)
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        await warehouse.read(document)
        await warehouse.read(document)
        await warehouse.read(an_advice(MUGS, TRAYS, control=701).replace("SE*10", "SE*12"), "miscounted")
        await warehouse.read(a_document("947", "AW", "W15*20261104*1", control=702), "not read")

        acknowledgments = warehouse.written()[1:]

    assert [errors_of(document) for document in acknowledgments] == [[], [], []]
    assert [document.split("~")[3:-4] for document in acknowledgments] == [
        ["AK1*SW*700", "AK2*945*0001", "AK5*A", "AK9*A*1*1*1"],
        ["AK1*SW*701", "AK2*945*0001", "AK5*R*4", "AK9*R*1*1*0"],
        ["AK1*AW*702", "AK2*947*0001", "AK5*R*1", "AK9*R*1*1*0"],
    ]


async def test_an_advice_whose_count_is_wrong_is_kept_from_being_taken_until_a_person_decides(tmp_path: Path) -> None:
    document = an_advice(MUGS, TRAYS).replace("SE*10", "SE*12")
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        refused = await warehouse.read(document)
        taken = await warehouse.read(document, tolerate=["SE01"])

    assert (list(refused.commands), named(refused)) == ([], ["SE01"])
    assert "expected 10, found '12'" in refused.problems[0].reason
    assert [command.WhichOneof("kind") for command in taken.commands] == ["shipment"]


async def test_an_interchange_that_came_in_another_document_is_not_taken_again(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        first = await warehouse.read(an_advice(MUGS, TRAYS), "first")
        again = await warehouse.read(an_advice(MUGS, TRAYS), "first")
        repeat = await warehouse.read(an_advice(MUGS, TRAYS), "second")
        forgiven = await warehouse.read(an_advice(MUGS, TRAYS), "third", tolerate=["ISA13"])

    assert first == again
    assert (list(repeat.commands), named(repeat)) == ([], ["ISA13"])
    assert len(forgiven.commands) == 1


async def test_an_interchange_of_another_sender_or_for_another_receiver_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        await warehouse.release()
        other = await warehouse.read(an_advice(MUGS, TRAYS, sender="STRANGER"), "other")
        elsewhere = await warehouse.read(an_advice(MUGS, TRAYS).replace("ZZ*CROSSDOCK ", "ZZ*ELSEWHERE"), "elsewhere")

        assert len(warehouse.written()) == 1

    assert [list(other.commands), list(elsewhere.commands)] == [[], []]
    assert [named(other), named(elsewhere)] == [["ISA06"], ["ISA08"]]
