"""generated/ is what protoc makes of protos/ now, and the rules in the contracts are enforced by what it made."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import protovalidate
import pytest
from google.protobuf.message import Message

from tools.generate import bring_up_to_date, differences, generate

TOY = """
syntax = "proto3";
package toy.v1;
import "buf/validate/validate.proto";
import "google/type/money.proto";
message Parcel {
  string code = 1 [(buf.validate.field).string.min_len = 3];
  google.type.Money value = 2 [(buf.validate.field).required = true];
  option (buf.validate.message).cel = {id: "parcel.code", message: "no", expression: "this.code != 'void'"};
}
"""


def test_generated_is_what_protoc_makes_now() -> None:
    assert not differences(generate()), "run `make generate` and commit what it made"


def test_what_no_contract_makes_any_more_is_removed(tmp_path: Path) -> None:
    made = {"crossdock/toy/v1/toy_pb2.py": b"new"}
    stale = tmp_path / "crossdock" / "old" / "v1" / "old_pb2.py"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"old")

    found = bring_up_to_date(made, tmp_path)

    assert found == {"crossdock/old/v1/old_pb2.py": "stale", "crossdock/toy/v1/toy_pb2.py": "new"}
    assert not differences(made, tmp_path)
    assert not stale.exists()


def test_the_rules_of_a_contract_hold_for_the_messages_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel = toy_message(tmp_path, monkeypatch)

    found = {violation.proto.rule_id for violation in protovalidate.collect_violations(parcel(code="ab"))}
    void = protovalidate.collect_violations(parcel(code="void", value={"currency_code": "EUR", "units": 1}))

    assert found == {"string.min_len", "required"}
    assert [violation.proto.rule_id for violation in void] == ["parcel.code"]
    protovalidate.validate(parcel(code="abc", value={"currency_code": "EUR", "units": 1}))


def toy_message(folder: Path, monkeypatch: pytest.MonkeyPatch) -> type[Message]:
    """Make a contract of three rules, import what protoc made of it, and return its message."""
    contract = folder / "protos" / "toy" / "v1" / "toy.proto"
    contract.parent.mkdir(parents=True)
    contract.write_text(TOY)
    made = {name: content for name, content in generate(folder / "protos").items() if name.startswith("toy/")}
    bring_up_to_date(made, folder / "generated")
    monkeypatch.syspath_prepend(str(folder / "generated"))
    module = importlib.import_module("toy.v1.toy_pb2")
    for name in ("toy.v1.toy_pb2", "toy.v1", "toy"):
        monkeypatch.delitem(sys.modules, name)
    parcel: type[Message] = module.Parcel
    return parcel
