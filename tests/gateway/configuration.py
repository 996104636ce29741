"""gateway/envoy.yaml, read for tests: as it is, and moved to free ports of this machine."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
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


def moved(
    settings: Settings,
    folder: Path,
    *,
    grpc: str,
    http: str,
    authority: Path,
    certificate: tuple[Path, Path] | None = None,
) -> Path:
    """Write the configuration for this machine: free ports of its own, the hub at two addresses; return the file.

    `authority` is the file by which it knows the hub. Without files of a certificate and its key it serves plain text.
    """
    here = copy.deepcopy(settings)
    here["admin"]["address"] = _socket("127.0.0.1:0")
    here["static_resources"]["listeners"][0]["address"] = _socket("127.0.0.1:0")
    chain = here["static_resources"]["listeners"][0]["filter_chains"][0]
    if certificate is None:
        del chain["transport_socket"]
    else:
        (own,) = chain["transport_socket"]["typed_config"]["common_tls_context"]["tls_certificates"]
        own["certificate_chain"]["filename"], own["private_key"]["filename"] = map(str, certificate)
    for cluster in here["static_resources"]["clusters"]:
        trusted = cluster["transport_socket"]["typed_config"]["common_tls_context"]["validation_context"]
        trusted["trusted_ca"]["filename"] = str(authority)
        endpoint = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]
        endpoint["address"] = _socket({"grpc": grpc, "http": http}[cluster["name"]])
        if "health_check_config" in endpoint:
            endpoint["health_check_config"]["port_value"] = int(http.rpartition(":")[2])
    file = folder / "envoy.json"
    file.write_text(json.dumps(here))
    return file


def _socket(address: str) -> Settings:
    host, _, port = address.rpartition(":")
    return {"socket_address": {"address": host, "port_value": int(port)}}
