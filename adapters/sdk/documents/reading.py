"""What readers of partner documents share: findings with their place, exact numbers, text fit to be kept.

Everything is pure and total: what cannot be read is answered as None or recorded as a finding, never raised. What a
document of a partner means stands in that partner's adapter.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.cards import carried, masked
from adapters.sdk.profile import Profile
from adapters.sdk.times import timestamp_of
from crossdock.inbox.v1 import inbox_pb2
from crossdock.orders.v1.orders_pb2 import UnreadFact

MOST_UNITS: Final = 10_000_000
MOST_PROBLEMS: Final = 100
MOST_STREETS: Final = 4
MOST_STREET: Final = 200
NANO_DIGITS: Final = 9
WHOLE_DIGITS: Final = 15

_DECIMAL: Final = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_NOT_KEPT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")


@dataclass(frozen=True)
class Reading:
    """What stands in a document: commands in its order, and what could not be read."""

    commands: tuple[inbox_pb2.Command, ...] = ()
    problems: tuple[inbox_pb2.Problem, ...] = ()


@dataclass
class Findings:
    """Problems found so far, each once. A refusal keeps what is being read from being taken; a report does not.

    A hold is no problem of the document: the order is taken with it. The first 100 problems are kept, and `more` counts
    the others; of holds the first 100 are kept.
    """

    problems: list[inbox_pb2.Problem] = field(default_factory=list)
    unread_facts: list[UnreadFact] = field(default_factory=list)
    refused: bool = False
    more: int = 0
    _known: set[tuple[str, str, str]] = field(default_factory=set)

    def refuse(self, location: str, field_name: str, reason: str) -> None:
        """Records a problem for which the order, count or row is not taken."""
        self.report(location, field_name, reason)
        self.refused = True

    def report(self, location: str, field_name: str, reason: str) -> None:
        """Records a problem that people should know of although the rest is taken."""
        if len(self.problems) == MOST_PROBLEMS:
            self.more += 1
            return
        words = (masked(plain(location)), masked(plain(field_name)), masked(plain(reason)))
        if words not in self._known:
            self._known.add(words)
            self.problems.append(inbox_pb2.Problem(location=words[0], field=words[1], reason=words[2]))

    def hold(self, location: str, value: str, reason: str) -> None:
        """Records a fact for which a person must decide before the order goes on; `value` as `shown` returns it."""
        if len(self.unread_facts) < MOST_PROBLEMS:
            where, why = carried(plain(location), 200), carried(plain(reason), 300)
            self.unread_facts.append(UnreadFact(location=where, value=value[:80], reason=why))

    def add(self, other: Findings) -> None:
        """Adds problems that were found apart, without what they refuse."""
        room = MOST_PROBLEMS - len(self.problems)
        self.problems.extend(other.problems[:room])
        self.more += other.more + len(other.problems[room:])

    def named(self) -> tuple[inbox_pb2.Problem, ...]:
        """Answers the problems kept, and one that says how many more there are."""
        if not self.more:
            return tuple(self.problems)
        reason = f"{self.more} more problems are not listed; solve these, and read the document again"
        return (*self.problems, inbox_pb2.Problem(location="document", reason=reason))


def unread(location: str, field_name: str, reason: str) -> Reading:
    """Answers the reading of a document of which nothing could be read."""
    findings = Findings()
    findings.refuse(location, field_name, reason)
    return Reading(problems=findings.named())


def plain(text: str, most: int = 0) -> str:
    """Answers text without controls and broken characters, trimmed; cut to `most` characters unless that is 0."""
    kept = _NOT_KEPT.sub(" ", text).strip()
    return kept[:most].rstrip() if most else kept


def shown(value: object, most: int = 40) -> str:
    """Answers a value as it may stand in a sentence for people: quoted, short, no card number."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None:
        return "nothing"
    text = plain(str(value)[: most * 4])
    kept = carried(text, most)
    return f"'{kept}'" if len(text) <= most else f"'{kept}...'"


def decimal_of(value: object) -> Decimal | None:
    """Answers a decimal number, exactly as written, of at most 15 digits before and 9 after the point; None for others.

    Texts, whole numbers and Decimals are read; a float is not, since it is no longer what was written.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, str) and not _DECIMAL.fullmatch(value.strip()):
        return None
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= WHOLE_DIGITS:
        return None
    surplus = -int(number.as_tuple().exponent) - NANO_DIGITS
    if surplus <= 0:
        return number
    return None if any(number.as_tuple().digits[-surplus:]) else number.quantize(Decimal("1e-9"))


def text_of(value: object) -> str:
    """Answers a text or number of JSON as text, empty for others; a whole number has neither point nor exponent."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 2 * WHOLE_DIGITS:
        is_whole = value == value.to_integral_value()
        return f"{value.to_integral_value():f}" if is_whole else f"{value:f}"
    return plain(str(value))


def whole_of(value: object) -> int | None:
    """Answers a whole number; 12.0 is one, 12.5 and text such as 'twelve' are none."""
    number = decimal_of(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def street_lines_of(texts: Iterable[str]) -> list[str] | None:
    """Answers street lines of at most 200 characters, longer texts broken at blanks; None where four hold not all."""
    lines: list[str] = []
    for text in texts:
        if len(text) > MOST_STREETS * MOST_STREET:
            return None
        lines += textwrap.wrap(text, MOST_STREET, break_long_words=False, break_on_hyphens=False)
    is_whole = len(lines) <= MOST_STREETS and all(len(line) <= MOST_STREET for line in lines)
    return lines if is_whole else None


def money_of(amount: Decimal, currency_code: str) -> Money:
    """Answers an amount that `decimal_of` has read, on the wire."""
    nanos = int(amount.scaleb(NANO_DIGITS))
    sign = -1 if nanos < 0 else 1
    units, rest = divmod(abs(nanos), 10**NANO_DIGITS)
    return Money(currency_code=currency_code, units=sign * units, nanos=sign * rest)


def is_currency(code: str) -> bool:
    """Answers whether a code has the form of ISO 4217."""
    return bool(_CURRENCY.fullmatch(code))


def is_country(code: str) -> bool:
    """Answers whether a code has the form of ISO 3166-1 alpha-2."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def timestamp_from(text: str) -> Timestamp | None:
    """Answers the instant of an ISO 8601 text that names its offset from UTC; None for any other."""
    try:
        instant = datetime.fromisoformat(text)
        return timestamp_of(instant) if instant.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def flag(profile: Profile, name: str, *, default: bool) -> bool:
    """Answers a yes or no of a profile. Raises BadCall when it is neither."""
    value = profile.values.get(name, default)
    if not isinstance(value, bool):
        raise BadCall(f"{profile.place}.{name} is not true or false")
    return value


def time_zone(profile: Profile) -> ZoneInfo:
    """Answers the zone that a profile names as `time_zone`, UTC without one. Raises BadCall when it is none."""
    try:
        return ZoneInfo(profile.text("time_zone", "UTC"))
    except (KeyError, ValueError, OSError) as error:
        raise BadCall(f"{profile.place}.time_zone is not an IANA time zone") from error


def text_map(profile: Profile, name: str) -> dict[str, str]:
    """Answers an object of texts of a profile. Raises BadCall when a value is none."""
    section = profile.section(name)
    return {key: section.text(key, "") for key in section.names()}


def sections(profile: Profile, name: str) -> tuple[Profile, ...]:
    """Answers a list of objects of a profile. Raises BadCall when it is none."""
    value = profile.values.get(name, [])
    if not isinstance(value, list) or not all(isinstance(element, dict) for element in value):
        raise BadCall(f"{profile.place}.{name} is not a list of objects")
    return tuple(Profile(element, f"{profile.place}.{name}[{number}]") for number, element in enumerate(value))
