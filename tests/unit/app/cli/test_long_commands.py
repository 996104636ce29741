"""Commands load only what they call, and those that take long are not hurried."""

from __future__ import annotations

import subprocess
import sys

import pytest
from google.protobuf.message import Message

from crossdock.rules.v1 import scenarios_pb2
from tests.unit.app.cli.pretend import Crossdock, PretendHub

_LOADED = "import sys, hub.app.cli.program; print([name for name in sys.modules if name.endswith('_pb2_grpc')])"


@pytest.mark.parametrize(
    ("command", "rpc", "answer"),
    [
        ("preview", "PreviewScenario", scenarios_pb2.PreviewScenarioResponse()),
        ("activate", "ActivateScenario", scenarios_pb2.ActivateScenarioResponse()),
        ("deactivate", "DeactivateScenario", scenarios_pb2.DeactivateScenarioResponse()),
    ],
)
def test_what_goes_through_all_stock_has_no_deadline(
    hub: PretendHub, crossdock: Crossdock, command: str, rpc: str, answer: Message
) -> None:
    hub.answers[f"AvailabilityRuleService.{rpc}"] = answer
    hub.answers["AvailabilityRuleService.ListScenarios"] = scenarios_pb2.ListScenariosResponse()

    assert crossdock("rules", command, "summer").code == 0
    assert crossdock("rules", "list").code == 0

    assert hub.hurried == ["AvailabilityRuleService.ListScenarios"]


def test_the_program_loads_no_service_before_a_command_calls_it() -> None:
    loaded = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"
