"""Payment card numbers in texts: found and masked, and nothing that names goods, places or orders.

A number is a card's when a card scheme issues numbers of its first digits and its length, and its check digit is right.
Numbers of 13 digits (GTIN, GLN) are no longer issued to cards. Numbers of 14, 17 and 18 digits whose GS1 check digit is
right (GTIN-14, GSIN, SSCC) name goods. A field that names a SKU, a place or an order is not to be masked at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

MASK: Final = "[card number]"
SURPLUS: Final = 40
"""Characters behind a cut that are looked at, so that no cut leaves the beginning of a card number."""

_DIGITS: Final = re.compile(r"\d(?:[ -]?\d){12,}", re.ASCII)
_SEPARATOR: Final = r"[ \t._/\u00a0\u2007\u2009\u202f\u2010-\u2015-]{1,3}"
_IN_GROUPS: Final = re.compile(
    rf"(?<!\d)(?=(\d{{4}}({_SEPARATOR})\d{{4}}\2\d{{4}}\2\d{{4}}|\d{{4}}({_SEPARATOR})\d{{6}}\3\d{{4,5}})(?!\d))",
    re.ASCII,
)
_ANY_DIGIT: Final = re.compile(r"\d")
_MOST_DIGITS: Final = 19
_LONGEST_GROUP: Final = 6
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


def has_card_number(text: str) -> bool:
    """Answers whether a payment card's number stands in the text, in one run of digits or in groups."""
    return any(_spans(_with_plain_digits(text)))


def masked(text: str) -> str:
    """Answers the text with card numbers replaced, digits beside them included."""
    shown, at = "", 0
    for start, end in sorted(_spans(_with_plain_digits(text))):
        if start >= at:
            shown += text[at:start] + MASK
        at = max(at, end)
    return shown + text[at:]


def carried(text: str, most: int) -> str:
    """Answers a text as it may be carried: at most `most` characters, no card number in them, cut off ones neither."""
    return masked(text[: most + SURPLUS])[:most]


def _spans(digits: str) -> Iterator[tuple[int, int]]:
    """Answers where card numbers stand: in runs of digits with blanks and hyphens, and in a card's groups."""
    yield from (run.span() for run in _DIGITS.finditer(digits) if _holds_card(run.group()))
    yield from (groups.span(1) for groups in _IN_GROUPS.finditer(digits) if _is_card(re.sub(r"\D", "", groups[1])))


def _with_plain_digits(text: str) -> str:
    """Answers the text with digits of any script as 0 to 9, each in its place."""
    return text if text.isascii() else _ANY_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def _holds_card(run: str) -> bool:
    return any(_is_card(digits) for digits in _numbers(re.split(r"[ -]", run)))


def _numbers(groups: list[str]) -> Iterator[str]:
    """Answers what may be a card number: each group, and neighbors joined that are short enough to be its groups."""
    for start, group in enumerate(groups):
        digits = group
        yield digits
        for other in groups[start + 1 : start + _MOST_DIGITS] if len(group) <= _LONGEST_GROUP else ():
            digits += other
            if len(other) > _LONGEST_GROUP or len(digits) > _MOST_DIGITS:
                break
            yield digits


def _is_card(digits: str) -> bool:
    if len(set(digits)) == 1 or not any(
        len(digits) in lengths and begins.match(digits) for begins, lengths in _SCHEMES
    ):
        return False
    return _luhn(digits) and not (len(digits) in _GS1_LENGTHS and _gs1(digits))


def _luhn(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    doubled = (2 * number - 9 if number > 4 else 2 * number for number in numbers[-2::-2])
    return (sum(numbers[::-2]) + sum(doubled)) % 10 == 0


def _gs1(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    return (sum(numbers[::-2]) + 3 * sum(numbers[-2::-2])) % 10 == 0
