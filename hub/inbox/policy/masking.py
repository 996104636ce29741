"""Card numbers in documents: found and masked before anything is stored, and nothing else touched.

A run of digits is taken for a card number when its length and first digits are those of a card scheme, its check digit
is right, and it stands in a field of its own or is written in a card's groups. Order ids, article and container
numbers look much alike: values of JSON fields named as ids, and numbers of 14 or 18 digits whose GS1 check digit is
right, stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_GROUPED: Final = re.compile(
    rb"(?<![0-9A-Za-z])(?:[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5})(?![0-9A-Za-z])"
)
_ALONE: Final = re.compile(
    rb"(?:^|(?<=[\"'*+:;,|~^>=\t\r\n\x1d\x1e\x1f]))([ ]*)([0-9]{13,19})([ ]*)"
    rb"(?=[\"'*+:;,|~^<&\t\r\n\x1d\x1e\x1f}\]]|\\|$)"
)
_ID_FIELD: Final = re.compile(rb"(?:^|[^A-Za-z])(?:[A-Za-z0-9_]*_)?(?:id|Id|ID)\"\s*:\s*\"?$|[a-z]Id\"\s*:\s*\"?$")
_LONGEST_FIELD_NAME: Final = 80

_SCHEMES: Final[tuple[tuple[re.Pattern[bytes], frozenset[int]], ...]] = (
    (re.compile(rb"4"), frozenset({16, 19})),
    (re.compile(rb"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), frozenset({16})),
    (re.compile(rb"3[47]"), frozenset({15})),
    (re.compile(rb"3(?:0[0-5]|09|6|8|9)"), frozenset({14})),
    (re.compile(rb"6011|64[4-9]|65"), frozenset(range(16, 20))),
    (re.compile(rb"35(?:2[89]|[3-8])"), frozenset(range(16, 20))),
    (re.compile(rb"62|81"), frozenset(range(16, 20))),
    (re.compile(rb"50|5[6-9]|6[37]"), frozenset({13, 15, 16, 18, 19})),
)
"""Digits a card number of a scheme begins with, and the lengths it may have. Visa's 13 digits are no longer issued."""


def masked(content: bytes) -> bytes:
    """The content with every card number's digits but the last four replaced by asterisks; its length stays."""
    grouped = _GROUPED.sub(lambda match: _asterisks(match[0]) if _is_card(match[0]) else match[0], content)
    return _ALONE.sub(lambda match: match[1] + _alone(grouped, match) + match[3], grouped)


def _alone(content: bytes, match: re.Match[bytes]) -> bytes:
    before = content[max(0, match.start(2) - _LONGEST_FIELD_NAME) : match.start(2)]
    if _ID_FIELD.search(before) or not _is_card(match[2]):
        return match[2]
    return _asterisks(match[2])


def _is_card(text: bytes) -> bool:
    digits = bytes(byte for byte in text if 48 <= byte <= 57)
    of_scheme = any(scheme.match(digits) and len(digits) in lengths for scheme, lengths in _SCHEMES)
    if not of_scheme or len(set(digits)) == 1:
        return False
    numbers = [byte - 48 for byte in digits]
    return _luhn(numbers) and not (len(numbers) in {14, 18} and _gs1(numbers))


def _asterisks(text: bytes) -> bytes:
    last = sum(48 <= byte <= 57 for byte in text) - 4
    result, seen = bytearray(), 0
    for byte in text:
        digit = 48 <= byte <= 57
        result.append(42 if digit and seen < last else byte)
        seen += digit
    return bytes(result)


def _luhn(digits: Sequence[int]) -> bool:
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def _gs1(digits: Sequence[int]) -> bool:
    return (sum(digits[::-2]) + 3 * sum(digits[-2::-2])) % 10 == 0
