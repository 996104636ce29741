"""Money, times, profiles and updates as adapters read them."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from google.type.money_pb2 import Money
from hypothesis import given
from hypothesis import strategies as st

from adapters.sdk.calls import BadCall, head_of
from adapters.sdk.doubles.book import Book
from adapters.sdk.doubles.updates import PAGE, SCHEMA, Step, drop, plan, read_page, take_due, tell
from adapters.sdk.money import half_up, money_of, nanos_of, text_of
from adapters.sdk.profile import Profile
from adapters.sdk.times import instant_from, instant_of, timestamp_of
from adapters.sdk.times import text_of as time_text_of
from adapters.sdk.tracing import span_from
from crossdock.fulfillment.v1 import fulfillment_pb2
from tests.adapters.doubles.requests import pull
from tests.adapters.doubles.serving import TUESDAY, minutes_later


@given(nanos=st.integers(-(10**20), 10**20))
def test_an_amount_goes_to_the_wire_and_back_unchanged(nanos: int) -> None:
    nanos %= 10**18

    assert nanos_of(money_of(nanos, "EUR"), "amount") == nanos
    assert nanos_of(money_of(-nanos, "EUR"), "amount") == -nanos


@given(nanos=st.integers(-(10**30), 10**30))
def test_an_amount_in_text_is_the_same_number(nanos: int) -> None:
    assert Decimal(text_of(nanos, "EUR")) == Decimal(nanos) * Decimal("1e-9")


def test_an_amount_in_text_has_at_least_the_digits_of_its_currency() -> None:
    texts = [text_of(105 * 10**9, currency) for currency in ("EUR", "JPY", "KWD")]

    assert texts == ["105.00", "105", "105.000"]
    assert text_of(1, "EUR") == "0.000000001"


@pytest.mark.parametrize(
    "money",
    [
        Money(currency_code="EUR", units=1, nanos=-1),
        Money(currency_code="EUR", nanos=1_000_000_000),
        Money(currency_code="euro", units=1),
        Money(units=1),
    ],
)
def test_what_is_no_amount_is_refused_by_the_name_of_its_field(money: Money) -> None:
    with pytest.raises(BadCall, match="grand_total"):
        nanos_of(money, "grand_total")


def test_halves_are_rounded_away_from_zero() -> None:
    assert [half_up(value, 2) for value in (-3, -1, 0, 1, 2, 3)] == [-2, -1, 0, 1, 1, 2]


@given(seconds=st.integers(0, 4_000_000_000))
def test_times_in_text_sort_as_times_do(seconds: int) -> None:
    at = TUESDAY + timedelta(microseconds=seconds)

    assert instant_from(time_text_of(at)) == at
    assert (time_text_of(at) > time_text_of(TUESDAY)) is (at > TUESDAY)
    assert instant_of(timestamp_of(at)) == at


def test_a_time_in_another_zone_is_the_same_instant() -> None:
    amsterdam = datetime(2026, 3, 3, 11, 0, tzinfo=timezone(timedelta(hours=1)))

    assert time_text_of(amsterdam) == time_text_of(TUESDAY)


def test_settings_that_are_missing_have_defaults_and_unknown_ones_are_ignored() -> None:
    profile = Profile.read('{"newer": 1, "rates": {"NL": "0.21"}}')

    assert profile.whole("days", 7) == 7
    assert profile.section("rates").text("NL", "") == "0.21"
    assert profile.texts("names", ("a",)) == ("a",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"days": "seven"}', "days is not a whole number"),
        ('{"days": true}', "days is not a whole number"),
        ('{"days": -1}', "days is not a whole number of at least 0"),
        ('{"rates": 1}', "rates is not an object"),
        ('{"names": [1]}', "names is not a list of texts"),
    ],
)
def test_a_setting_of_the_wrong_sort_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(BadCall, match=why):
        _read_all(Profile.read(text))


def _read_all(profile: Profile) -> None:
    profile.whole("days", 7)
    profile.section("rates")
    profile.texts("names")


def test_steps_are_worked_in_the_order_they_are_due(tmp_path: Path) -> None:
    with closing(Book(tmp_path / "double.sqlite", SCHEMA)) as book, book.transaction() as tx:
        for kind, minutes in (("pack", 90), ("acknowledge", 5), ("pick", 60), ("ship", 120)):
            plan(tx, "A", Step(kind, "fo-1", "", minutes_later(minutes)))
        drop(tx, "A", "fo-1", ["ship"])

        worked = []
        while step := take_due(tx, "A", minutes_later(500)):
            worked.append(step.kind)

        assert worked == ["acknowledge", "pick", "pack"]
        assert take_due(tx, "B", minutes_later(500)) is None


def test_more_updates_than_fit_a_page_are_told_in_pages(tmp_path: Path) -> None:
    with closing(Book(tmp_path / "double.sqlite", SCHEMA)) as book, book.transaction() as tx:
        for number in range(PAGE + 3):
            event = fulfillment_pb2.CarrierEvent(tracking_number=f"TRK-{number}")
            tell(tx, "ACC-1", str(number), event)

        first = read_page(tx, pull(TUESDAY), fulfillment_pb2.CarrierEvent)
        second = read_page(tx, pull(TUESDAY, first.pulled.cursor), fulfillment_pb2.CarrierEvent)

        assert (len(first.updates), len(second.updates)) == (PAGE, 3)
        assert instant_of(first.pulled.next_update_time) == TUESDAY
        assert not second.pulled.HasField("next_update_time")


@pytest.mark.parametrize("header", ["", "nonsense", "00-short-b7ad6b7169203331-01"])
def test_without_a_readable_header_a_trace_begins_here(header: str) -> None:
    span = span_from(header)

    assert (len(span.trace_id), span.parent_span_id) == (32, "")
    assert span_from(span.traceparent()).trace_id == span.trace_id


def test_a_request_without_a_head_is_named() -> None:
    with pytest.raises(BadCall, match="CarrierEvent has no call"):
        head_of(fulfillment_pb2.CarrierEvent())


def test_a_secret_is_read_where_its_reference_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_PASSWORD", "hush")
    (tmp_path / "token").write_text("quiet\n")
    profile = Profile.read(
        json.dumps({"password": "env:ERP_PASSWORD", "token": f"file:{tmp_path / 'token'}", "literal": "hush"})
    )

    assert (profile.secret("password"), profile.secret("token"), profile.secret("absent")) == ("hush", "quiet", "")
    with pytest.raises(BadCall, match="is no reference to a secret") as literal:
        profile.secret("literal")
    assert "hush" not in str(literal.value)


@pytest.mark.parametrize("reference", ["env:NOT_SET", "file:/not/there"])
def test_a_reference_that_points_nowhere_is_named(reference: str) -> None:
    with pytest.raises(BadCall, match=f"profile_json.password refers to {reference}"):
        Profile.read(json.dumps({"password": reference})).secret("password")
