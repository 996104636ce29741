"""Reads XML into elements. A document type is refused, so there are no entities; depth and size are bounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from adapters.sdk.documents.reading import plain
from adapters.sdk.ubl.elements import DOCUMENT, PREFIXES, Element

MOST_DEPTH: Final = 32
MOST_ELEMENTS: Final = 200_000
_ROOT, _ROOT_END = DOCUMENT.split("{}")


class NotReadable(Exception):
    """The bytes are no XML that is read; the message says why, with the line."""


@dataclass
class _Open:
    """An element whose end has not come."""

    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)


class _Builder:
    """Builds elements of what a parser tells."""

    def __init__(self, parser: XMLParserType) -> None:
        self._parser, self._count = parser, 0
        self._open = [_Open("", {}, 0)]
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    @property
    def root(self) -> Element:
        return self._open[0].children[0]

    def _document_type(self, *_: object) -> None:
        raise NotReadable(f"line {self._parser.CurrentLineNumber}: it declares a document type, which is not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_DEPTH:
            reason = f"it has more than {MOST_ELEMENTS} elements, or more than {MOST_DEPTH} in each other"
            raise NotReadable(f"line {self._parser.CurrentLineNumber}: {reason}")
        self._open.append(_Open(_prefixed(name), attributes, self._parser.CurrentLineNumber))

    def _text(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _end(self, _: str) -> None:
        ended = self._open.pop()
        text = "" if ended.children else plain("".join(ended.texts))
        element = Element(ended.name, text, ended.attributes, tuple(ended.children), ended.line)
        self._open[-1].children.append(element)


def parse(content: bytes) -> Element:
    """Return the root of a document; its name is without prefix where it is one of UBL. Raises NotReadable."""
    parser = ParserCreate(namespace_separator=" ")
    builder = _Builder(parser)
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise NotReadable(f"line {error.lineno}: it is no well-formed XML") from error
    except (LookupError, ValueError) as error:
        raise NotReadable("line 1: its encoding is not known") from error
    return builder.root


def _prefixed(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if namespace == f"{_ROOT}{local}{_ROOT_END}":
        return local
    return PREFIXES.get(namespace, f"{{{namespace}}}") + local
