"""What is in a tote, what a receipt makes of it, and the codes that customers show. Pure: keys are arguments."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash
from hub.totes.model import Count, CountKind, Expected, LineKey, Manifest, Tote, Unpacked

_CODE_BYTES: Final = 20
_CHARACTERS: Final = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def code_of(key: bytes, return_id: UUID) -> str:
    """The code of a return: 160 bits that nobody without the key can guess, 32 characters without look-alikes.

    The same for the same return; it says nothing about order or customer.
    """
    digest = keyed_hash(key, b"return code/" + return_id.bytes)[:_CODE_BYTES]
    return base64.b32encode(digest).translate(_CHARACTERS).decode()


def code_hash(code: str) -> str:
    """What a code is known by; blanks and small letters make no difference, as codes may be typed."""
    return hashlib.sha256("".join(code.split()).upper().encode()).hexdigest()


def manifest(tote: Tote) -> tuple[Manifest, ...]:
    """What was put in by return and line, in the order it was, with what was counted out of it."""
    lines: dict[LineKey, Manifest] = {}
    for scan in tote.scans:
        known = lines.get(scan.key) or Manifest(scan.return_id, scan.order_id, scan.line_number, scan.sku, 0)
        lines[scan.key] = replace(known, quantity=known.quantity + scan.quantity)
    for count in tote.counts:
        line = lines.get((count.return_id, count.line_number)) if count.return_id else None
        name = _COUNTED_AS.get(count.kind)
        if line is not None and name is not None:
            lines[line.key] = replace(line, **{name: getattr(line, name) + count.quantity})
    return tuple(lines.values())


_COUNTED_AS: Final = {
    CountKind.RECEIVED: "received",
    CountKind.MISSING: "missing",
    CountKind.WRONG_ITEM: "wrong",
    CountKind.FOUND: "found",
}


def counted(
    tote: Tote, unpacked: Sequence[Unpacked], expected: Iterable[Expected], *, reference: str, at: Instant
) -> tuple[Count, ...]:
    """What a receipt says of every unit, with the units of the manifest that are missing.

    `expected` are units that returns expect beside those of the manifest. Units go to what they may be, in this order:
    units of the manifest (of a tote counted before: missing ones), others that their return expects, and, where their
    SKU is none of the return's, in place of a unit of the manifest; what is left is over, or nobody's.
    """
    counting = _Counting(tote, expected, reference, at)
    for units in unpacked:
        counting.take(units)
    if tote.received_at is None:
        counting.miss_the_rest()
    return tuple(counting.counts)


class _Counting:
    """One receipt, unit by unit."""

    def __init__(self, tote: Tote, expected: Iterable[Expected], reference: str, at: Instant) -> None:
        self.counts: list[Count] = []
        self._reference, self._at = reference, at
        lines = manifest(tote)
        again = tote.received_at is not None
        self._kind = CountKind.FOUND if again else CountKind.RECEIVED
        self._lines = [
            Expected(line.return_id, line.line_number, line.sku, line.missing - line.found if again else line.uncounted)
            for line in lines
        ]
        self._others = list(expected)

    def take(self, units: Unpacked) -> None:
        """Says what units are."""
        if units.return_id is None:
            self._add(CountKind.UNIDENTIFIED, units.quantity, None, 0, units.sku)
            return
        left = self._match(self._lines, units.return_id, units.sku, units.quantity, self._kind)
        left = self._match(self._others, units.return_id, units.sku, left, CountKind.UNANNOUNCED)
        if left and self._kind is CountKind.RECEIVED and not self._of_return(units.return_id, units.sku):
            left = self._match(self._lines, units.return_id, "", left, CountKind.WRONG_ITEM, found=units.sku)
        if left:
            self._add(CountKind.OVER, left, units.return_id, 0, units.sku)

    def miss_the_rest(self) -> None:
        """Says that what no receipt named is missing."""
        for line in self._lines:
            if line.quantity:
                self._add(CountKind.MISSING, line.quantity, line.return_id, line.line_number, line.sku)

    def _match(
        self, lines: list[Expected], return_id: UUID, sku: str, wanted: int, kind: CountKind, *, found: str = ""
    ) -> int:
        """Takes units of a return's lines with a SKU (any, where none is named); answers how many are left over."""
        left = wanted
        for index, line in enumerate(lines):
            taken = min(left, line.quantity)
            if taken and line.return_id == return_id and sku in {"", line.sku}:
                lines[index] = replace(line, quantity=line.quantity - taken)
                self._add(kind, taken, return_id, line.line_number, found or line.sku)
                left -= taken
        return left

    def _of_return(self, return_id: UUID, sku: str) -> bool:
        return not sku or any(one.return_id == return_id and one.sku == sku for one in [*self._lines, *self._others])

    def _add(self, kind: CountKind, quantity: int, return_id: UUID | None, line_number: int, sku: str) -> None:
        number = len(self.counts) + 1
        self.counts.append(Count(self._reference, number, kind, quantity, self._at, return_id, line_number, sku))
