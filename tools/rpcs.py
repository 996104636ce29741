"""Draws what follows from the table of rpcs: docs/rpcs.md, and the marked part of gateway/envoy.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from google.api import annotations_pb2
from google.protobuf.descriptor import MethodDescriptor

from hub.api.edge.rpcs import RPCS, Rpc
from hub.api.servicers import SERVICES
from hub.api.web.routes import PUBLIC, routes_of
from tools.contracts import ROOT

GATEWAY: Final = ROOT / "gateway" / "envoy.yaml"
HEAD: Final = ("rpc", "over HTTP", "who may call", "rank", "what it changes", "largest message")
LASTING: Final = "{cluster: http, timeout: 0s, idle_timeout: 3600s}"
"""The route of a stream in the gateway."""
_VARIABLE: Final = re.compile(r"\{[a-z0-9_]+\}")
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
    """Return the gateway's configuration `text` with its marked part drawn; raises ValueError where it is missing."""
    streams = sorted(
        route.template
        for service in PUBLIC
        for rpc in service.methods
        if rpc.client_streaming or rpc.server_streaming
        for route in routes_of(rpc)
    )
    return _part(text, "streams", [f"- {{match: {_match(template)}, route: {LASTING}}}" for template in streams])


def _match(template: str) -> str:
    if (pattern := _VARIABLE.sub("[^/:]+", template)) == template:
        return f'{{path: "{template}"}}'
    return f'{{safe_regex: {{regex: "{pattern}"}}}}'


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
