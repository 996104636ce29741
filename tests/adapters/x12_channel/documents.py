"""X12 documents for tests: a sound one to change, and where the published ones lie."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from adapters.sdk.documents.reading import Reading
from adapters.x12_channel.mapping import read_document
from adapters.x12_channel.settings import read_settings

ROOT = Path(__file__).parents[3]
OWN = ROOT / "adapters/x12_channel/documents"
DOCUMENTS = ROOT / "examples/documents"
PROFILES = ROOT / "examples/profiles"
ISA = "ISA*00*          *00*          *ZZ*BUYER          *ZZ*CROSSDOCK      *261103*0730*U*00401*{control:09}*0*T*>"
BODY = ("BEG*00*SA*A-1**20261103", "CUR*BY*EUR", "N1*BY*Buyer*92*17", "PO1*1*2*EA*12.50*WE*VN*MUG-BLUE", "CTT*1")


def published(name: str) -> bytes:
    """Answers a published sample; skips the test where the partners' contracts are absent."""
    folder = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners"))
    path = folder / "edi/x12" / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts")
    return path.read_bytes()


def a_set(*body: str, control: str = "0001", set_id: str = "850") -> list[str]:
    """Answers a transaction from ST to SE, rightly counted."""
    inner = body or BODY
    return [f"ST*{set_id}*{control}", *inner, f"SE*{len(inner) + 2}*{control}"]


def with_segment(old: str, *new: str) -> list[str]:
    """Answers a transaction in which the segment of this tag is replaced by others."""
    return a_set(*(one for kept in BODY for one in (new if kept.partition("*")[0] == old else (kept,))))


def a_document(*sets: Sequence[str], control: int = 21) -> str:
    """Answers an interchange with one group of these transactions."""
    inner = [segment for one in (sets or (a_set(),)) for segment in one]
    count = len(sets or (0,))
    segments = [ISA.format(control=control), f"GS*PO*BUYER*CROSSDOCK*20261103*0730*{control}*X*004010", *inner]
    segments += [f"GE*{count}*{control}", f"IEA*1*{control:09}"]
    return "".join(f"{segment}~\n" for segment in segments)


def read(document: str | bytes, **profile: object) -> Reading:
    """Reads a document with a profile, in a call for the channel `called_for`."""
    called_for = str(profile.pop("called_for", "B2B-DE"))
    content = document if isinstance(document, bytes) else document.encode()
    return read_document(content, "application/edi-x12", read_settings(json.dumps(profile)), called_for)


def read_with(content: bytes, profile: str) -> Reading:
    """Reads a document with an example profile."""
    return read_document(content, "application/edi-x12", read_settings((PROFILES / profile).read_text()), "")


def references(reading: Reading) -> list[str]:
    """Answers the order numbers taken, in order."""
    return [command.place_order.channel_reference for command in reading.commands]


def named(reading: Reading) -> list[tuple[str, str]]:
    """Answers where the problems are: location and element."""
    return [(problem.location, problem.field) for problem in reading.problems]
