"""An element of a UBL document. Its name has the usual prefix: `cbc:` for values, `cac:` for groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
DOCUMENT: Final = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
PREFIXES: Final[Mapping[str, str]] = {CBC: "cbc:", CAC: "cac:"}


@dataclass(frozen=True)
class Element:
    """An element: its name, text, attributes and children; `line` is where it stands in the document, 0 if written."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Element, ...] = ()
    line: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it has neither text nor children."""
        return not self.text and not self.children

    def all(self, path: str) -> Iterator[Element]:
        """Return the elements at a path of names, for example cac:OrderLine/cac:LineItem."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                yield from child.all(rest) if rest else (child,)

    def first(self, path: str) -> Element | None:
        """Return the first element at a path; None where there is none."""
        return next(self.all(path), None)

    def value(self, path: str) -> str:
        """Return the text of the first element at a path; empty where there is none."""
        element = self.first(path)
        return element.text if element is not None else ""


def basic(name: str, text: object, **attributes: str) -> Element:
    """Return an element with a value, for example cbc:ID."""
    return Element(f"cbc:{name}", str(text), attributes)


def group(name: str, *children: Element) -> Element:
    """Return an element of others, for example cac:Party. Children that are empty are left out."""
    return Element(f"cac:{name}", children=tuple(child for child in children if not child.is_empty))


def coded(name: str, identity: str) -> Element:
    """Return an identifier that is stated as SCHEME:ID, for example 0088:4012345000009; one without scheme as it is."""
    scheme, _, rest = identity.rpartition(":")
    return basic(name, rest, schemeID=scheme) if scheme else basic(name, rest)
