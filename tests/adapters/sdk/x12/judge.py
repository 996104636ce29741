"""What pyx12, which we did not write, says of the envelopes of a document. It has no maps of most sets."""

from __future__ import annotations

import io

from pyx12.x12file import X12Reader


def errors_of(text: str) -> list[object]:
    """Answers what pyx12 finds wrong with the envelopes of a document."""
    reader = X12Reader(io.StringIO(text))
    found = [error for _ in reader for error in reader.pop_errors()]
    reader.cleanup()
    return [*found, *reader.pop_errors()]
