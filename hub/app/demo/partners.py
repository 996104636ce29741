"""What goes on at partners without the hub knowing, told to the stand-ins by their own command lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from hub.kernel.instant import Instant


class Partners(Struct, frozen=True):
    """The stand-ins whose files lie in a folder."""

    folder: Path

    def really_there(self, adapter: str, node_id: str, sku: str, quantity: int) -> None:
        """Puts so many units of a SKU on the shelves of a node, whatever the hub believes."""
        self._run(f"adapters.{adapter}.physical", str(self._file(adapter)), node_id, sku, str(quantity))

    def failing(self, adapter: str, method: str, start: Instant, end: Instant) -> None:
        """Makes a method of a stand-in unavailable between two instants of business time."""
        times = ["--times", "-1", "--from", start.isoformat(), "--until", end.isoformat()]
        self._run("adapters.sdk.doubles.faults", str(self._file(adapter)), "order", method, "unavailable", *times)

    def _file(self, adapter: str) -> Path:
        return self.folder / f"{adapter}.sqlite"

    def _run(self, module: str, *arguments: str) -> None:
        subprocess.run([sys.executable, "-P", "-m", module, *arguments], check=True, capture_output=True)  # noqa: S603
