"""What mail servers report about mails that come back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.smtp_notice.bounces import read_bounces
from adapters.smtp_notice.mail import message_id, operation_in
from adapters.smtp_notice.settings import read_settings
from crossdock.partner.notice.v1 import notice_pb2 as pb
from tests.adapters.smtp_notice.serving import mailing

KEY = "0b0f1c86-3c2f-4b0e-9a51-2f6c0f4a9f01"
SHOP = read_settings('{"host": "127.0.0.1", "security": "none", "sender": "shop@example.com"}')
IDENTITY = message_id(SHOP, "MAIL", KEY)


def report(
    action: str = "failed", status: str = "5.1.1", identity: str = IDENTITY, kind: str = "message/rfc822"
) -> bytes:
    return f"""From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I am sorry to have to inform you.
--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; anna@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <anna@example.com>: no such user

--cut
Content-Type: {kind}

From: shop@example.com
Message-ID: <{identity}>
Subject: Your order

--cut--
""".replace("\n", "\r\n").encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_failed_is_a_bounce_of_its_operation(kind: str) -> None:
    reading = read_bounces(report(kind=kind), SHOP, "MAIL")

    (command,) = reading.commands
    assert (command.report_bounce.operation_key, command.report_bounce.code) == (KEY, "5.1.1")
    assert not reading.problems
    assert "anna" not in str(command)


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered"])
def test_a_mail_that_did_not_fail_is_no_bounce(action: str) -> None:
    reading = read_bounces(report(action), SHOP, "MAIL")

    assert (reading.commands, reading.problems) == ((), ())


def test_a_report_without_a_code_is_a_bounce_too() -> None:
    (command,) = read_bounces(report(status="unknown"), SHOP, "MAIL").commands

    assert command.report_bounce.code == "5.0.0"


@pytest.mark.parametrize(
    "content",
    [
        report(identity="someone@else.example"),
        report(identity=f"000000000000000000000000.{KEY}@example.com"),
        report(identity=message_id(SHOP, "OTHER", KEY)),
        b"From: anna@example.com\r\nSubject: Where is my order?\r\n\r\nHello",
        b"",
    ],
)
def test_what_is_about_no_mail_of_the_account_is_a_problem(content: bytes) -> None:
    reading = read_bounces(content, SHOP, "MAIL")

    assert reading.commands == ()
    assert len(reading.problems) == 1


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.integers(0, 800).map(lambda cut: report()[cut:] + report()[:cut])))
def test_any_bytes_are_read(content: bytes) -> None:
    reading = read_bounces(content, SHOP, "MAIL")

    assert all(command.report_bounce.operation_key == KEY for command in reading.commands)


def test_a_key_that_is_not_plain_is_not_told() -> None:
    assert operation_in(message_id(SHOP, "MAIL", "a b"), SHOP, "MAIL") is None
    assert operation_in(IDENTITY, SHOP, "MAIL") == KEY


async def test_a_report_is_read_over_the_wire_and_a_malformed_profile_is_a_problem() -> None:
    async with mailing() as served:
        request = pb.ReadDocumentRequest(call=served.call(), media_type="message/rfc822", content=report())
        bounced = await served.stub.ReadDocument(request)
        request.call.profile_json = '{"host": ""}'
        refused = await served.stub.ReadDocument(request)

    assert bounced.commands[0].report_bounce.operation_key == KEY
    assert refused.problems[0].field == "profile_json"
