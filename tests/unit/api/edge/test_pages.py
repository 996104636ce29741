"""Pages of listings."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.common.v1.refusal_pb2 import PageRequest
from hub.api import pages
from hub.kernel.errors import InvalidField


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_token_gives_back_the_instant_and_the_id_it_was_made_of(at: datetime, identity: UUID) -> None:
    rows, token = pages.cut([1, 2], 1, lambda _: (at, identity))

    assert rows == [1]
    assert pages.by_instant(PageRequest(page_token=token)) == (at, identity)


@given(st.text(), st.text())
def test_a_token_gives_back_any_names(first: str, second: str) -> None:
    _, token = pages.cut([1, 2], 1, lambda _: (first, second))

    assert pages.by_names(PageRequest(page_token=token)) == (first, second)


def test_the_last_page_has_no_token() -> None:
    assert pages.cut([1, 2], 2, lambda _: ("x",)) == ([1, 2], "")


@given(st.text())
def test_a_token_of_no_listing_is_refused_and_never_a_failure(token: str) -> None:
    for read in (pages.by_instant, pages.by_id):
        with suppress(InvalidField):
            assert read(PageRequest(page_token=token)) is None


@pytest.mark.parametrize(("asked", "given_"), [(0, 50), (1, 1), (500, 500), (501, 500)])
def test_a_page_has_fifty_rows_unless_said_and_five_hundred_at_most(asked: int, given_: int) -> None:
    assert pages.size_of(PageRequest(page_size=asked)) == given_


def test_a_page_of_fewer_than_no_rows_is_refused() -> None:
    with pytest.raises(InvalidField):
        pages.size_of(PageRequest(page_size=-1))
