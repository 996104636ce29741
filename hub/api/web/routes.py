"""Where rpcs are reached over HTTP: as google.api.http annotates them, and each as POST /<package>.<Service>/<Rpc>."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from google.api import annotations_pb2
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from msgspec import Struct

from hub.api.servicers import SERVICES, path_of
from hub.api.web.errors import MethodNotAllowed, PathUnknown
from hub.api.web.json_values import invalid

INWARD: Final = "crossdock.adapter."
"""Packages of what adapters ask of the hub, over gRPC alone."""
PUBLIC: Final[tuple[ServiceDescriptor, ...]] = tuple(
    service for _, service in sorted(SERVICES.items()) if not service.full_name.startswith(INWARD)
)
"""Services that are served over HTTP."""
_VARIABLE: Final = re.compile(r"\{([a-z0-9_]+)\}")


class Route(Struct, frozen=True):
    """One way to an rpc. `body`: its fields are in a JSON body, and in the query where it has none.

    `rpc_path` is the rpc's own path, by which its handler is known.
    """

    rpc: MethodDescriptor
    verb: str
    template: str
    body: bool

    @property
    def rpc_path(self) -> str:
        """The path of the rpc in gRPC."""
        return path_of(self.rpc)

    @property
    def variables(self) -> list[str]:
        """Fields of the request that the path states."""
        return _VARIABLE.findall(self.template)


def routes_of(rpc: MethodDescriptor) -> Iterator[Route]:
    """Yield the ways to an rpc, its annotated ones first."""
    options: Any = rpc.GetOptions()
    if options.HasExtension(annotations_pb2.http):
        rule = options.Extensions[annotations_pb2.http]
        for one in (rule, *rule.additional_bindings):
            verb = one.WhichOneof("pattern")
            yield Route(rpc, verb.upper(), getattr(one, verb), body=one.body == "*")
    yield Route(rpc, "POST", path_of(rpc), body=True)


class Routes:
    """Finds the route of a request."""

    def __init__(self, services: Iterable[ServiceDescriptor] = PUBLIC) -> None:
        self._fixed: dict[str, dict[str, Route]] = {}
        self._varying: list[tuple[re.Pattern[str], Route]] = []
        for service in services:
            for route in (route for rpc in service.methods for route in routes_of(rpc)):
                if route.variables:
                    self._varying.append((_pattern(route.template), route))
                else:
                    self._fixed.setdefault(route.template, {})[route.verb] = route

    def find(self, verb: str, path: str) -> tuple[Route, dict[str, str]]:
        """Return the route of a path, percent-encoded as it came, and the fields that the path states.

        Raises PathUnknown, MethodNotAllowed, InvalidField.
        """
        there = self._at(path)
        if verb in there:
            route, texts = there[verb]
            return route, {name: _decoded(name, text) for name, text in texts.items()}
        if not there:
            raise PathUnknown("Nothing is served at this path; /docs shows what is.")
        raise MethodNotAllowed(f"Use {' or '.join(sorted(there))} at this path.", allowed=", ".join(sorted(there)))

    def verbs(self, path: str) -> list[str]:
        """Return the methods for which a path is served."""
        return sorted(self._at(path))

    def _at(self, path: str) -> Mapping[str, tuple[Route, dict[str, str]]]:
        if path in self._fixed:
            return {verb: (route, {}) for verb, route in self._fixed[path].items()}
        matches = ((pattern.fullmatch(path), route) for pattern, route in self._varying)
        return {route.verb: (route, match.groupdict()) for match, route in matches if match}


def _pattern(template: str) -> re.Pattern[str]:
    """A variable is one segment of the path; a colon in it must be percent-encoded."""
    parts = _VARIABLE.split(template)
    fixed, names = parts[::2], [*parts[1::2], ""]
    return re.compile(
        "".join(
            re.escape(text) + (f"(?P<{name}>[^/:]+)" if name else "") for text, name in zip(fixed, names, strict=True)
        )
    )


def _decoded(name: str, text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise invalid(f"{name} in the path is not UTF-8.", {name: "is not UTF-8"}) from None
