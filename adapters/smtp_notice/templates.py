"""The texts of notices: data by language, those of an account or of one of its channels before those of the package."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import plain

ROOT_VARIABLE: Final = "CROSSDOCK_NOTICE_TEMPLATES"
PACKAGE: Final = Path(__file__).parent / "templates"
LAST_LANGUAGE: Final = "en"
_LARGEST_BYTES: Final = 256 * 1024


@dataclass(frozen=True)
class Text:
    """A notice with blanks.

    Attributes:
        locale: Whose language it is in, for amounts and dates.
        greeting: First line.
        subject: Subject of the mail.
        paragraphs: Its text.
        link: Words and address of a link below the text; empty: none.
        closing: Last line.
    """

    locale: Locale
    greeting: str
    subject: str
    paragraphs: tuple[str, ...]
    link: tuple[str, str]
    closing: str


def text_for(template: str, language_code: str, fallback: str, folders: Sequence[Path]) -> Text:
    """Return a notice in the customer's language, or else in `fallback`, or in English.

    `folders` are those of the account, the nearest first. Raises BadCall for a file of theirs that is malformed.
    """
    for locale in _locales(language_code, fallback):
        for file in (folder / f"{locale.language}.toml" for folder in (*folders, PACKAGE)):
            if text := _text_in(file, template, locale):
                return text
    raise BadCall(f"no language has a text for {template}")


def account_folders(templates: str, channel_id: str) -> list[Path]:
    """Return where texts of an account may lie: those of the channel first. Raises BadCall without a root."""
    if not templates:
        return []
    root = os.environ.get(ROOT_VARIABLE, "")
    folder = (Path(root) / templates).resolve()
    if not root or not folder.is_relative_to(Path(root).resolve()) or not folder.is_dir():
        raise BadCall(f"profile_json.templates is no folder below the one that {ROOT_VARIABLE} names")
    of_channel = [path for path in folder.iterdir() if path.name == channel_id and path.is_dir()]
    return [*of_channel, folder]


def _locales(language_code: str, fallback: str) -> Iterator[Locale]:
    for code in (language_code, fallback, LAST_LANGUAGE):
        try:
            yield Locale.parse(code.replace("_", "-"), sep="-")
        except (ValueError, UnknownLocaleError, TypeError):
            continue


def _text_in(file: Path, template: str, locale: Locale) -> Text | None:
    """Return the notice in a file; None where there is no file, or no such notice in it."""
    if not file.is_file():
        return None
    try:
        with file.open("rb") as opened:
            content = tomllib.loads(opened.read(_LARGEST_BYTES).decode())
    except (ValueError, OSError) as error:
        raise BadCall(f"the texts in {file.name} are malformed: {plain(str(error), 200)}") from error
    notice = content.get(template)
    if notice is None:
        return None
    try:
        return _text(content, notice, locale)
    except (KeyError, TypeError, AttributeError):
        reason = "needs greeting, closing, subject and paragraphs, all texts"
        raise BadCall(f"{template} in {file.name} is malformed: it {reason}") from None


def _text(content: Mapping[str, object], notice: Mapping[str, object], locale: Locale) -> Text:
    paragraphs, link = notice["paragraphs"], notice.get("link", {"text": "", "address": ""})
    if not isinstance(paragraphs, list) or not isinstance(link, dict):
        raise TypeError
    texts = [content["greeting"], notice["subject"], link["text"], link["address"], content["closing"], *paragraphs]
    greeting, subject, words, address, closing, *lines = (_checked(text) for text in texts)
    return Text(locale, greeting, subject, tuple(lines), (words, address), closing)


def _checked(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError
    return text
