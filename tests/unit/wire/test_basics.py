"""Instants, people and addresses are the same on both sides of the wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from crossdock.partner.call.v1 import call_pb2
from hub.kernel.errors import InvalidField
from hub.kernel.instant import FIRST, LAST
from hub.parties.model import Contact, PostalAddress
from hub.wire.address import contact_from_pb, contact_to_pb
from hub.wire.instants import instant_from_pb, instant_to_pb, optional_instant

TEXTS = st.text(max_size=20)
ADDRESSES = st.builds(
    PostalAddress,
    street_lines=st.lists(TEXTS, max_size=3).map(tuple),
    city=TEXTS,
    country_code=st.sampled_from(["NL", "DE"]),
    region_code=TEXTS,
    postal_code=TEXTS,
)
CONTACTS = st.builds(
    Contact,
    name=TEXTS,
    company=TEXTS,
    email=TEXTS,
    phone=TEXTS,
    address=st.none() | ADDRESSES,
    external_id=TEXTS,
)


@given(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)))
def test_instants_survive_the_wire(at: datetime) -> None:
    assert instant_from_pb(instant_to_pb(at)) == at


@pytest.mark.parametrize("seconds", [253402300800, -62135596801, -62135596800, 253402300799, -1])
def test_instants_beyond_the_calendar_are_refused(seconds: int) -> None:
    with pytest.raises(InvalidField) as refused:
        instant_from_pb(Timestamp(seconds=seconds), field="occur_time")

    assert refused.value.metadata == {"occur_time": "out of range"}


def test_an_absent_instant_is_none() -> None:
    assert optional_instant(call_pb2.Pulled(), "next_update_time") is None
    pulled = call_pb2.Pulled(next_update_time=Timestamp(seconds=1))
    assert optional_instant(pulled, "next_update_time") == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)


@given(CONTACTS)
def test_people_survive_the_wire(contact: Contact) -> None:
    assert contact_from_pb(contact_to_pb(contact)) == contact
