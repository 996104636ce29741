"""Until when a consumer may withdraw from a contract, by the dated rows of the country in which the goods are received.

Days are counted by Regulation (EEC, Euratom) 1182/71: the day of the event is not counted (article 3(1)), the last day
counts to its end (3(2)), and where it is a Saturday, a Sunday or a public holiday, to the end of the next working day
(3(4)). The day is that of the country's westernmost time zone, so that nobody's period ends too early.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.returns.errors import WithdrawalRuleMissing
from hub.returns.model import WithdrawnLine

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 6


class WithdrawalRule(Struct, frozen=True):
    """The right of a country's consumers for contracts concluded from `begins` on and before `ends` (None: for ever).

    `uninformed_months` come on top where the consumer was not informed of the right. Money is given back within
    `refund_days` of the statement.
    """

    country_code: str
    time_zone: str
    begins: date
    ends: date | None
    days: int
    uninformed_months: int
    refund_days: int
    ends_on_working_day: bool
    article: str
    source: str


class Exemption(Struct, frozen=True):
    """Goods that nobody may withdraw from, with a sentence for people."""

    code: str
    article: str
    sentence: str
    source: str


class Information(Struct, frozen=True):
    """Whether the consumer was informed of the right with the goods; `given_at` if only later, None if never."""

    missing: bool = False
    given_at: Instant | None = None


INFORMED: Final = Information()
"""The consumer was informed in time."""


def rules_of(text: str) -> Sequence[WithdrawalRule]:
    """Return the rows of a file of periods."""
    return [
        WithdrawalRule(
            country_code=row["country"],
            time_zone=row["time_zone"],
            begins=date.fromisoformat(row["from"]),
            ends=date.fromisoformat(row["until"]) if row["until"] else None,
            days=int(row["days"]),
            uninformed_months=int(row["uninformed_months"]),
            refund_days=int(row["refund_days"]),
            ends_on_working_day=row["ends_on_working_day"] == "yes",
            article=row["article"],
            source=row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    ]


def exemptions_of(text: str) -> Mapping[str, Exemption]:
    """Return the rows of a file of exemptions, by their code."""
    rows = csv.DictReader(text.splitlines())
    return {
        row["exemption"]: Exemption(row["exemption"], row["article"], row["sentence"], row["source"]) for row in rows
    }


def rule_for(rules: Sequence[WithdrawalRule], country_code: str, concluded: date) -> WithdrawalRule:
    """Return the rule of a country for a contract of a day; raises WithdrawalRuleMissing where no row has it."""
    for rule in rules:
        if rule.country_code == country_code and rule.begins <= concluded and (not rule.ends or concluded < rule.ends):
            return rule
    raise WithdrawalRuleMissing(
        f"No rule says whether consumers in {country_code or 'no country'} may withdraw; ask who knows its law.",
        country_code=country_code,
    )


def period_end(
    rule: WithdrawalRule, received_at: Instant, holidays: Collection[date], information: Information = INFORMED
) -> Instant:
    """Return the end of the period of goods whose last parcel was received at an instant: the end of its last day."""
    zone = ZoneInfo(rule.time_zone)
    counted = received_at.astimezone(zone).date() + rule.days * _DAY
    last_day = _closing(rule, counted, holidays)
    if information.missing:
        longest = _closing(rule, _months_after(counted, rule.uninformed_months), holidays)
        given_at = information.given_at
        informed = given_at and _closing(rule, given_at.astimezone(zone).date() + rule.days * _DAY, holidays)
        last_day = max(last_day, min(longest, informed or longest))
    return datetime.combine(last_day + _DAY, time(), zone).astimezone(UTC)


def receipt(
    reference: str, lines: Sequence[WithdrawnLine], rule: WithdrawalRule, stated_at: Instant, refund_by: Instant
) -> str:
    """Return the receipt of a withdrawal, for the customer to keep: what was stated, when, and what follows."""
    units = "\n".join(f"- {line.quantity} of {line.sku} (line {line.line_number})" for line in lines)
    return (
        f"Receipt of your withdrawal from order {reference}\n\n"
        f"Received on {stated_at:%Y-%m-%d at %H:%M:%S} UTC. You withdrew from:\n{units}\n\n"
        f"What has not left is canceled; send back what you have within {rule.days} days.\n"
        f"Your money is given back by {refund_by:%Y-%m-%d}, once the goods or the proof that you sent them are there.\n"
        f"({rule.source}, {rule.article})\n"
    )


def _closing(rule: WithdrawalRule, day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next working day where the law has periods end on one."""
    while rule.ends_on_working_day and (day.isoweekday() >= _SATURDAY or day in holidays):
        day += _DAY
    return day


def _months_after(day: date, months: int) -> date:
    """The same date so many months later; the last day of the month where it has no such date."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
