"""The tokens by which hosts of adapters know this hub: one file each, in a folder, read again when it changes.

Each host has a token of its own, so that none can show another one what it knows.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hub.app.process.stamps import Stamp, stamp_of
from hub.connect.dialing import target_of

log = logging.getLogger(__name__)

TOKEN_SUFFIX: Final = ".token"  # noqa: S105 (the end of a name, not a token)


def token_name(adapter: str) -> str | None:
    """Return the name of the file with the token of an adapter that a network names, None for a Unix socket.

    It is `NAME.token` for a hosted adapter and `HOST-PORT.token` for one at an address.
    """
    target = target_of(adapter) or adapter
    return None if "/" in target else f"{target.replace(':', '-')}{TOKEN_SUFFIX}"


@dataclass
class AdapterTokens:
    """Gives the token to show to an adapter: the first one of its file. Empty where it has no file."""

    folder: Path | None
    _read: dict[str, tuple[Stamp, str]] = field(default_factory=dict)

    def __call__(self, adapter: str) -> str:
        """Return the token to show to an adapter that a network names."""
        if self.folder is None or (name := token_name(adapter)) is None:
            return ""
        file = self.folder / name
        stamp = stamp_of(file)
        if name not in self._read or self._read[name][0] != stamp:
            self._read[name] = stamp, _first(file)
        return self._read[name][1]


def _first(file: Path) -> str:
    try:
        tokens = file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        log.error("%s cannot be read: %s. The adapter refuses calls if it asks for its token.", file, error)  # noqa: TRY400 (the sentence says it all)
        return ""
    return tokens[0] if tokens else ""
