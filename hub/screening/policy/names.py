"""Names and addresses as they are compared: letters of Latin, Greek and Cyrillic as plain Latin ones, without marks.

Cyrillic is written as BGN/PCGN romanizes Russian, Greek as ELOT 743 does, both without apostrophes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџѓќѕ",
        (
            *("a", "b", "v", "g", "d", "e", "zh", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f"),
            *("kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "u"),
            *("dj", "j", "lj", "nj", "c", "dz", "gj", "kj", "dz"),
        ),
        strict=True,
    )
)
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            *("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t"),
            *("y", "f", "ch", "ps", "o"),
        ),
        strict=True,
    )
)
_LATIN: Final = {
    "ß": "ss",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "ħ": "h",
    "ŋ": "ng",
    "ə": "a",
}
_LETTERS: Final = str.maketrans({**_CYRILLIC, **_GREEK, **_LATIN})
_SILENT: Final = re.compile("['`\u00b4\u02b9\u02ba\u02bc\u2018\u2019]")
"""Apostrophes and signs of soft and hard letters."""
_APART: Final = re.compile(r"[^a-z0-9]+")
_FORMS: Final = frozenset(
    {
        *("co", "company", "corp", "corporation", "inc", "incorporated", "limited", "llc", "llp", "ltd", "plc", "gmbh"),
        *("ag", "kg", "sa", "sarl", "sas", "srl", "spa", "bv", "nv", "oy", "ab", "as"),
        *("aps", "jsc", "pjsc", "ojsc", "cjsc", "ooo", "oao", "zao", "pao", "fze", "fzco", "fzc"),
        *("pte", "pty", "mr", "mrs", "ms", "dr"),
    }
)
"""Legal forms and titles: they tell nobody from another."""


def plain(text: str) -> str:
    """Return a text in small Latin letters and digits, its words apart by one space; others of its letters are gone."""
    return _APART.sub(" ", _latin(text)).strip()


def compared(name: str) -> str:
    """Return a name as it is compared: plain, without legal forms and titles where other words are left."""
    words = plain(name).split()
    return " ".join([word for word in words if word not in _FORMS] or words)


def readable(name: str) -> bool:
    """Return whether a name can be compared: all of its letters are written in Latin, and there are some."""
    latin = _latin(name)
    return any(letter.isascii() and letter.isalpha() for letter in latin) and not any(
        letter.isalpha() and not letter.isascii() for letter in latin
    )


def _latin(text: str) -> str:
    marked = unicodedata.normalize("NFKD", _SILENT.sub("", text.casefold()))
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return bare.translate(_LETTERS)
