"""The quality files of adapters to partners: each rpc of the contract is offered or not, as the code has it."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path
from typing import Any, Final

import grpc
import pytest

from adapters.sdk.adapter import AdapterContext
from adapters.sdk.state.client import AdapterState
from adapters.sdk.webhooks.inbox import HubInbox

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
QUALITIES: Final = {
    path.parent.name: quality
    for path in sorted(ROOT.glob("adapters/*/quality.toml"))
    if "offered" in (quality := tomllib.loads(path.read_text()))
}


class Recorder:
    """A server that notes what is added to it."""

    def __init__(self) -> None:
        self.handlers: list[Any] = []

    def add_generic_rpc_handlers(self, handlers: Any) -> None:
        self.handlers.extend(handlers)

    def add_registered_method_handlers(self, service: str, handlers: Any) -> None:
        """Takes nothing more: generic handlers hold the same."""


@pytest.mark.parametrize("name", QUALITIES)
async def test_the_file_says_what_the_code_offers(name: str, tmp_path: Path) -> None:
    quality, recorder = QUALITIES[name], Recorder()
    async with grpc.aio.insecure_channel("127.0.0.1:1") as hub:
        build = importlib.import_module(f"adapters.{name}.adapter").build
        context = AdapterContext(name=name, data_dir=tmp_path, state=AdapterState(hub, ""), inbox=HubInbox(hub, ""))
        adapter = build(context)
        adapter.add(recorder)
        adapter.close()

    (handlers,) = recorder.handlers
    own = {path.rpartition("/")[2]: handler.unary_unary for path, handler in handlers._method_handlers.items()}
    offered = [
        method for method, behavior in own.items() if not behavior.__qualname__.split(".")[0].endswith("Servicer")
    ]
    assert PROJECT["entry-points"]["crossdock.adapters"][name] == f"adapters.{name}.adapter:build"
    assert (quality["name"], quality["service"]) == (name, adapter.service)
    assert sorted(offered) == sorted(quality["offered"])
    assert sorted(set(own) - set(offered)) == sorted(quality["not_offered"])
