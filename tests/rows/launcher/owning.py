"""An owner as a process of its own, so that a test can kill it: starts a server, says so, stops at the end of input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hub.app.embedded import Embedded, EmbeddedError


def main(data: str, shelter: str) -> int:
    said: list[str] = []
    try:
        with Embedded.start(Path(data), echo=said.append, durable=False, shelters=[Path(shelter)]) as server:
            sys.stdout.write(json.dumps({"url": server.url, "pid": server.pid, "said": said}) + "\n")
            sys.stdout.flush()
            sys.stdin.read()
    except EmbeddedError as error:
        sys.stdout.write(json.dumps({"refused": type(error).__name__, "message": str(error)}) + "\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
