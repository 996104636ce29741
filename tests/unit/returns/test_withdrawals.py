"""Until when consumers may withdraw: against a calendar that counts day by day, and cases worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from hub.returns import operations as returns
from hub.returns.errors import WithdrawalRuleMissing
from hub.returns.policy.withdrawals import INFORMED, Information, WithdrawalRule, period_end, rule_for

RULES, EXEMPTIONS = returns.withdrawal_rules()
CASES = 2_000
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 26)}


def at(text: str, zone: str = "Europe/Amsterdam") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2026-11-17T18:30", "2026-12-02T00:00"),  # fourteen days after a Tuesday is a Tuesday, to its end
        ("2026-11-21T00:01", "2026-12-08T00:00"),  # the fourteenth day is a Saturday: to the end of Monday
        ("2026-12-11T12:00", "2026-12-29T00:00"),  # Friday, Christmas; the 26th is a Saturday: to the end of Monday
        ("2027-03-14T23:59", "2027-03-30T00:00"),  # over the night in which the clock changes: a Sunday, then Monday
    ],
)
def test_the_period_ends_with_the_last_hour_of_a_working_day(received: str, ends: str) -> None:
    rule = rule_for(RULES, "NL", date(2026, 11, 1))

    assert period_end(rule, at(received), CHRISTMAS) == at(ends)


def test_who_was_not_informed_has_twelve_months_more_or_fourteen_days_from_being_told() -> None:
    rule = rule_for(RULES, "NL", date(2026, 11, 1))
    received = at("2026-11-17T18:30")

    assert period_end(rule, received, (), Information(missing=True)) == at("2027-12-02T00:00")
    told = Information(missing=True, given_at=at("2027-01-04T09:00"))
    assert period_end(rule, received, (), told) == at("2027-01-19T00:00")
    too_late = Information(missing=True, given_at=at("2027-11-30T09:00"))
    assert period_end(rule, received, (), too_late) == at("2027-12-02T00:00")


def test_another_law_counts_days_without_regard_to_weekends() -> None:
    rule = rule_for(RULES, "GB", date(2026, 11, 1))

    assert period_end(rule, at("2026-11-21T12:00", "Europe/London"), ()) == at("2026-12-06T00:00", "Europe/London")


def test_a_country_or_day_without_a_row_is_refused() -> None:
    for country, day in (("US", date(2026, 11, 1)), ("", date(2026, 11, 1)), ("NL", date(2014, 6, 12))):
        with pytest.raises(WithdrawalRuleMissing):
            rule_for(RULES, country, day)


def test_every_row_names_its_article_and_no_country_has_two_on_one_day() -> None:
    assert len({rule.country_code for rule in RULES}) == len(RULES) == 28
    assert all(rule.article and rule.source for rule in RULES)
    assert all(exemption.article and exemption.source for exemption in EXEMPTIONS.values())


def second(rule: WithdrawalRule, received: datetime, holidays: set[date], information: Information) -> datetime:
    """The same, counted hour by hour of local time on a list of days."""

    def counted(start: datetime, days: int) -> datetime:
        end = start.astimezone(ZoneInfo(rule.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        for _ in range(days + 1):
            end = (end + timedelta(hours=36)).replace(hour=0)
        return end

    def worked(end: datetime) -> datetime:
        last = (end - timedelta(hours=1)).date()
        if rule.country_code != "GB" and (last.strftime("%a") in {"Sat", "Sun"} or last in holidays):
            return worked((end + timedelta(hours=36)).replace(hour=0))
        return end

    ends = worked(counted(received, 14))
    if not information.missing:
        return ends.astimezone(UTC)
    last = (counted(received, 14) - timedelta(hours=1)).date()
    day = 28 if (last.month, last.day) == (2, 29) else last.day
    a_year_on = datetime(last.year + 1, last.month, day, 12, tzinfo=ZoneInfo(rule.time_zone))
    longest = worked(counted(a_year_on, 0))
    told = longest if information.given_at is None else worked(counted(information.given_at, 14))
    return max(ends, min(longest, told)).astimezone(UTC)


def test_a_second_calendar_comes_to_the_same_instant() -> None:
    chance = Random(20260619)
    for _ in range(CASES):
        rule = chance.choice(RULES)
        received = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(4 * 366 * 1440))
        around = [received.date() + timedelta(days=chance.randrange(10, 24)) for _ in range(chance.randrange(4))]
        later = received + timedelta(minutes=chance.randrange(420 * 1440))
        information = chance.choice([INFORMED, Information(missing=True), Information(missing=True, given_at=later)])
        expected = second(rule, received, set(around), information)
        assert period_end(rule, received, set(around), information) == expected, (rule, received, around, information)
