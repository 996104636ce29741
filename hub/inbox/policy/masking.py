"""Card numbers in texts: found and masked, and nothing that names goods, places or orders.

A number is a card's when a card scheme issues numbers of its first digits and its length, its check digit is right, and
it is written in one run of digits or in a card's groups. Numbers of 13 digits (GTIN, GLN) are no longer issued to
cards. Numbers of 14, 17 and 18 digits whose GS1 check digit is right (GTIN-14, GSIN, SSCC) name goods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_CANDIDATE: Final = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:[0-9]{14,19}|[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5})"
    r"(?![0-9A-Za-z])"
)
_GS1_LENGTHS: Final = (14, 17, 18)
_SCHEMES: Final = (
    (re.compile(r"4"), (16, 19)),
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3(?:0[0-5]|09|6|8|9)"), (14,)),
    (re.compile(r"6011|64[4-9]|65|35(?:2[89]|[3-8])|62|81"), (16, 17, 18, 19)),
    (re.compile(r"50|5[6-9]|6[37]"), (15, 16, 18, 19)),
)
"""Digits that card numbers of a scheme begin with, and the lengths that they have."""


def holds_card_number(text: str) -> bool:
    """Return whether a card number stands in a text."""
    return any(_is_card(candidate[0]) for candidate in _CANDIDATE.finditer(text))


def masked(text: str) -> str:
    """Return a text as it may be shown: of each card number only the last four digits stay."""
    return _CANDIDATE.sub(lambda found: _asterisks(found[0]) if _is_card(found[0]) else found[0], text)


def _is_card(text: str) -> bool:
    digits = text.replace(" ", "").replace("-", "")
    if len(set(digits)) == 1 or not any(
        len(digits) in lengths and begins.match(digits) for begins, lengths in _SCHEMES
    ):
        return False
    numbers = [int(digit) for digit in digits]
    return _luhn(numbers) and not (len(numbers) in _GS1_LENGTHS and _gs1(numbers))


def _asterisks(text: str) -> str:
    return re.sub("[0-9]", "*", text[:-4]) + text[-4:]


def _luhn(digits: Sequence[int]) -> bool:
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def _gs1(digits: Sequence[int]) -> bool:
    return (sum(digits[::-2]) + 3 * sum(digits[-2::-2])) % 10 == 0
