"""A value in a JSON document together with its path, so that every problem can say where it stands.

JSON is read without floats: a number stays the decimal that was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from adapters.sdk.documents.cards import carried
from adapters.sdk.documents.reading import (
    Findings,
    decimal_of,
    is_currency,
    money_of,
    plain,
    shown,
    text_of,
    timestamp_from,
    whole_of,
)

MOST_VALUES: Final = 500_000
"""Values, lists and objects that a document has at most."""


class NotJson(Exception):
    """The bytes are no JSON document; the message says where they stop being one."""


@dataclass(frozen=True)
class Place:
    """A value with its path. Absent fields and null read alike."""

    value: object
    path: str
    findings: Findings

    def at(self, name: str) -> Place:
        """Answers the field of that name; null when there is none."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Place(value, f"{self.path}.{name}", self.findings)

    def each(self, name: str) -> Iterator[Place]:
        """Answers the elements of a list; refuses a field that is neither list nor absent."""
        place = self.at(name)
        if place.value is not None and not isinstance(place.value, list):
            place.refuse("is not a list")
        for number, value in enumerate(place.value if isinstance(place.value, list) else ()):
            yield Place(value, f"{place.path}[{number}]", self.findings)

    @property
    def is_there(self) -> bool:
        """Whether there is a value other than null."""
        return self.value is not None

    def names(self) -> tuple[str, ...]:
        """Answers the names of its fields, in the document's order."""
        return tuple(self.value) if isinstance(self.value, dict) else ()

    @property
    def name(self) -> str:
        """The field's name: the last part of the path."""
        return self.path.rpartition(".")[2]

    def text(self) -> str:
        """Answers the value as trimmed text; empty for null, lists and objects."""
        return plain(text_of(self.value))

    def words(self, most: int) -> str:
        """Answers a text that people wrote; a card number in it is masked and reported.

        A text of more than `most` characters is cut, and holds the order.
        """
        text = self.text()
        if len(text) > most:
            self.hold("", f"it has {len(text)} characters, and the first {most} are carried; read the rest in the shop")
        kept = carried(text, most)
        if kept != text[:most]:
            self.report("holds a card number: it is taken without it; have it removed from the order in the shop")
        return kept.strip()

    def identifier(self, most: int) -> str:
        """Answers a text that must not be cut; refuses a longer one than `most` characters, and a broken number."""
        text = self.text()
        if isinstance(self.value, Decimal) and not text.isdigit():
            self.refuse(f"is no whole number: {shown(self.value)}")
            return ""
        if len(text) > most:
            self.refuse(f"is longer than {most} characters: {shown(text)}")
            return ""
        return text

    def units(self, most: int) -> int | None:
        """Answers a count of at least 1 and at most `most`; refuses every other value."""
        number = whole_of(self.value) if not isinstance(self.value, str) else None
        if number is None or not 1 <= number <= most:
            self.refuse(f"is not a whole number of 1 to {most}: {shown(self.value)}")
            return None
        return number

    def amount(self, currency_code: str) -> Money | None:
        """Answers an amount of zero or more, exactly as written; refuses every other value, absent ones too."""
        number = decimal_of(self.value)
        if number is None or number < 0:
            self.refuse(f"is not a decimal amount of zero or more: {shown(self.value)}")
            return None
        return money_of(number, currency_code) if is_currency(currency_code) else None

    def shop_amount(self, currency_code: str) -> Money | None:
        """Answers the amount of a money object (`amount`, `currency_code`); refuses one of another currency."""
        currency = self.at("currency_code")
        if currency.text() != currency_code:
            currency.refuse(f"is {shown(currency.value)}, and the order's amounts are in {shown(currency_code)}")
            return None
        return self.at("amount").amount(currency_code)

    def amount_if_stated(self, currency_code: str) -> Money | None:
        """Answers an amount as `amount` does; None without a problem when it is absent."""
        return self.amount(currency_code) if self.is_there else None

    def instant(self) -> Timestamp | None:
        """Answers an instant; None when absent; refuses one that is malformed."""
        if not self.is_there:
            return None
        instant = timestamp_from(self.text())
        if instant is None:
            self.refuse(f"is not an ISO 8601 instant with an offset: {shown(self.value)}")
        return instant

    def refuse(self, reason: str) -> None:
        """Records that the order cannot be taken because of this value."""
        self.findings.refuse(self.path, self.name, f"{self.name} {reason}")

    def hold(self, value: str, reason: str) -> None:
        """Records that a person must decide on this value before the order goes on; `value` is what may be shown."""
        self.findings.hold(self.path, value, reason)

    def report(self, reason: str) -> None:
        """Records something about this value that people should know of; the order is taken."""
        self.findings.report(self.path, self.name, f"{self.name} {reason}")


def read_json(content: bytes) -> object:
    """Answers what the bytes say, numbers as int and Decimal.

    Raises NotJson when they are no JSON in UTF-8, or more values than are read: a value may take 50 times its bytes.
    """
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise NotJson(f"longer than {MOST_VALUES:,} values: send its orders in several documents")
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise NotJson(f"not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise NotJson("nested too deeply") from error
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (ValueError, ArithmeticError) as error:
        raise NotJson(f"not JSON: {plain(str(error), 120)}") from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")
