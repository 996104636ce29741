"""The token by which adapters know this hub: in a file that both read, again when it changes."""

from __future__ import annotations

import logging
from pathlib import Path

from hub.app.process.stamps import Stamp, stamp_of

log = logging.getLogger(__name__)


class SharedToken:
    """Gives the first token of a file, empty where no file is named or none can be read."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._stamp: Stamp = None
        self._token = ""

    def __call__(self) -> str:
        """Return the token to show."""
        if self._file is not None and (stamp := stamp_of(self._file)) != self._stamp:
            self._stamp = stamp
            self._token = _first(self._file)
        return self._token


def _first(file: Path) -> str:
    try:
        tokens = file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        log.error("%s cannot be read: %s. Adapters that ask for its token refuse calls.", file, error)  # noqa: TRY400 (the sentence says it all)
        return ""
    return tokens[0] if tokens else ""
