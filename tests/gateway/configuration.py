"""gateway/envoy.yaml, read for tests: as it is, and moved to free ports of this machine."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
DESCRIPTORS: Final = ROOT / "generated" / "contracts.binpb"
ENVOY: Final = Path(sys.executable).parent / "envoy"

Settings = dict[str, Any]


def configuration() -> Settings:
    """Return the gateway's configuration as it is deployed."""
    read: Settings = yaml.safe_load((ROOT / "gateway" / "envoy.yaml").read_text(encoding="utf-8"))
    return read


def connections(settings: Settings) -> Settings:
    """Return the part that turns HTTP into calls: routes and filters."""
    chain: Settings = settings["static_resources"]["listeners"][0]["filter_chains"][0]
    found: Settings = chain["filters"][0]["typed_config"]
    return found


def transcoder(settings: Settings) -> Settings:
    """Return the part that turns JSON into gRPC."""
    found: Settings = connections(settings)["http_filters"][0]["typed_config"]
    return found


def moved(settings: Settings, folder: Path, *, hub_port: int) -> Path:
    """Write the configuration for this machine: free ports of its own, the hub at `hub_port`; return the file."""
    here = copy.deepcopy(settings)
    own = {"socket_address": {"address": "127.0.0.1", "port_value": 0}}
    here["admin"]["address"] = own
    here["static_resources"]["listeners"][0]["address"] = own
    transcoder(here)["proto_descriptor"] = str(DESCRIPTORS)
    hub = here["static_resources"]["clusters"][0]["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]
    hub["address"] = {"socket_address": {"address": "127.0.0.1", "port_value": hub_port}}
    file = folder / "envoy.json"
    file.write_text(json.dumps(here))
    return file
