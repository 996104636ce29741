"""One mail per operation, whatever the mail server and the network do."""

from __future__ import annotations

import asyncio
import json
import ssl
import tomllib
from pathlib import Path
from typing import Any

import grpc
import pytest

import adapters
from adapters.smtp_notice.adapter import SERVICE
from crossdock.common.v1.address_pb2 import Contact
from crossdock.partner.call.v1 import call_pb2
from tests.adapters.smtp_notice.serving import PASSWORD, Post, let_in, mail_server, mailing, minutes_later, serving
from tools.certificates import Authority

DONE, REFUSED, NOT_FOUND = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_REFUSED, call_pb2.OUTCOME_NOT_FOUND


async def test_a_notice_is_one_mail_however_often_it_is_asked_for() -> None:
    async with mailing() as served:
        first = await served.stub.SendNotice(served.request())
        again = await served.stub.SendNotice(served.request(at=minutes_later(60)))
        found = await served.find()

        assert first.answer.outcome == DONE
        assert first == again
        assert found == first.answer
        assert served.post.only()["Message-ID"] == f"<{first.answer.partner_reference}>"
        assert served.post.only()["To"] == "Anna Canary <anna.canary@example.com>"


async def test_twins_are_one_mail() -> None:
    async with mailing() as served:
        outcomes = await asyncio.gather(
            *(served.stub.SendNotice(served.request()) for _ in range(8)), return_exceptions=True
        )

        assert len(served.post.mails) == 1
        assert {one.code() for one in outcomes if isinstance(one, grpc.aio.AioRpcError)} <= {grpc.StatusCode.ABORTED}
        assert (await served.stub.SendNotice(served.request())).answer.outcome == DONE


async def test_another_notice_under_a_used_key_is_refused() -> None:
    async with mailing() as served:
        await served.stub.SendNotice(served.request())
        other = await served.stub.SendNotice(served.request(order_id="order-2"))

        assert (other.answer.outcome, other.answer.code) == (REFUSED, "operation_key_reused")
        assert len(served.post.mails) == 1


async def test_a_notice_that_was_never_asked_for_is_not_found() -> None:
    async with mailing() as served:
        assert (await served.find("unknown")).outcome == NOT_FOUND


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_what_the_server_does_not_take_for_now_is_sent_by_the_repeat(step: str) -> None:
    async with mailing() as served:
        served.post.replies[step] = ["451 4.7.1 greylisted, anna.canary@example.com"]

        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await served.stub.SendNotice(served.request())
        found = await served.find()
        repeat = await served.stub.SendNotice(served.request())

        assert failure.value.code() is grpc.StatusCode.ABORTED
        assert "451 4.7.1" in str(failure.value.details())
        assert "anna" not in str(failure.value.details())
        assert found.outcome == NOT_FOUND
        assert repeat.answer.outcome == DONE
        assert len(served.post.mails) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_what_the_server_refuses_for_good_stays_refused_with_its_code(step: str) -> None:
    async with mailing() as served:
        served.post.replies[step] = ["550 5.1.1 no such user anna.canary@example.com"]

        first = await served.stub.SendNotice(served.request())
        again = await served.stub.SendNotice(served.request())
        found = await served.find()

        assert (first.answer.outcome, first.answer.code) == (REFUSED, "550 5.1.1")
        assert first.answer == again.answer == found
        assert "anna" not in str(first.answer)
        assert served.post.mails == []


async def test_a_server_that_is_down_has_done_nothing() -> None:
    async with mail_server(Post()) as port:
        pass
    async with serving(port, Post()) as served:
        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await served.stub.SendNotice(served.request())

        assert failure.value.code() is grpc.StatusCode.ABORTED
        assert (await served.find()).outcome == NOT_FOUND


async def test_a_mail_that_was_never_confirmed_is_sent_again_later_as_the_same_message() -> None:
    async with mailing() as served:
        served.post.breaks_after_mail = 1

        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await served.stub.SendNotice(served.request())
        soon = await served.find(at=minutes_later(1))
        later = await served.find(at=minutes_later(5))
        repeat = await served.stub.SendNotice(served.request(at=minutes_later(5)))

        assert failure.value.code() is grpc.StatusCode.INTERNAL
        assert soon.outcome == call_pb2.OUTCOME_UNSPECIFIED
        assert later.outcome == NOT_FOUND
        assert repeat.answer.outcome == DONE
        assert len({mail["Message-ID"] for _, mail in served.post.mails}) == 1


async def test_a_caller_who_hangs_up_finds_the_mail_sent() -> None:
    async with mailing() as served:
        served.post.arrived, served.post.proceeds = asyncio.Event(), asyncio.Event()
        call = served.stub.SendNotice(served.request())
        await served.post.arrived.wait()
        call.cancel()
        served.post.proceeds.set()
        await asyncio.gather(*served.servicer.sending)

        assert (await served.find()).outcome == DONE
        assert len(served.post.mails) == 1


@pytest.mark.parametrize(
    ("email", "code"), [("", "no_address"), ("anna", "bad_address"), ("a@b.example\r\nBcc: x@y.example", "bad_address")]
)
async def test_a_customer_without_an_address_is_refused(email: str, code: str) -> None:
    async with mailing() as served:
        response = await served.stub.SendNotice(served.request(recipient=Contact(name="Anna", email=email)))

        assert (response.answer.outcome, response.answer.code) == (REFUSED, code)
        assert served.post.mails == []


async def test_a_notice_of_a_newer_contract_is_refused() -> None:
    async with mailing() as served:
        served.profile["from_a_newer_version"] = {"a": [1]}
        response = await served.stub.SendNotice(served.request(template=9999))

        assert (response.answer.outcome, response.answer.code) == (REFUSED, "unknown_template")


@pytest.mark.parametrize("name", ["operation_key", "account_id", "business_time", "profile_json"])
async def test_a_call_without_its_head_does_nothing(name: str) -> None:
    async with mailing() as served:
        request = served.request()
        request.call.ClearField(name)

        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await served.stub.SendNotice(request)

        assert failure.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert served.memory.entries == {}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"host": ""}, "host"),
        ({"host": "mail.example"}, "security"),
        ({"security": "ssl"}, "security"),
        ({"sender": ""}, "sender"),
        ({"reply_to": "nobody"}, "reply_to"),
        ({"password": "horse"}, "password"),
        ({"time_zone": "Moon/Sea"}, "time_zone"),
        ({"templates": "../x"}, "templates"),
        ({"templates": "acme"}, "templates"),
    ],
)
async def test_a_profile_that_is_wrong_is_refused_by_its_setting(changes: dict[str, str], named: str) -> None:
    async with mailing(**changes) as served:
        with pytest.raises(grpc.aio.AioRpcError, match=f"profile_json.{named}"):
            await served.stub.SendNotice(served.request())


async def test_a_mail_goes_over_tls_with_a_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*authority.certified("mail"))
    monkeypatch.setenv("SHOP_MAIL", PASSWORD)
    profile = {"username": "shop", "password": "env:SHOP_MAIL", "ca_file": str(authority.file)}
    post = Post()
    login: dict[str, Any] = {"auth_required": True, "authenticator": let_in}

    servers = {
        "starttls": mail_server(post, tls_context=tls, require_starttls=True, **login),
        "tls": mail_server(post, tls=tls, auth_require_tls=False, **login),
    }
    for security, server in servers.items():
        async with server as port, serving(port, post, security=security, **profile) as served:
            assert (await served.stub.SendNotice(served.request(security))).answer.outcome == DONE

    assert len(post.mails) == 2


async def test_a_wrong_password_and_an_unknown_authority_send_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*authority.certified("mail"))
    monkeypatch.setenv("SHOP_MAIL", "wrong horse")
    wrong = {"username": "shop", "password": "env:SHOP_MAIL", "ca_file": str(authority.file)}
    post = Post()

    async with mail_server(post, tls_context=tls, authenticator=let_in) as port:
        for profile in (wrong, {}):
            async with serving(port, post, security="starttls", **profile) as served:
                with pytest.raises(grpc.aio.AioRpcError) as failure:
                    await served.stub.SendNotice(served.request())
                assert failure.value.code() is grpc.StatusCode.UNAUTHENTICATED
                assert "horse" not in str(failure.value.details())
                assert (await served.find()).outcome == NOT_FOUND

    assert post.mails == []


async def test_nothing_of_the_customer_is_kept() -> None:
    async with mailing() as served:
        await served.stub.SendNotice(served.request())

        assert not any(b"nna" in entry.value for entry in served.memory.entries.values())
        assert json.loads(next(iter(served.memory.entries.values())).value)["stage"] == "sent"


def test_the_quality_file_says_what_is_offered() -> None:
    quality = tomllib.loads((Path(adapters.__path__[0]) / "smtp_notice/quality.toml").read_text())

    assert quality["service"] == SERVICE.full_name
    named = [*quality["offered"], *quality["not_offered"]]
    assert sorted(named) == sorted(method.name for method in SERVICE.methods)
