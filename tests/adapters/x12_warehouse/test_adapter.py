"""What the quality file says of the adapter is so, and whatever comes has an answer."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import protovalidate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sdk.documents.reading import Findings
from adapters.sdk.state.client import Entry
from adapters.sdk.x12.acknowledgments import acknowledged
from adapters.sdk.x12.incoming import Came, interchanges_of
from adapters.x12_warehouse.adapter import SERVICE
from adapters.x12_warehouse.mapping import commands_of
from adapters.x12_warehouse.orders import Line, Order
from adapters.x12_warehouse.settings import read_settings
from crossdock.partner.warehouse.v1 import warehouse_pb2 as pb
from tests.adapters.x12_channel.documents import published
from tests.adapters.x12_warehouse.documents import AT, ORDER, PROFILE, a_document, served
from tests.adapters.x12_warehouse.test_reports import COUNT, MUGS, RECEIPT, TRAYS

ROOT = Path(__file__).parents[3]
QUALITY = tomllib.loads((ROOT / "adapters/x12_warehouse/quality.toml").read_text())
LINES = (Line(1, "MUG-BLUE", 3), Line(2, "TRAY-OAK", 2))
ORDERS = {"00000001": Order("00000001", ORDER, "DC-NL", LINES)}
SAMPLES = (
    ("x12types-945-1.edi", "SE01", "W0602"),
    ("x12types-945-2.edi", "ISA02", "W0602"),
    ("x12types-945-3.edi", "ISA02", "W0602"),
    ("x12types-945-simplot.edi", "SE01", "W0602"),
)


def test_the_quality_file_names_every_rpc_of_the_contract() -> None:
    methods = pb.DESCRIPTOR.services_by_name["WarehouseService"].methods_by_name

    assert QUALITY["service"] == SERVICE
    assert sorted([*QUALITY["offered"], *QUALITY["not_offered"]]) == sorted(methods)


def test_the_adapter_is_named_as_an_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["entry-points"]["crossdock.adapters"][QUALITY["name"]] == "adapters.x12_warehouse.adapter:build"


async def test_polling_moves_nothing(tmp_path: Path) -> None:
    async with served(tmp_path) as warehouse:
        request = pb.PullUpdatesRequest()
        request.pull.cursor = "7"

        response = await warehouse.stub.PullUpdates(request)

    assert (list(response.updates), response.pulled.cursor) == ([], "7")


ELEMENTS = st.sampled_from(
    ["", "CC", "CP", "3", "-1", "2.5", "9" * 20, "EA", "SK", "MUG-BLUE", "20261104", "17", "WH", "\x00"]
)
TAG_NAMES = "W06 W12 W03 W27 G62 MAN LX N9 W17 W07 W14 BIA LIN QTY N1 AK1 AK5 AK9 OTI QQQ"
TAGS = st.sampled_from(TAG_NAMES.split())
SEGMENTS = st.builds(lambda tag, rest: "*".join([tag, *rest]), TAGS, st.lists(ELEMENTS, max_size=9))
SETS = st.sampled_from([("945", "SW"), ("944", "RE"), ("846", "IB"), ("997", "FA"), ("824", "AG"), ("850", "PO")])
GIVEN = st.sampled_from([*COUNT, *RECEIPT, MUGS, TRAYS, "W06*F*00000001*20261104*B-1"])


@settings(derandomize=True, deadline=None)
@given(kind=SETS, body=st.lists(SEGMENTS | GIVEN, max_size=10))
def test_whatever_segments_say_is_a_sound_command_or_a_problem(kind: tuple[str, str], body: list[str]) -> None:
    findings, agreement = Findings(), read_settings(json.dumps(PROFILE))
    came = Came("wms", "document", AT)

    interchanges = interchanges_of(a_document(*kind, *body).encode(), "", lambda _: agreement, findings)
    told = acknowledged(interchanges, findings)
    commands = commands_of(interchanges, ORDERS, agreement, came, findings)

    assert commands or told or findings.problems
    for command in commands:
        if command.HasField("stock_count"):
            command.stock_count.header.request_id = ORDER
        protovalidate.validate(command)


@pytest.mark.parametrize(("name", "strict", "loose"), SAMPLES)
async def test_a_published_advice_is_refused_for_what_is_wrong_with_it(
    tmp_path: Path, name: str, strict: str, loose: str
) -> None:
    content = published(name).decode()

    async with served(tmp_path) as warehouse:
        first = await warehouse.read(content, **sides(content))
        second = await warehouse.read(content, tolerate=["SE01"], isa_fixed_length=False, **sides(content))

    assert (list(first.commands), [problem.field for problem in first.problems]) == ([], [strict])
    assert (list(second.commands), [problem.field for problem in second.problems]) == ([], [loose])


async def test_a_published_advice_with_a_wrong_count_ships_its_order_once_a_person_forgives_the_count(
    tmp_path: Path,
) -> None:
    content = published("x12types-945-2.edi").decode()
    line = {"number": 1, "sku": "123456789", "quantity": 3000}
    order = {"number": "IF102", "fulfillment_order_id": ORDER, "node_id": "DC-NL", "lines": [line]}

    async with served(tmp_path) as warehouse:
        warehouse.memory.entries["wms", "order/IF102"] = Entry(json.dumps(order).encode(), 1)
        refused = await warehouse.read(content, isa_fixed_length=False, **sides(content))
        reading = await warehouse.read(content, isa_fixed_length=False, tolerate=["SE01"], **sides(content))

    assert [problem.field for problem in refused.problems] == ["SE01"]
    assert not reading.problems
    (command,) = reading.commands
    assert [(line.line_number, line.quantity) for line in command.shipment.lines] == [(1, 3000)]
    assert (command.shipment.carrier_code, command.shipment.weight_grams) == ("NPLT", 6_803_886)


def sides(content: str) -> dict[str, Any]:
    """The settings that make a document one of this account."""
    elements = content.split("*")
    return {"own": f"ZZ:{elements[8].strip()}", "partner": f"ZZ:{elements[6].strip()}"}
