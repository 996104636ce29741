"""Draws the contract over HTTP as one page to read: no script, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from tools.contracts import ROOT
from tools.openapi import document

FILE: Final = ROOT / "hub" / "api" / "web" / "contract" / "reference.html"
_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; }
h2 { border-bottom: 1px solid #ccc; margin-top: 3rem; } h3 { margin-top: 2rem; }
code, .path { font-family: ui-monospace, monospace; font-size: .95em; }
.verb { background: #246; color: #fff; border-radius: 3px; padding: .1em .4em; }
table { border-collapse: collapse; width: 100%; } td, th { border-bottom: 1px solid #ddd; padding: .3em;
text-align: left; vertical-align: top; } nav { columns: 3; }
"""


def page() -> str:
    """Return the page."""
    drawn = document()
    body = "\n".join(_body(drawn))
    head = f'<meta charset="utf-8"><title>Crossdock over HTTP</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'


def _body(drawn: dict[str, Any]) -> Iterator[str]:
    yield f"<h1>Crossdock over HTTP</h1><p>{_told(drawn['info']['description'])}</p>"
    yield '<p>For programs: <a href="/openapi.json">openapi.json</a>.</p>'
    links = "".join(f'<div><a href="#{tag["name"]}">{tag["name"]}</a></div>' for tag in drawn["tags"])
    yield f'<nav>{links}<div><a href="#messages">Messages</a></div></nav>'
    for tag in drawn["tags"]:
        yield f'<h2 id="{tag["name"]}">{tag["name"]}</h2><p>{_told(tag["description"])}</p>'
        for path, ways in drawn["paths"].items():
            for verb, operation in ways.items():
                if tag["name"] in operation.get("tags", ()):
                    yield from _operation(verb, path, operation)
    yield '<h2 id="messages">Messages</h2>'
    for name, schema in drawn["components"]["schemas"].items():
        yield f'<h3 id="{name}"><code>{name}</code></h3><p>{_told(schema.get("description", ""))}</p>'
        yield _fields(schema)


def _operation(verb: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h3><span class="verb">{verb.upper()}</span> <span class="path">{escape(path)}</span></h3>'
    yield f"<p>{_told(operation['description'])}</p>"
    if parameters := operation["parameters"]:
        rows = [(one["name"], one["in"], _kind(one["schema"]), one["description"]) for one in parameters]
        yield _table(("parameter", "in", "type", "meaning"), rows)
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body: <code>{kind}</code>, {_kind(content['schema'])}</p>"
        yield _fields(content["schema"])
    answer = operation["responses"]["200"]
    for kind, content in answer["content"].items():
        yield f"<p>Response: <code>{kind}</code>, {_kind(content['schema'])}. {_told(answer['description'])}</p>"


def _fields(schema: dict[str, Any]) -> str:
    needed = set(schema.get("required", ()))
    rows = [
        (name, "yes" if name in needed else "", _kind(field), field.get("description", ""))
        for name, field in schema.get("properties", {}).items()
    ]
    return _table(("field", "required", "type", "meaning"), rows) if rows else ""


def _kind(schema: dict[str, Any]) -> str:
    """Return what a value is, as HTML."""
    if target := schema.get("$ref"):
        name = target.rpartition("/")[2]
        return f'<a href="#{name}">{name}</a>'
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema:
        return " ".join(f"<code>{name}</code>" for name in schema["enum"])
    kinds = schema.get("type", "")
    limits = [f"{name} {schema[name]}" for name in _LIMITS if name in schema]
    return escape(", ".join([" or ".join(kinds) if isinstance(kinds, list) else kinds, *limits]))


_LIMITS: Final = ("format", "pattern", "minLength", "maxLength", "minimum", "exclusiveMinimum", "maximum", "maxItems")


def _table(head: tuple[str, ...], rows: list[tuple[str, str, str, str]]) -> str:
    top = "".join(f"<th>{name}</th>" for name in head)
    lines = "".join(
        f"<tr><td><code>{name}</code></td><td>{second}</td><td>{kind}</td><td>{_told(meaning)}</td></tr>"
        for name, second, kind, meaning in rows
    )
    return f"<table><tr>{top}</tr>{lines}</table>"


def _told(text: str) -> str:
    """Return sentences as HTML: what stands between backquotes is code."""
    pieces = escape(text).replace("\n\n", "<br>").split("`")
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))
