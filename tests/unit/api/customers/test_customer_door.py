"""Guests who open a session with a code, and what ends it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import grpc
import pytest

from crossdock.customers.v1 import customers_pb2 as pb
from hub.api.edge.sessions import scope_of, token_of
from tests.unit.api.customers.doors import ask, asking, mailed, new_id, opening, refused, session_of
from tests.unit.api.serving import Served, placing

REFUSED = (grpc.StatusCode.PERMISSION_DENIED, "CUSTOMER_CODE_REFUSED")
ENDED = (grpc.StatusCode.UNAUTHENTICATED, "CUSTOMER_SESSION_ENDED")


async def test_a_guest_opens_a_session_with_the_code_that_was_mailed(hub: Served) -> None:
    placed = await hub.place()
    await hub.world.settle()

    session = await session_of(hub)

    assert (session.order_id, session.party_id) == (placed.order_id, "")
    tracked = await hub.rpc("CustomerService.TrackOrder", session.token)(pb.TrackOrderRequest(order_id=placed.order_id))
    assert (tracked.order.order_id, tracked.order.order_number) == (placed.order_id, "1001")
    listed = await hub.rpc("CustomerService.ListOwnOrders", session.token)(pb.ListOwnOrdersRequest())
    assert [one.order_id for one in listed.orders] == [placed.order_id]


async def test_whoever_asks_is_told_the_same_and_only_the_buyer_is_written(hub: Served) -> None:
    await hub.place()
    await hub.place(reference="1002")
    await hub.world.settle()

    told = {
        await ask(hub, number, email)
        for number, email in (
            ("1001", "ada@example.com"),
            ("1001", " ADA@example.com "),
            ("1001", "eve@example.com"),
            ("1003", "ada@example.com"),
            ("1002", "ada@example.org"),
        )
    }
    told.add(await ask(hub, channel_id="WEB-DE"))

    assert told == {b""}
    assert len(await mailed(hub)) == 2


async def test_a_repeat_of_a_request_sends_one_code_and_opens_one_session(hub: Served) -> None:
    await hub.place()
    request = asking()
    for _ in range(2):
        await hub.rpc("CustomerService.AskForCode", "shop-page")(request)
    (code,) = await mailed(hub)
    trying = opening(code)

    first, second = [await hub.rpc("CustomerService.OpenSession", "shop-page")(trying) for _ in range(2)]

    assert first == second
    rows = await hub.world.rows("SELECT session_id FROM customer_session")
    assert len(rows) == 1
    assert (await refused(hub.rpc("CustomerService.OpenSession", "shop-page"), opening(code)))[:2] == REFUSED


async def test_five_wrong_tries_lock_a_code_and_another_one_opens(hub: Served) -> None:
    await hub.place()
    await ask(hub)
    (code,) = await mailed(hub)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    open_session = hub.rpc("CustomerService.OpenSession", "shop-page")

    told = {await refused(open_session, opening(wrong)) for _ in range(5)} | {
        await refused(open_session, opening(code))
    }

    assert [one[:2] for one in told] == [REFUSED]
    (row,) = await hub.world.rows("SELECT wrong_tries, used_at FROM customer_code")
    assert (row["wrong_tries"], row["used_at"]) == (5, None)
    assert (await session_of(hub)).token


async def test_guesses_by_another_address_do_not_lock_a_code(hub: Served) -> None:
    await hub.place()
    await ask(hub)
    (code,) = await mailed(hub)
    open_session = hub.rpc("CustomerService.OpenSession", "shop-page")

    for _ in range(9):
        assert (await refused(open_session, opening(code, email="eve@example.com")))[:2] == REFUSED

    assert (await open_session(opening(code))).session.token


async def test_what_is_named_beside_a_code_must_be_right(hub: Served) -> None:
    await hub.place()
    await hub.place(reference="1002")
    await ask(hub)
    (code,) = await mailed(hub)
    open_session = hub.rpc("CustomerService.OpenSession", "shop-page")

    told = [
        await refused(open_session, request)
        for request in (opening(code, channel_id="WEB-DE"), opening(code, "1002"), opening(code, "9999"))
    ]

    assert [one[:2] for one in told] == [REFUSED] * 3
    assert (await open_session(opening(code))).session.token


async def test_only_the_last_code_opens_and_not_for_long(hub: Served) -> None:
    await hub.place()
    await ask(hub)
    await ask(hub)
    first, second = await mailed(hub)
    open_session = hub.rpc("CustomerService.OpenSession", "shop-page")

    assert (await refused(open_session, opening(first)))[:2] == REFUSED
    await hub.world.advance(timedelta(minutes=15))
    assert (await refused(open_session, opening(second)))[:2] == REFUSED


async def test_an_order_is_sent_five_codes_within_an_hour(hub: Served) -> None:
    await hub.place()

    told = {await ask(hub) for _ in range(7)}

    assert (told, len(await mailed(hub))) == ({b""}, 5)
    await hub.world.advance(timedelta(hours=1))
    await ask(hub)
    assert len(await mailed(hub)) == 6


async def test_the_code_is_kept_nowhere(hub: Served) -> None:
    await hub.place()
    await ask(hub)
    (code,) = await mailed(hub)

    kept = await hub.world.rows("SELECT payload::text AS text FROM message UNION SELECT outcome::text FROM request")

    assert not [row for row in kept if row["text"] and code in row["text"]]
    assert not [row for row in await hub.world.rows("SELECT * FROM customer_code") if code in str(row)]


async def test_asking_changes_nothing_of_the_order(hub: Served) -> None:
    placed = await hub.place()
    await hub.world.settle()
    before = await hub.world.rows("SELECT * FROM orders")

    await session_of(hub)

    assert await hub.world.rows("SELECT * FROM orders") == before
    assert "code" not in str(await hub.world.events(UUID(placed.order_id))).lower()


async def test_a_session_ends_by_itself_and_by_its_customer_and_by_staff(hub: Served) -> None:
    placed = await hub.place()
    track = pb.TrackOrderRequest(order_id=placed.order_id)
    by_time, by_staff, by_customer = [await session_of(hub) for _ in range(3)]
    own = pb.EndSessionsRequest(request_id=new_id())

    ended = await hub.rpc("CustomerService.EndSessions", by_customer.token)(own)

    assert ended.ended_count == 3
    for session in (by_time, by_staff, by_customer):
        assert (await refused(hub.rpc("CustomerService.TrackOrder", session.token), track))[:2] == ENDED

    issued = pb.IssueSessionRequest(request_id=new_id(), order_id=placed.order_id)
    session = (await hub.rpc("CustomerService.IssueSession", "service")(issued)).session
    await hub.rpc("CustomerService.TrackOrder", session.token)(track)
    ending = pb.EndSessionsRequest(request_id=new_id(), order_id=placed.order_id)
    assert (await hub.rpc("CustomerService.EndSessions", "service")(ending)).ended_count == 1
    assert (await refused(hub.rpc("CustomerService.TrackOrder", session.token), track))[:2] == ENDED

    again = pb.IssueSessionRequest(request_id=new_id(), order_id=placed.order_id)
    session = (await hub.rpc("CustomerService.IssueSession", "channel")(again)).session
    await hub.world.advance(timedelta(minutes=30))
    assert (await refused(hub.rpc("CustomerService.TrackOrder", session.token), track))[:2] == ENDED


async def test_a_session_for_a_party_sees_what_the_same_person_bought(hub: Served) -> None:
    first = await hub.place()
    second = await hub.place(reference="1002")
    request = placing("1003")
    request.order.customer.email = "eve@example.com"
    other = (await hub.rpc("OrderService.PlaceOrder", "channel")(request)).order
    issued = pb.IssueSessionRequest(request_id=new_id(), party_id=first.customer_party_id)

    session = (await hub.rpc("CustomerService.IssueSession", "channel")(issued)).session

    listed = await hub.rpc("CustomerService.ListOwnOrders", session.token)(pb.ListOwnOrdersRequest())
    assert {one.order_id for one in listed.orders} == {first.order_id, second.order_id}
    told = await refused(
        hub.rpc("CustomerService.TrackOrder", session.token), pb.TrackOrderRequest(order_id=other.order_id)
    )
    assert told[:2] == (grpc.StatusCode.NOT_FOUND, "CUSTOMER_NOT_FOUND")


@pytest.mark.parametrize("principal", ["other-shop", "other-seller"])
async def test_a_shop_opens_and_ends_no_session_for_an_order_of_another(hub: Served, principal: str) -> None:
    placed = await hub.place()
    for subject in ({"order_id": placed.order_id}, {"party_id": placed.customer_party_id}):
        issued = pb.IssueSessionRequest(request_id=new_id(), **subject)
        told = await refused(hub.rpc("CustomerService.IssueSession", principal), issued)
        assert told[0] is grpc.StatusCode.NOT_FOUND
        ending = pb.EndSessionsRequest(request_id=new_id(), **subject)
        assert (await refused(hub.rpc("CustomerService.EndSessions", principal), ending))[
            0
        ] is grpc.StatusCode.NOT_FOUND


async def test_who_is_bound_to_no_order_is_shown_none(hub: Served) -> None:
    placed = await hub.place()
    track = pb.TrackOrderRequest(order_id=placed.order_id)

    told = await refused(hub.rpc("CustomerService.TrackOrder", "shop-page"), track)

    assert told[:2] == (grpc.StatusCode.NOT_FOUND, "CUSTOMER_NOT_FOUND")
    assert await refused(hub.rpc("CustomerService.TrackOrder", "admin"), track) == told
    assert (await refused(hub.rpc("CustomerService.TrackOrder", "service"), track))[0] is (
        grpc.StatusCode.PERMISSION_DENIED
    )


async def test_a_token_is_what_was_sealed(hub: Served) -> None:
    placed = await hub.place()
    session, key = await session_of(hub), hub.world.surroundings.secrets.session_tokens
    scope = scope_of(key, session.token)

    assert scope is not None
    assert (scope.channels, scope.nodes, scope.sellers, scope.unlimited) == (
        frozenset(),
        frozenset(),
        frozenset(),
        False,
    )
    assert [str(one) for one in scope.orders or ()] == [placed.order_id]
    for bent in (
        session.token[:-2] + "AA",
        session.token[:10] + "A" + session.token[11:],
        session.token + "AAAA",
        "cdc_",
    ):
        assert scope_of(key, bent) is None or bent == session.token
    assert scope.session is not None
    forged = token_of(b"another key", scope.session, order_id=next(iter(scope.orders or ())), party_id=None)
    assert scope_of(key, forged) is None


async def test_who_tries_too_often_waits_and_then_even_the_right_code_is_not_read(hub: Served) -> None:
    await hub.place()
    await ask(hub)
    (code,) = await mailed(hub)
    open_session = hub.rpc("CustomerService.OpenSession", "shop-page")
    for _ in range(299):
        assert (await refused(open_session, opening("0", "none")))[:2] == REFUSED

    told = await refused(open_session, opening(code))

    assert told[:2] == (grpc.StatusCode.RESOURCE_EXHAUSTED, "CUSTOMER_DOOR_THROTTLED")
