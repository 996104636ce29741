"""Fills a notice: values as the customer's language writes them, as plain text and as HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency

from adapters.sdk.documents.reading import plain
from adapters.smtp_notice.templates import Text

_BLANK: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_MONEY: Final = re.compile(r"(-?\d{1,15}(?:\.\d{1,9})?) ([A-Z]{3})", re.ASCII)
_LINK: Final = re.compile(r"https?://[^\s<>\"']+")
_LONGEST_VALUE: Final = 500
_LONGEST_SUBJECT: Final = 200


@dataclass(frozen=True)
class Rendered:
    """A notice as it is sent."""

    language: str
    subject: str
    text: str
    html: str


def rendered(text: Text, values: Mapping[str, str], time_zone: ZoneInfo) -> Rendered:
    """Return the notice filled with the values. A paragraph or link of which a value is missing is left out."""

    def fill(blanks: str) -> str | None:
        return _filled(blanks, values, text.locale, time_zone)

    paragraphs = [fill(paragraph) for paragraph in (text.greeting, *text.paragraphs, text.closing)]
    present = [paragraph for paragraph in paragraphs if paragraph]
    address = fill(text.link[1]) or ""
    link = (text.link[0], address) if _LINK.fullmatch(address) else ("", "")
    return Rendered(
        language=text.locale.language,
        subject=(fill(text.subject) or _BLANK.sub("", text.subject)).strip()[:_LONGEST_SUBJECT],
        text=_plain_text(present, link),
        html=_html(present, link, text.locale),
    )


def _filled(blanks: str, values: Mapping[str, str], locale: Locale, time_zone: ZoneInfo) -> str | None:
    """Return a text with its blanks filled; None where a value is missing."""
    filled, at = "", 0
    for blank in _BLANK.finditer(blanks):
        value = _written(plain(values.get(blank[1], ""), _LONGEST_VALUE), blank[2] or "", locale, time_zone)
        if not value:
            return None
        filled += blanks[at : blank.start()] + value
        at = blank.end()
    return filled + blanks[at:]


def _written(value: str, form: str, locale: Locale, time_zone: ZoneInfo) -> str:
    """Return a value in a form; as it stands where it does not have that form."""
    if form == "money" and (amount := _MONEY.fullmatch(value)):
        return str(format_currency(Decimal(amount[1]), amount[2], locale=locale))
    if form == "date":
        try:
            return str(format_date(datetime.fromisoformat(value).astimezone(time_zone), "long", locale=locale))
        except (ValueError, OverflowError):
            return value
    return value


def _plain_text(paragraphs: list[str], link: tuple[str, str]) -> str:
    words, address = link
    followed = [f"{words}: {address}"] if address else []
    return "\n\n".join([*paragraphs[:-1], *followed, *paragraphs[-1:]]) + "\n"


def _html(paragraphs: list[str], link: tuple[str, str], locale: Locale) -> str:
    words, address = link
    marked = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    if address:
        marked.insert(-1, f'<p><a href="{escape(address)}">{escape(words)}</a></p>')
    body = "\n".join(marked)
    head = '<head><meta charset="utf-8"></head>'
    return (
        f'<!DOCTYPE html>\n<html lang="{locale.language}" dir="{locale.text_direction}">{head}\n'
        f"<body>\n{body}\n</body></html>\n"
    )
