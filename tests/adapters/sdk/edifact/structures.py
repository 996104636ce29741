"""The structures of messages in D.24A, which we did not write: whether segments stand where their message lets them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[4]


def misplaced(kind: str, tags: Sequence[str]) -> str:
    """Answers the first segment that D.24A does not let stand where it does; empty where all may."""
    folder = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners"))
    path = folder / "edi/edifact/d24a/messages" / f"{kind.lower()}.xml"
    if not path.exists():
        pytest.skip(f"{path} is absent: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts")
    reached = _matched(ElementTree.parse(path).getroot(), tags, 0)
    return "" if reached == len(tags) else f"{tags[reached]} at segment {reached + 1}"


def _matched(node: ElementTree.Element, tags: Sequence[str], at: int) -> int:
    for child in node:
        if child.tag == "segment":
            most = int(child.get("maxrepeat", "1"))
            found = 0
            while at < len(tags) and tags[at] == child.get("id") and found < most:
                at, found = at + 1, found + 1
            if not found and child.get("required"):
                return at
        elif child.tag == "group":
            first = child.find("segment")
            while at < len(tags) and first is not None and tags[at] == first.get("id"):
                at = _matched(child, tags, at)
    return at
