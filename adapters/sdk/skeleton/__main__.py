"""Writes the skeleton of an adapter.

    python -m adapters.sdk.skeleton NAME --implements KIND [--into FOLDER]

Exit codes: 0 written, 1 something is there already, 2 asked for something impossible.
"""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from adapters.sdk.skeleton.contracts import KINDS
from adapters.sdk.skeleton.texts import files

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m adapters.sdk.skeleton", description="Writes an adapter's skeleton."
    )
    parser.add_argument("name", metavar="NAME", help="name of the adapter and its package, for example acme_wms")
    parser.add_argument("--implements", required=True, choices=KINDS, help="kind of partner")
    parser.add_argument("--into", type=Path, default=Path(), help="folder in which the adapter's folder is made")
    asked = parser.parse_args(arguments)
    if not _NAME.fullmatch(asked.name) or keyword.iskeyword(asked.name):
        sys.stderr.write(
            f"{asked.name!r} is no name of a package: write small letters, digits and single underscores\n"
        )
        return 2
    folder: Path = asked.into / asked.name
    if folder.exists():
        sys.stderr.write(f"{folder} is there already; nothing was written\n")
        return 1
    for path, text in files(asked.name, asked.implements).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
