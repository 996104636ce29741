"""Which files have arrived whole: a file counts as whole once it has stayed the same for some time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.sdk.mailbox.files import Entry


@dataclass
class Arrivals:
    """Remembers what a folder showed at the last looks. Forgetting it costs one more wait, and no file.

    Attributes:
        settle: How long a file stays the same before it counts as whole; none: at once, where a partner renames files
            into place.
    """

    settle: timedelta
    _since: dict[Entry, datetime] = field(default_factory=dict)

    def whole(self, entries: Iterable[Entry], at: datetime) -> list[Entry]:
        """Return the files that are whole at this look, the oldest first; `at` is when it was made."""
        self._since = {entry: self._since.get(entry, at) for entry in entries}
        whole = [entry for entry, since in self._since.items() if at - since >= self.settle]
        return sorted(whole, key=lambda entry: (entry.modified_seconds, entry.name))
