"""Where in a UBL document a problem stands: path of the document or line, element with its line in the file."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.documents.cards import carried
from adapters.sdk.documents.reading import Findings, plain
from adapters.sdk.ubl.elements import Element


@dataclass(frozen=True)
class Notes:
    """Findings of one part of a document, whose path has the form Order/OrderLine[2]."""

    findings: Findings
    path: str

    def below(self, name: str) -> Notes:
        """Return notes of what stands below; they share the findings."""
        return Notes(self.findings, f"{self.path}/{name}")

    def refuse(self, element: Element, name: str, reason: str) -> None:
        """Record that it is not taken because of an element, or of a child `name` that is missing or wrong."""
        self.findings.refuse(self._location(element), name or element.name, f"{name or element.name}: {reason}")

    def hold(self, element: Element, value: str, reason: str) -> None:
        """Record that a person must decide before the order goes on; `value` is what may be shown."""
        self.findings.hold(f"{self._location(element)}, {element.name}", value, reason)

    def whole(self, element: Element, path: str, most: int) -> str:
        """Return a value that must not be cut; refuse one of more than `most` characters."""
        text = plain(element.value(path))
        if len(text) > most:
            self.refuse(element, path, f"it has {len(text)} characters, more than {most}")
            return ""
        return text

    def words(self, element: Element, path: str, most: int) -> str:
        """Return what people wrote, card numbers in it masked; what does not fit holds the order."""
        text = plain(element.value(path))
        if len(text) > most:
            self.hold(element, "", f"{path} has {len(text)} characters, and the first {most} are carried")
        return carried(text, most).strip()

    def _location(self, element: Element) -> str:
        return f"{self.path}, line {element.line}"
