"""Where in an X12 document a problem stands: path of the transaction, segment with its position, element."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.documents.cards import carried
from adapters.sdk.documents.reading import Findings, plain
from adapters.sdk.x12.tokenizer import Segment


@dataclass(frozen=True)
class Notes:
    """Findings of one interchange, group or transaction, whose path has the form ISA[1]/GS[1]/ST[2]."""

    findings: Findings
    path: str

    def below(self, name: str) -> Notes:
        """Answers notes of what stands below; they share the findings."""
        return Notes(self.findings, f"{self.path}/{name}")

    def refuse(self, segment: Segment, element: int, reason: str) -> None:
        """Records that it is not taken because of an element; 0 for the segment as a whole."""
        self.findings.refuse(self._location(segment), _name(segment, element), f"{_name(segment, element)}: {reason}")

    def report(self, segment: Segment, element: int, reason: str) -> None:
        """Records what people should know of although it is taken."""
        self.findings.report(self._location(segment), _name(segment, element), f"{_name(segment, element)}: {reason}")

    def hold(self, segment: Segment, element: int, value: str, reason: str) -> None:
        """Records that a person must decide on an element before the order goes on; `value` is what may be shown."""
        self.findings.hold(f"{self._location(segment)}, {_name(segment, element)}", value, reason)

    def whole(self, segment: Segment, element: int, most: int) -> str:
        """Answers an element that must not be cut; refuses one of more than `most` characters."""
        text = plain(segment.element(element))
        if len(text) > most:
            self.refuse(segment, element, f"it has {len(text)} characters, more than {most}")
            return ""
        return text

    def words(self, segment: Segment, element: int, most: int) -> str:
        """Answers a text that people wrote; a card number in it is masked and reported.

        A text of more than `most` characters is cut, and holds the order.
        """
        stated = segment.element(element)
        text = plain(stated[: 2 * most])
        if len(stated) > 2 * most or len(text) > most:
            self.hold(segment, element, "", f"it has {len(stated)} characters, and the first {most} are carried")
        kept = carried(text, most)
        if kept != text[:most]:
            self.report(segment, element, "holds a card number: it is taken without it; tell the partner to send none")
        return kept.strip()

    def _location(self, segment: Segment) -> str:
        return f"{self.path}, {segment.place}"


def _name(segment: Segment, element: int) -> str:
    return f"{segment.tag}{element:02}" if element else segment.tag
