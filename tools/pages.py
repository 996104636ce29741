"""Draws what repeats the code: the pages of docs/ on states, errors, settings, the contract, rpcs, events, messages and
invariants, and the parts of the gateway's configuration that follow from the table of rpcs. Draws what is measured of
the code, too.

`make pages` writes them; `--check` says which repeat the code no longer, and exits 1. It leaves out what is measured:
nearly every change moves a figure there.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import grpc
from google.protobuf import descriptor_pb2

import hub
from hub.api.web.statuses import http_code
from hub.audit.auditing import INVARIANTS
from hub.cases.deadlines import DEADLINES
from hub.config.table import SETTINGS
from hub.exceptions.model import OWNERS
from hub.fulfillment import lifecycle as fulfillment
from hub.inventory import lifecycle as inventory
from hub.kernel.errors import Refusal
from hub.orders import lifecycle as orders
from hub.returns import lifecycle as returns
from hub.slices import lifecycle as slices
from hub.totes import lifecycle as totes
from hub.transfers import lifecycle as transfers
from tools import borders, events, facts, house, openapi, reference, what_follows_what
from tools import rpcs as rpc_pages
from tools.contracts import ROOT, image
from tools.markdown import opening, table

DOCS: Final = ROOT / "docs"
HEAD: Final = "<!-- Drawn from the code by `python -m tools.pages`; do not edit. -->\n"


def lifecycles() -> str:
    """States and what moves them, from the transition tables."""
    tables: list[tuple[str, Mapping[tuple[Any, Any], Any]]] = [
        ("Orders", orders.TRANSITIONS),
        ("Units of a line (slices)", slices.TRANSITIONS),
        ("Fulfillment orders, as stored", fulfillment.TRANSITIONS),
        ("Requests to nodes", fulfillment.REQUEST_TRANSITIONS),
        ("Reservations", inventory.TRANSITIONS),
        ("Dated supply", inventory.SUPPLY_TRANSITIONS),
        ("Returns", returns.TRANSITIONS),
        ("Totes", totes.TRANSITIONS),
        ("Transfers", transfers.TRANSITIONS),
    ]
    text = "# Lifecycles\n\nA transition that is in no table cannot happen.\n"
    for title, moves in tables:
        text += f"\n## {title}\n\n```mermaid\nstateDiagram-v2\n"
        text += "".join(
            f"    {start.value} --> {end.value}: {action.value}\n" for (start, action), end in moves.items()
        )
        text += "```\n\n" + table(
            ("from", "action", "to"), ((start.value, action.value, end.value) for (start, action), end in moves.items())
        )
    return text


def errors() -> str:
    """Refusals by reason, and exceptions by reason."""
    rows = sorted((cls.reason, cls.status.value, str(_http_code(cls)), opening(cls.__doc__)) for cls in _refusals())
    text = (
        "# Errors\n\nA refused request changes nothing. Its reason is in `ErrorInfo`, with the domain `crossdock`.\n\n"
    )
    text += table(("reason", "status", "over HTTP", "what it means"), rows)
    text += "\n## Exceptions\n\nWork that cannot go on by itself becomes an exception with an owner and a deadline.\n\n"
    owned = sorted((reason.value, owner, _span(time)) for reason, (owner, time) in OWNERS.items())
    return text + table(("reason", "owner", "time to deal with it"), owned)


def settings() -> str:
    """Settings by name."""
    rows = (
        (f"`{one.name}`", one.meaning, one.default or "none", f"`{one.flag}`" if one.flag else "") for one in SETTINGS
    )
    return (
        "# Settings\n\nSettings are environment variables. A flag on the command line overrides its variable.\n\n"
        + table(("setting", "meaning", "default", "flag"), rows)
    )


def contract() -> str:
    """Services and what their rpcs do, from the comments of the contracts."""
    text = "# The contract\n\nThe services of `protos/`, as their comments describe them.\n"
    for file in _files():
        for index, service in enumerate(file.service):
            comments = _comments(file)
            text += f"\n## {file.package}.{service.name}\n\n{comments.get((6, index), '')}\n\n"
            rows = [
                (f"`{method.name}`{_streaming(method)}", comments.get((6, index, 2, number), ""))
                for number, method in enumerate(service.method)
            ]
            text += table(("rpc", "what it does"), rows)
    return text


def rpcs() -> str:
    """Who may call what, and how it is treated, from the table of rpcs."""
    text = "# Rpcs\n\nFrom the table `hub/api/edge/rpcs.py`. When not all can be done, `ship` goes first, then\n"
    text += "`order`, then `look`; streams are not turned away. Larger messages are refused (`REQUEST_TOO_LARGE`).\n\n"
    return text + table(rpc_pages.HEAD, rpc_pages.rows())


def invariants() -> str:
    """What the audit holds."""
    rows = ((f"`{one.name}`", one.statement) for one in INVARIANTS)
    text = "# Invariants\n\n`crossdock audit` counts violations of each, and exits with 1 when it finds one.\n\n"
    return text + table(("invariant", "what it says"), rows)


def deadlines() -> str:
    """What waits, and what the end of the wait does."""
    rows = ((one.waits, str(one.span), one.ends) for one in DEADLINES)
    text = (
        "# Deadlines\n\nNothing waits for ever: each wait ends by what comes, or by its deadline in business time.\n\n"
    )
    return text + table(("what waits", "for how long", "what its end does"), rows)


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "lifecycles.md": lifecycles,
    "errors.md": errors,
    "settings.md": settings,
    "contract.md": contract,
    "rpcs.md": rpcs,
    "invariants.md": invariants,
    "events.md": events.page,
    "what-follows-what.md": what_follows_what.page,
    "deadlines.md": deadlines,
    "borders.md": borders.page,
    "facts.md": facts.page,
}

MEASURED: Final = DOCS / "house.md"


def drawn() -> dict[Path, str]:
    """Every file that is drawn, wholly or in parts, and what it must hold."""
    files = {DOCS / name: HEAD + draw() for name, draw in PAGES.items()}
    return files | {
        rpc_pages.GATEWAY: rpc_pages.gateway(rpc_pages.GATEWAY.read_text()),
        openapi.FILE: openapi.text(),
        reference.FILE: reference.page(),
    }


def differing() -> list[str]:
    """Names of files that are not what the code says."""
    return [path.name for path, text in drawn().items() if not _is(path, text)]


def main() -> int:
    """Writes the files, or checks them; answers the exit code."""
    if "--check" in sys.argv[1:]:
        names = differing()
        for name in names:
            print(f"{name} is not what the code says: run `python -m tools.pages`.")
        return 1 if names else 0
    for path, text in drawn().items():
        path.write_text(text)
        print(f"drew {path.relative_to(ROOT)}")
    MEASURED.write_text(HEAD + house.page())
    print(f"measured {MEASURED.relative_to(ROOT)}")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


def _http_code(refusal: type[Refusal]) -> int:
    return http_code(grpc.StatusCode[refusal.status.value], refusal.reason)


def _span(time: timedelta) -> str:
    """Return whole days, or hours below a day."""
    number, unit = (time.days, "day") if time.days else (time.seconds // 3600, "hour")
    return f"{number} {unit}{'s' if number > 1 else ''}"


def _refusals() -> Iterator[type[Refusal]]:
    for module in pkgutil.walk_packages(hub.__path__, "hub."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)
    found: set[type[Refusal]] = set()
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        for cls in waiting.pop().__subclasses__():
            waiting.append(cls)
            if cls.__module__.endswith(".errors"):
                found.add(cls)
    return iter(found)


def _files() -> list[descriptor_pb2.FileDescriptorProto]:
    return sorted(
        (one for one in image().file if one.service and one.package.startswith("crossdock.")),
        key=lambda f: (f.package, f.name),
    )


def _comments(file: descriptor_pb2.FileDescriptorProto) -> dict[tuple[int, ...], str]:
    return {tuple(one.path): " ".join(one.leading_comments.split()) for one in file.source_code_info.location}


def _streaming(method: descriptor_pb2.MethodDescriptorProto) -> str:
    ways = [name for name, on in (("in", method.client_streaming), ("out", method.server_streaming)) if on]
    return f" (stream {' and '.join(ways)})" if ways else ""


if __name__ == "__main__":
    raise SystemExit(main())
