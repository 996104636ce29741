"""Pages of listings."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.orders.v1 import bulk_service_pb2, order_service_pb2
from hub.api.pages import Page
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
FIRST = order_service_pb2.ListOrdersRequest(sku="SHIRT")


def behind(token: str, sku: str = "SHIRT") -> Page:
    return Page(order_service_pb2.ListOrdersRequest(sku=sku, page=PageRequest(page_token=token)))


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_token_gives_back_the_instant_and_the_id_it_was_made_of(at: datetime, identity: UUID) -> None:
    rows, token = Page(FIRST, 1).cut([1, 2], lambda _: (at, identity))

    assert rows == [1]
    assert behind(token).by_instant() == (at, identity)


@given(NAMES, NAMES)
def test_a_token_gives_back_any_names(first: str, second: str) -> None:
    assert behind(Page(FIRST).token((first, second))).by_names() == (first, second)


def test_the_last_page_has_no_token() -> None:
    assert Page(FIRST, 2).cut([1, 2], lambda _: ("x",)) == ([1, 2], "")


@given(st.text(min_size=1))
def test_a_token_of_no_listing_is_refused(token: str) -> None:
    with pytest.raises(InvalidField) as refused:
        behind(token)

    assert refused.value.metadata.keys() == {"page.page_token"}


@pytest.mark.parametrize("part", ["\0", "0001-01-01T00:00:00+14:00", "2026-02-30T00:00:00Z", "1" * 30, "", "[" * 9999])
def test_a_key_that_no_row_has_is_refused(part: str) -> None:
    token = Page(FIRST).token((part,))

    for key in (Page.by_instant, Page.by_id, Page.by_number, Page.by_ledger_row):
        with pytest.raises(InvalidField) as refused:
            key(behind(token))
        assert refused.value.metadata.keys() == {"page.page_token"}


def test_a_token_is_good_for_its_filters_and_its_rpc_only() -> None:
    token = Page(FIRST).token((Instant(2026, 3, 3, tzinfo=UTC), uuid4()))
    other_rpc = bulk_service_pb2.CancelOrdersRequest(page=PageRequest(page_token=token))
    other_rpc.selection.sku = "SHIRT"

    assert behind(token).by_instant()
    with pytest.raises(InvalidField):
        behind(token, sku="BAG")
    with pytest.raises(InvalidField):
        Page(other_rpc)


def test_a_page_of_a_change_is_a_request_of_its_own() -> None:
    request = bulk_service_pb2.CancelOrdersRequest(request_id=str(uuid4()), reason="recalled")
    token = Page(request).token((Instant(2026, 3, 3, tzinfo=UTC), uuid4()))

    request.request_id, request.page.page_token, request.page.page_size = str(uuid4()), token, 7

    assert Page(request).by_instant()


@pytest.mark.parametrize(("asked", "size"), [(0, 50), (1, 1), (500, 500), (501, 500)])
def test_a_page_has_fifty_rows_unless_said_and_five_hundred_at_most(asked: int, size: int) -> None:
    assert Page(order_service_pb2.ListOrdersRequest(page=PageRequest(page_size=asked))).size == size


def test_a_page_of_fewer_than_no_rows_is_refused() -> None:
    with pytest.raises(InvalidField):
        Page(order_service_pb2.ListOrdersRequest(page=PageRequest(page_size=-1)))
