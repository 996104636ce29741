"""Certifies adapters against rehearsals of their partners.

    python -m adapters.sdk.certification NAME...|--all [--json]

Each point is a line. The last line is a JSON object: adapter -> {"passed": [...], "exempt": {...}, "failed": {...}}.
Exit codes: 0 all hold, 1 one does not, 2 no such certification.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import entry_points
from typing import Final

from adapters.sdk.certification.points import Certificate, Certification, Point, certify

GROUP: Final = "crossdock.certifications"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m adapters.sdk.certification", description="Certifies adapters.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="adapter, by its name in the entry points")
    parser.add_argument("--all", action="store_true", help="every adapter that has a certification")
    parser.add_argument("--json", action="store_true", help="print the last line alone")
    asked = parser.parse_args(arguments)
    known = {point.name: point for point in entry_points(group=GROUP)}
    names = sorted(known) if asked.all else list(dict.fromkeys(asked.names))
    if not names or not known.keys() >= set(names):
        sys.stderr.write(f"name adapters that have a certification: {', '.join(sorted(known))}\n")
        return 2
    certificates = {}
    for name in names:
        load: Callable[[], Certification] = known[name].load()
        certificates[name] = asyncio.run(certify(load()))
        if not asked.json:
            sys.stdout.write("".join(f"{name}: {line}\n" for line in _lines(certificates[name])))
    sys.stdout.write(json.dumps({name: asdict(one) for name, one in certificates.items()}) + "\n")
    return 0 if all(one.holds for one in certificates.values()) else 1


def _lines(certificate: Certificate) -> list[str]:
    said = dict.fromkeys(certificate.passed, "passed")
    said |= {name: f"exempt ({reason})" for name, reason in certificate.exempt.items()}
    said |= {name: f"FAILED: {reason}" for name, reason in certificate.failed.items()}
    return [f"{point.value}: {said[point.name]}" for point in Point]


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)  # the calls that fail by order are no news
    sys.exit(main())
