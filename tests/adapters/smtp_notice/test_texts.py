"""What customers read: every notice in every language, values written as theirs, nothing that breaks mail or HTML."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import grpc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.smtp_notice.addresses import address_of
from adapters.smtp_notice.mail import mail_of
from adapters.smtp_notice.rendering import rendered
from adapters.smtp_notice.settings import read_settings
from adapters.smtp_notice.templates import PACKAGE, text_for
from crossdock.common.v1.address_pb2 import Contact
from crossdock.partner.notice.v1 import notice_pb2 as pb
from tests.adapters.smtp_notice.serving import TUESDAY, VALUES, mailing

LANGUAGES = sorted(file.stem for file in PACKAGE.iterdir())
TEMPLATES = [name.removeprefix("NOTICE_TEMPLATE_") for name in pb.NoticeTemplate.keys()[1:]]
SHOP = read_settings('{"host": "127.0.0.1", "security": "none", "sender": "shop@example.com"}')
HEADERS = ["Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "MIME-Version", "Message-ID"]


def test_the_languages_are_these() -> None:
    assert LANGUAGES == ["de", "en", "fr", "nl"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_notice_of_the_contract_has_a_text_in_every_language(template: str, language: str) -> None:
    text = text_for(template, language, "en", [])
    notice = rendered(text, {**VALUES, "recipient_name": "Anna", "sender_name": "Shop"}, SHOP.time_zone)

    assert notice.language == language
    assert "#1001" in notice.subject
    for shown in (notice.text, notice.html):
        assert "Anna" in shown
        assert "Shop" in shown
        assert "{" not in shown
    assert ("T1" in notice.text) == (template == "ORDER_SHIPPED")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_all_languages_of_a_notice_have_the_same_blanks(template: str, language: str) -> None:
    text, english = text_for(template, language, "en", []), text_for(template, "en", "en", [])

    def blanks(text: Any) -> list[str]:
        whole = " ".join([text.greeting, text.subject, *text.paragraphs, text.link[1], text.closing])
        return sorted(word.split("}")[0] for word in whole.split("{")[1:])

    assert blanks(text) == blanks(english)


@pytest.mark.parametrize(
    ("language", "total", "day"),
    [
        ("de", "1.234,50\xa0€", "4. März 2026"),
        ("de-AT", "€\xa01.234,50", "4. März 2026"),
        ("nl", "€\xa01.234,50", "4 maart 2026"),
        ("fr", "1\u202f234,50\xa0€", "4 mars 2026"),
        ("en-US", "€1,234.50", "March 4, 2026"),
        ("ja", "€1,234.50", "4 March 2026"),
        ("not a language", "€1,234.50", "4 March 2026"),
        ("", "€1,234.50", "4 March 2026"),
    ],
)
async def test_amounts_and_dates_are_written_as_the_language_does(language: str, total: str, day: str) -> None:
    async with mailing(time_zone="Europe/Amsterdam", language="en-GB") as served:
        await served.stub.SendNotice(served.request(language_code=language))
        body = served.post.only().get_body(("plain",))

    assert body is not None
    assert total in body.get_content()
    assert day in body.get_content()


async def test_values_are_text_in_html_too() -> None:
    values = {**VALUES, "carrier_name": "<script>alert('x')</script>", "tracking_url": "javascript:alert(1)"}
    async with mailing() as served:
        request = served.request(template=pb.NOTICE_TEMPLATE_ORDER_SHIPPED, values=values)
        request.recipient.name = 'Anna "<b>" & Co'
        await served.stub.SendNotice(request)
        body = served.post.only().get_body(("html",))

    assert body is not None
    html = body.get_content()
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert "javascript" not in html


async def test_no_value_writes_a_header_and_controls_are_left_out() -> None:
    wicked = "#1\r\nBcc: victim@example.com\r\n\r\n\x1b[31mhello\x00"
    async with mailing(sender_name="Shop\r\nX-Evil: 1") as served:
        recipient = Contact(name="Anna\r\nBcc: v@example.com", email="anna@example.com")
        request = served.request(recipient=recipient, values={**VALUES, "channel_reference": wicked})
        await served.stub.SendNotice(request)
        ((envelope, mail),) = served.post.mails

    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert envelope.rcpt_tos == ["anna@example.com"]
    content = (envelope.original_content or b"").decode()
    assert "\x1b" not in content
    assert "\0" not in content


@pytest.mark.parametrize("template", TEMPLATES)
@settings(max_examples=15, deadline=None)
@given(value=st.text(max_size=60))
def test_any_value_makes_a_mail_of_the_same_headers(template: str, value: str) -> None:
    recipient, values = address_of("anna@example.com"), dict.fromkeys([*VALUES, "recipient_name"], value)
    assert recipient is not None
    notice = rendered(text_for(template, "de", "en", []), values, SHOP.time_zone)
    content = mail_of(notice, SHOP, recipient, value, "id@example.com", TUESDAY).as_bytes()

    assert sorted(message_from_bytes(content, policy=default).keys()) == [*HEADERS, "Subject", "To"]
    assert "<script" not in notice.html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@example.com", "anna@example.com"),
        (" anna@Example.COM ", "anna@example.com"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("änna@example.com", "änna@example.com"),
        ("o'brien+tag@example.com", "o'brien+tag@example.com"),
        ("", None),
        ("anna", None),
        ("@example.com", None),
        ("anna@", None),
        ("a@b@example.com", None),
        ("anna@exa mple.com", None),
        ("anna <anna@example.com>", None),
        ("a,b@example.com", None),
        ("a..b@example.com", None),
        ("a\r\n@example.com", None),
        ("anna@example.com\r\nBcc: x", None),
        ("anna@-.example", None),
        ("a" * 65 + "@example.com", None),
        ("anna@" + "a." * 130 + "com", None),
    ],
)
def test_an_address_is_one_that_a_mail_server_takes(text: str, address: str | None) -> None:
    found = address_of(text)

    assert (None if found is None else str(found)) == address


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_an_address_or_none(text: str) -> None:
    address = address_of(text + "@example.com")

    assert address is None or not set(str(address)) & set(" \r\n\0<>,")


async def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    anna = Contact(name="Änna", email="änna@bücher.example")
    async with mailing() as served:
        response = await served.stub.SendNotice(served.request(recipient=anna))
        ((envelope, mail),) = served.post.mails

    assert response.answer.code == ""
    assert envelope.rcpt_tos == ["änna@xn--bcher-kva.example"]
    assert mail["To"] == "Änna <änna@xn--bcher-kva.example>"


async def test_texts_of_the_account_and_its_channel_come_before_those_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSDOCK_NOTICE_TEMPLATES", str(tmp_path))
    own = (
        'greeting = "Hoi {recipient_name}"\nclosing = "Doei"\n[ORDER_CONFIRMED]\nsubject = "%s"\nparagraphs = ["Hup"]\n'
    )
    (tmp_path / "acme/APP").mkdir(parents=True)
    (tmp_path / "acme/nl.toml").write_text(own % "Van ons")
    (tmp_path / "acme/APP/nl.toml").write_text(own % "Uit de app")

    async with mailing(templates="acme") as served:
        for channel_id, key in (("WEB", "1"), ("APP", "2")):
            await served.stub.SendNotice(served.request(key, channel_id=channel_id, language_code="nl"))
        shipped = pb.NOTICE_TEMPLATE_ORDER_SHIPPED
        await served.stub.SendNotice(served.request("3", template=shipped, language_code="nl"))
        subjects = [mail["Subject"] for _, mail in served.post.mails]

    assert subjects == ["Van ons", "Uit de app", "Uw bestelling #1001 is onderweg"]


@pytest.mark.parametrize("content", ["greeting = ", '[ORDER_CONFIRMED]\nsubject = "x"', "\xff"])
async def test_texts_of_the_account_that_are_malformed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setenv("CROSSDOCK_NOTICE_TEMPLATES", str(tmp_path))
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/en.toml").write_text(content, encoding="latin-1")

    async with mailing(templates="acme") as served:
        with pytest.raises(grpc.aio.AioRpcError, match=r"en\.toml") as failure:
            await served.stub.SendNotice(served.request())

    assert failure.value.code() is grpc.StatusCode.INVALID_ARGUMENT
