"""The chain: each digest is keyed, and covers the entry and the digest before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import msgspec

from hub.auditlog.model import Entry, Head, Link, Verdict
from hub.kernel.keyed import keyed_hash


def linked(key: bytes, head: Head, entries: Sequence[Entry]) -> list[Link]:
    """Return entries as the links that follow a head."""
    links, digest = [], head.digest
    for number, entry in zip(count(head.number + 1), entries, strict=False):
        digest = _digest(key, digest, number, entry)
        links.append(Link(number, entry, digest))
    return links


def verdict(key: bytes, head: Head, links: Iterable[Link]) -> tuple[Verdict, Head]:
    """Return what a check of the links behind a head finds, and the last sound one."""
    for link in links:
        if link.number != head.number + 1:
            return Verdict(head.number, f"entries {head.number + 1} to {link.number - 1} are missing"), head
        if link.digest != _digest(key, head.digest, link.number, link.entry):
            return Verdict(head.number, f"entry {link.number} is not what was written"), head
        head = Head(link.number, link.digest)
    return Verdict(head.number), head


def _digest(key: bytes, before: bytes, number: int, entry: Entry) -> bytes:
    return keyed_hash(key, before + msgspec.json.encode((number, entry)))
