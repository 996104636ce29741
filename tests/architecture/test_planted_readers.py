"""The trace of readers finds what nothing obeys: planted contracts, models, conversions and readers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.accepted import accepted
from tests.architecture.enum_readers import Value, named
from tests.architecture.message_types import Types
from tests.architecture.readers import readers
from tests.architecture.sources import Source
from tools.contracts import image

MESSAGE = "crossdock.planted.v1.Crate"
TYPES = Types({MESSAGE: {"color_code": "", "label": ""}})
MODEL = """
class Shade(Enum):
    RED = "RED"
    BLUE = "BLUE"
WARM: Final = frozenset({Shade.RED})
def is_cold(shade: Shade) -> bool:
    return shade is Shade.BLUE
class Crate(Struct):
    color: str
    @property
    def painted(self) -> bool:
        return self.color != ""
class Box(Struct):
    shade: str
"""
WIRE = """
from crossdock.planted.v1 import planted_pb2 as pb
SHADES = Names(Shade, pb.Tint, "TINT")
def crate_from_pb(message: pb.Crate) -> Crate:
    if not message.color_code:
        raise InvalidField("color_code is missing")
    return Crate(message.color_code)
"""
SENT = """
from crossdock.planted.v1 import planted_pb2 as pb
def crate_to_pb(crate): return pb.Crate(color_code=crate.color)
"""
WHOLE = """
from crossdock.planted.v1 import planted_pb2 as pb
def crate_to_pb(crate: Crate): return pb.Crate(**asdict(crate))
"""
COPY = "def boxed(crate): return Box(shade=crate.color)"
CONTRACT = """
syntax = "proto3";
package crossdock.planted.v1;
service CrateService { rpc Put(PutRequest) returns (PutResponse); }
message PutRequest {
  // Optional. Crates.
  repeated Crate crates = 1;
  // Output only. Told.
  string told = 2;
}
message PutResponse { string answer = 1; }
message Crate {
  // Optional. Tint.
  Tint tint = 1;
  // Optional. Marks.
  map<string, string> marks = 2;
}
enum Tint { TINT_UNSPECIFIED = 0; TINT_RED = 1; }
"""
BLUE = Value("crossdock.planted.v1.Tint", "BLUE")

READING = [
    ("hub/crates/policy.py", "def cost(crate): return len(crate.color)"),
    ("hub/flows/stock/pack_crates.py", "def pack(crate): return crate.painted"),
    ("hub/cases/stock/crates.py", COPY + "\ndef seen(box): return box.shade"),
    ("hub/wire/partners/crates.py", SENT),
    ("hub/wire/partners/crates.py", WHOLE),
]
SILENT = [
    ("hub/crates/store.py", "def save(crate): return crate.color"),
    ("hub/crates/model.py", "class Other(Struct):\n    color: str\n    def same(self, other): return other.color"),
    ("hub/wire/stock/told.py", SENT),
    ("hub/wire/stock/told.py", WHOLE),
    ("hub/wire/partners/crates.py", WHOLE.replace(": Crate", ": Box")),
    ("hub/audit/stock/crates.py", "def sound(crate): return crate.color"),
    ("hub/app/cli/stock/crates.py", "def show(crate): return crate.color"),
    ("tests/unit/test_crates.py", "def test_it(crate): assert crate.color"),
    ("hub/cases/stock/crates.py", COPY),
]


def planted(path: str, text: str) -> Source:
    return Source(Path(path), text, ast.parse(text))


ROOM = [planted("hub/crates/model.py", MODEL), planted("hub/wire/stock/crates.py", WIRE)]


@pytest.mark.parametrize(("path", "text"), READING)
def test_a_field_with_a_reader_is_obeyed(path: str, text: str) -> None:
    assert readers([*ROOM, planted(path, text)], TYPES).read(MESSAGE, "color_code")


@pytest.mark.parametrize(("path", "text"), SILENT)
def test_a_field_that_is_only_kept_copied_or_told_is_not_obeyed(path: str, text: str) -> None:
    assert not readers([*ROOM, planted(path, text)], TYPES).read(MESSAGE, "color_code")


def test_a_field_that_the_wire_never_touches_is_not_obeyed() -> None:
    assert not readers([*ROOM, planted(*READING[0])], TYPES).read(MESSAGE, "label")


@pytest.mark.parametrize(
    "text",
    [
        "def pack(crate): return crate.shade is Shade.BLUE",
        "S = Shade\ndef pack(crate): return crate.shade is S.BLUE",
        "def pack(crate): return is_cold(crate.shade)",
    ],
)
def test_a_value_of_an_enum_is_obeyed_where_code_names_its_member(text: str) -> None:
    known = named([*ROOM, planted("hub/flows/stock/pack_crates.py", text)])

    assert known.obeyed(BLUE, accepted=True)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("hub/flows/stock/pack_crates.py", "def pack(crate): return crate.shade is Shade.RED"),
        ("hub/crates/store.py", "def save(crate): return crate.shade is Shade.BLUE"),
        ("hub/wire/stock/told.py", "def told(crate): return crate.shade is Shade.BLUE"),
        ("adapters/paint/adapter.py", "def told(crate): return pb.TINT_BLUE"),
    ],
)
def test_a_value_of_an_enum_that_is_only_kept_or_told_is_not_obeyed(path: str, text: str) -> None:
    assert not named([*ROOM, planted(path, text)]).obeyed(BLUE, accepted=True)


def test_a_value_that_is_only_told_may_be_made_on_the_wire() -> None:
    known = named([*ROOM, planted("hub/wire/stock/told.py", "def told(crate): return Shade.BLUE")])

    assert known.obeyed(BLUE, accepted=False)
    assert not known.obeyed(Value("crossdock.planted.v1.Tint", "GREEN"), accepted=False)


def test_an_operation_in_a_set_of_what_is_blocked_is_not_asked_for() -> None:
    text = "hold = Hold(frozenset({Operation.SHIP}))\nheld = case.blocked(Operation.REFUND)"

    assert named([planted("hub/cases/holds.py", text)]).asked >= {"Operation.REFUND"}
    assert "Operation.SHIP" not in named([planted("hub/cases/holds.py", text)]).asked


def test_what_requests_hold_is_accepted_and_what_answers_fill_is_not(tmp_path: Path) -> None:
    contract = tmp_path / "crossdock" / "planted" / "v1" / "planted.proto"
    contract.parent.mkdir(parents=True)
    contract.write_text(CONTRACT)

    found = accepted(file for file in image(tmp_path).file if file.package == "crossdock.planted.v1")

    assert found.fields == {
        ("crossdock.planted.v1.PutRequest", "crates"),
        ("crossdock.planted.v1.Crate", "tint"),
        ("crossdock.planted.v1.Crate", "marks"),
    }
    assert found.enums == {"crossdock.planted.v1.Tint"}
