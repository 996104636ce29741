"""Where in an EDIFACT document a problem stands: path of the message, segment with its position, element."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.documents.cards import carried
from adapters.sdk.documents.reading import Findings, plain
from adapters.sdk.edifact.tokenizer import Segment


@dataclass(frozen=True)
class Notes:
    """Findings of one interchange or message, whose path has the form UNB[1]/UNH[2]."""

    findings: Findings
    path: str

    def below(self, name: str) -> Notes:
        """Return notes of what stands below; they share the findings."""
        return Notes(self.findings, f"{self.path}/{name}")

    def refuse(self, segment: Segment, element: int, reason: str) -> None:
        """Record that it is not taken because of an element; 0 for the segment as a whole."""
        name = _name(segment, element)
        self.findings.refuse(self._location(segment), name, f"{name}: {reason}")

    def report(self, segment: Segment, element: int, reason: str) -> None:
        """Record what people should know of although it is taken."""
        name = _name(segment, element)
        self.findings.report(self._location(segment), name, f"{name}: {reason}")

    def hold(self, segment: Segment, element: int, value: str, reason: str) -> None:
        """Record that a person must decide before the order goes on; `value` is what may be shown."""
        self.findings.hold(f"{self._location(segment)}, {_name(segment, element)}", value, reason)

    def whole(self, segment: Segment, element: int, component: int, most: int) -> str:
        """Return a component that must not be cut; refuse one of more than `most` characters."""
        text = plain(segment.value(element, component))
        if len(text) > most:
            self.refuse(segment, element, f"it has {len(text)} characters, more than {most}")
            return ""
        return text

    def words(self, segment: Segment, text: str, most: int) -> str:
        """Return what people wrote, card numbers in it masked and reported; what does not fit holds the order."""
        kept = carried(plain(text), most)
        if len(plain(text)) > most:
            self.hold(segment, 0, "", f"it has {len(text)} characters, and the first {most} are carried")
        if kept != plain(text)[:most]:
            self.report(segment, 0, "holds a card number: it is taken without it; tell the partner to send none")
        return kept.strip()

    def _location(self, segment: Segment) -> str:
        return f"{self.path}, {segment.place}"


def _name(segment: Segment, element: int) -> str:
    return f"{segment.tag}{element:02}" if element else segment.tag
