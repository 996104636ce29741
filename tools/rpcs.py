"""Draws what follows from the table of rpcs: docs/rpcs.md, and the marked parts of gateway/envoy.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from google.api import annotations_pb2
from google.protobuf.descriptor import MethodDescriptor

from hub.api.edge.rpcs import RPCS, Rpc
from hub.api.servicers import SERVICES
from tools.contracts import ROOT

GATEWAY: Final = ROOT / "gateway" / "envoy.yaml"
INWARD: Final = "crossdock.adapter."
"""Packages of what adapters ask of the hub; the gateway does not serve it."""
HEAD: Final = ("rpc", "over HTTP", "who may call", "rank", "what it changes", "largest message")
_MEBIBYTE: Final = 1024 * 1024


def rows() -> Iterator[tuple[str, ...]]:
    """Yield a row of docs/rpcs.md per rpc, under HEAD, sorted by service and as the contract has its rpcs."""
    for _, service in sorted(SERVICES.items()):
        for method in service.methods:
            name = f"{service.name}.{method.name}"
            rpc = RPCS[name]
            size = f"{rpc.largest_bytes // _MEBIBYTE} MiB"
            yield (f"`{name}`", _http(method), _callers(rpc), rpc.rank.name.lower(), rpc.change.value, size)


def gateway(text: str) -> str:
    """Return the gateway's configuration `text` with its marked parts drawn; raises ValueError where one is missing."""
    public = {name: one for name, one in SERVICES.items() if not one.full_name.startswith(INWARD)}
    streams = sorted(
        {
            method.name
            for service in public.values()
            for method in service.methods
            if method.client_streaming or method.server_streaming
        }
    )
    regex = rf"/crossdock\\.[a-z.]+\\.v1\\.[A-Za-z]+/({'|'.join(streams)})"
    text = _part(text, "streams", [f'regex: "{regex}"'])
    return _part(text, "services", [f"- {name}" for name in sorted(one.full_name for one in public.values())])


def _part(text: str, name: str, lines: list[str]) -> str:
    """Return `text` with `lines` between the marks of a part, indented as its first mark is."""
    mark = re.compile(rf"^( *)# drawn by tools/rpcs\.py: {name}\n.*?^ *# end of {name}\n", re.MULTILINE | re.DOTALL)
    if (place := mark.search(text)) is None:
        raise ValueError(f"gateway/envoy.yaml has no part marked `{name}`")
    marked = [f"# drawn by tools/rpcs.py: {name}", *lines, f"# end of {name}"]
    return text[: place.start()] + "".join(f"{place[1]}{line}\n" for line in marked) + text[place.end() :]


def _http(method: MethodDescriptor) -> str:
    options: Any = method.GetOptions()
    rule = options.Extensions[annotations_pb2.http]
    verb = rule.WhichOneof("pattern")
    return f"`{verb.upper()} {getattr(rule, verb)}`" if verb else ""


def _callers(rpc: Rpc) -> str:
    return ", ".join(sorted(role.value for role in rpc.roles))
