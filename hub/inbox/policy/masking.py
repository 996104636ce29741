"""Card numbers and personal values in texts: found and masked, and nothing that names goods, places or orders.

A number is a card's when a card scheme issues numbers of its first digits and its length, its check digit is right, and
it is written in one run of digits, in a card's groups, whatever separates them, or as the data of a card's track, in
digits of any script. Numbers of 13 digits (GTIN, GLN) are no longer issued to cards. Numbers of 14, 17 and 18 digits
whose GS1 check digit is right (GTIN-14, GSIN, SSCC) name goods.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

_SEPARATOR: Final = r"[ \t._/\u00a0\u2007\u2009\u202f\u2010-\u2015-]{1,3}"
_CANDIDATE: Final = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=%B)|(?<=%b))"
    rf"(?:[0-9]{{14,19}}|[0-9]{{4}}({_SEPARATOR})[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}"
    rf"|[0-9]{{4}}({_SEPARATOR})[0-9]{{6}}\2[0-9]{{4,5}})"
    r"(?![0-9A-Za-z])"
)
_DIGIT: Final = re.compile(r"\d")
_EMAIL: Final = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"\+\d[\d ()/.-]{6,20}\d")
_QUOTED: Final = re.compile(r"'[^'\n]*'")
_PERSONAL: Final = re.compile(r"(?i)customer|address|e-?mail|phone|contact|person|\bN[1-4]\b|\bPER\b")
"""Places in documents that hold data of people, in Shopify's words and in segments of X12."""
_SHOWN: Final = 4
"""Digits at its end that stay of a card number."""
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


def holds_card_number(text: str, *, written_as_card: bool = False) -> bool:
    """Return whether a card number stands in a text; `written_as_card`: in a card's groups, or as track data."""
    digits = _with_plain_digits(text)
    spans = _cards(digits)
    return any(_is_written_as_card(digits, *span) for span in spans) if written_as_card else any(True for _ in spans)


def masked(text: str) -> str:
    """Return a text as it may be shown: of each card number only the last four digits stay."""
    for start, end in _cards(_with_plain_digits(text)):
        text = text[:start] + _DIGIT.sub("*", text[start : end - _SHOWN]) + text[end - _SHOWN :]
    return text


def impersonal(text: str, *, about: str) -> str:
    """Return a sentence about a value of a document without what it quotes of a person.

    Card numbers, e-mail addresses and phone numbers are masked; so is each quoted value where `about`, the place of the
    value in its document, is a person's.
    """
    text = _PHONE.sub("(phone)", _EMAIL.sub("(e-mail)", masked(text)))
    return _QUOTED.sub("(value)", text) if _PERSONAL.search(about) else text


def _with_plain_digits(text: str) -> str:
    """The text with digits of any script as 0 to 9, each in its place."""
    return text if text.isascii() else _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def _cards(digits: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand. The last group of one may begin another, and what is none may hold one."""
    at = 0
    while (candidate := _CANDIDATE.search(digits, at)) is not None:
        if _is_card(candidate[0]):
            yield candidate.span()
            at = candidate.end() - _SHOWN
        else:
            at = candidate.start() + 1


def _is_written_as_card(digits: str, start: int, end: int) -> bool:
    track_1 = digits[max(start - 2, 0) : start].upper() == "%B"
    track_2 = digits[max(start - 1, 0) : start] == ";" and digits[end : end + 1] == "="
    return track_1 or track_2 or not digits[start:end].isdecimal()


def _is_card(text: str) -> bool:
    digits = re.sub("[^0-9]", "", text)
    if len(set(digits)) == 1 or not any(
        len(digits) in lengths and begins.match(digits) for begins, lengths in _SCHEMES
    ):
        return False
    numbers = [int(digit) for digit in digits]
    return _luhn(numbers) and not (len(numbers) in _GS1_LENGTHS and _gs1(numbers))


def _luhn(digits: Sequence[int]) -> bool:
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def _gs1(digits: Sequence[int]) -> bool:
    return (sum(digits[::-2]) + 3 * sum(digits[-2::-2])) % 10 == 0
