"""Whatever flows have done later is bound to something that does it."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hub.tasks import feeds, handlers

SOURCES = [path for folder in ("flows", "cases") for path in Path("hub", folder).rglob("*.py")]


def named(path: Path) -> Mapping[str, object]:
    """What the names of a module stand for, those it imports included."""
    return vars(importlib.import_module(".".join(path.with_suffix("").parts)))


def said(node: ast.expr, names: Mapping[str, object]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        value = names.get(node.id)
        return value if isinstance(value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [said(part.value if isinstance(part, ast.FormattedValue) else part, names) for part in node.values]
        return "".join(part or "" for part in parts)
    return None


def sent() -> Iterator[tuple[str, str]]:
    """Kinds of messages, tasks and timers that flows and cases name, with the file that names them."""
    for path in SOURCES:
        names = named(path)
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            keywords = {one.arg: one.value for one in call.keywords}
            found = None
            if name in {"send", "task"} and call.args:
                found = said(call.args[0], names)
            elif name == "Message":
                found = said(keywords["kind"], names)
            elif name in {"_ask", "_send", "_send_once"} and len(call.args) > 1:
                found = said(call.args[1], names)
            elif name == "set_timer" or (name == "Timer" and len(call.args) > 1 and said(call.args[1], names)):
                found = f"timer.{said(call.args[1], names)}"
            if found:
                yield found, path.name


def bound() -> set[str]:
    """Kinds that `handlers`, and the functions whose tasks it takes in, bind."""
    found: set[str] = set()
    for module in (handlers, feeds):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"FlowTask", "PartnerCall", "PullCall"}:
                found |= {kind for kind in (said(node.args[0], vars(module)),) if kind}
    return found


def test_every_kind_that_flows_send_is_bound() -> None:
    kinds = dict(sent())

    assert len(kinds) >= 12, kinds
    assert {kind: path for kind, path in kinds.items() if kind not in bound()} == {}


def test_nothing_is_bound_that_no_flow_sends() -> None:
    polled = {"warehouse.pull", "transport.pull"}

    assert bound() - {kind for kind, _ in sent()} == polled
