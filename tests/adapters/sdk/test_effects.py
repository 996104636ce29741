"""The effect log shows what happened, and would show what happened twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.sdk.doubles.book import Book, reading
from adapters.sdk.doubles.effects import EffectLog, record_effect
from tests.adapters.doubles.serving import TUESDAY


def _record(book: Book, key: str, subject: str, account: str = "A") -> bool:
    with book.transaction() as tx:
        return record_effect(
            tx,
            operation_key=key,
            kind="warehouse.release",
            subject=subject,
            account_id=account,
            business_time=TUESDAY,
            detail={"units": 2},
        )


def test_an_effect_is_recorded_once_per_account_and_key(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    with closing(Book(file)) as book:
        recorded = [_record(book, "k1", "fo-1"), _record(book, "k1", "fo-1"), _record(book, "k1", "fo-1", "B")]

        assert recorded == [True, False, True]
        (effect, _) = EffectLog(file).effects("warehouse.release", operation_key="k1", subject="fo-1")
        assert (effect.account_id, effect.business_time, effect.detail) == ("A", TUESDAY, {"units": 2})
        assert EffectLog(file).effects("warehouse.cancel") == []


def test_a_doubled_effect_would_show(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    with closing(Book(file)) as book:
        _record(book, "k1", "fo-1")
        assert EffectLog(file).doubled() == []
        with book.transaction() as tx:
            tx.execute(
                "INSERT INTO effect (operation_key, kind, subject, account_id, business_time, detail)"
                " SELECT operation_key, kind, subject, account_id, business_time, detail FROM effect"
            )

    assert EffectLog(file).doubled() == [("A", "k1", "warehouse.release")]


def test_the_same_thing_done_under_two_keys_shows_by_its_subject(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    with closing(Book(file)) as book:
        _record(book, "k1", "fo-1")
        _record(book, "k2", "fo-1")

    assert EffectLog(file).doubled() == []
    assert EffectLog(file).doubled_subjects("warehouse.release") == [("A", "fo-1")]


@pytest.mark.parametrize("statement", ["DELETE FROM effect", "UPDATE effect SET kind = 'other'"])
def test_what_happened_cannot_be_changed_or_removed(tmp_path: Path, statement: str) -> None:
    with closing(Book(tmp_path / "double.sqlite")) as book:
        _record(book, "k1", "fo-1")

        with pytest.raises(sqlite3.IntegrityError, match="never"), book.transaction() as tx:
            tx.execute(statement)


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "double.sqlite"
    with closing(Book(file)) as book:
        with pytest.raises(sqlite3.IntegrityError):
            _fail_half_way(book)

        with reading(file) as connection:
            assert connection.execute("SELECT count(*) FROM operation").fetchone()[0] == 0


def _fail_half_way(book: Book) -> None:
    with book.transaction() as tx:
        tx.execute("INSERT INTO operation VALUES ('A', 'k', '', '')")
        tx.execute("INSERT INTO operation VALUES ('A', 'k', '', '')")


def test_the_log_of_a_stand_in_that_never_ran_is_empty(tmp_path: Path) -> None:
    log = EffectLog(tmp_path / "absent.sqlite")

    assert (log.effects(), log.doubled(), log.calls()) == ([], [], [])
