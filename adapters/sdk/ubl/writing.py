"""Writes UBL documents as XML: one root with its namespaces, values escaped, no document type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from adapters.sdk.documents.reading import plain
from adapters.sdk.ubl.elements import CAC, CBC, DOCUMENT, Element

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(kind: str, children: Iterable[Element]) -> bytes:
    """Return a document of a kind, for example Invoice. Elements without text and children are left out."""
    namespaces = f'xmlns="{DOCUMENT.format(kind)}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}"'
    body = "".join("".join(_printed(child)) for child in children if not child.is_empty)
    return f"{HEAD}<{kind} {namespaces}>\n{body}</{kind}>\n".encode()


def _printed(element: Element, depth: int = 1) -> Iterator[str]:
    attributes = "".join(f" {name}={quoteattr(plain(value))}" for name, value in element.attributes.items())
    start = f"{'  ' * depth}<{element.name}{attributes}>"
    if element.children:
        yield f"{start}\n"
        for child in element.children:
            yield from _printed(child, depth + 1)
        yield f"{'  ' * depth}</{element.name}>\n"
    else:
        yield f"{start}{escape(plain(element.text))}</{element.name}>\n"
