"""Signatures: the examples that Standard Webhooks and RFC 9421 publish, and what a receiver verifies."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook as Receiver
from standardwebhooks.webhooks import WebhookVerificationError

from hub.webhooks.model import Signature
from hub.webhooks.policy.signatures import (
    Sending,
    headers,
    key_id,
    public_key,
    shown_secret,
    signature_base,
    signed,
)

OLD, NEW = b"o" * 32, b"n" * 32
SHARED_SECRET = base64.b64decode(
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
)
ED25519_SEED = base64.b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF")[-32:]
DATE = ("date", "Tue, 20 Apr 2021 02:07:55 GMT")


def now() -> int:
    """Seconds since 1970: receivers refuse what is five minutes old."""
    return int(datetime.now(UTC).timestamp())


def sending(body: bytes = b'{"type":"OrderPlaced"}', url: str = "https://shop.example:8443/hooks?a=1") -> Sending:
    """An attempt."""
    return Sending("0197f000-0000-7000-8000-000000000001", now(), url, body)


def test_the_example_of_standard_webhooks() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    attempt = Sending("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "https://x.example", b'{"test": 2432232314}')
    made = headers(Signature.STANDARD, [secret], attempt)
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_example_of_rfc_9421_for_hmac_sha256() -> None:
    parameters = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'
    covered = [DATE, ("@authority", "example.com"), ("content-type", "application/json")]
    made = signed(Signature.HTTP_HMAC_SHA256, SHARED_SECRET, signature_base(covered, parameters))
    assert base64.b64encode(made).decode() == "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8="


def test_the_example_of_rfc_9421_for_ed25519() -> None:
    names = '("date" "@method" "@path" "@authority" "content-type" "content-length")'
    parameters = f'{names};created=1618884473;keyid="test-key-ed25519"'
    covered = [
        *(DATE, ("@method", "POST"), ("@path", "/foo"), ("@authority", "example.com")),
        *(("content-type", "application/json"), ("content-length", "18")),
    ]
    made = signed(Signature.HTTP_ED25519, ED25519_SEED, signature_base(covered, parameters))
    expected = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    assert base64.b64encode(made).decode() == expected


@settings(max_examples=30)
@given(
    body=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])), secret=st.binary(min_size=32, max_size=32)
)
def test_the_library_of_standard_webhooks_accepts_what_is_sent(body: str, secret: bytes) -> None:
    made = dict(headers(Signature.STANDARD, [secret], sending(body.encode())))
    Receiver(shown_secret(secret)).verify(body, made, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Receiver(shown_secret(secret)).verify(body + " ", made, json_parse=False)


def test_a_secret_that_is_replaced_signs_beside_the_new_one() -> None:
    attempt = sending()
    made = dict(headers(Signature.HTTP_HMAC_SHA256, [NEW, OLD], attempt))
    for secret in (NEW, OLD):
        Receiver(shown_secret(secret)).verify(attempt.body, made)
    assert re.findall(r'keyid="([^"]*)"', made["signature-input"]) == [
        key_id(Signature.HTTP_HMAC_SHA256, secret) for secret in (NEW, OLD)
    ]


@settings(max_examples=30)
@given(body=st.binary(max_size=200), path=st.sampled_from(["", "/", "/hooks", "/hooks?a=1&b=", "/a%20b"]))
def test_who_has_the_public_key_verifies_what_was_addressed_and_said(body: bytes, path: str) -> None:
    attempt = sending(body, f"https://Shop.example{path}")
    made = headers(Signature.HTTP_ED25519, [NEW], attempt)
    assert "webhook-signature" not in made
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key(NEW).removeprefix("whpk_")))
    key.verify(_signature(made["signature"]), _base_as_a_receiver_builds_it(made, attempt))
    assert made["content-digest"] == f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _signature(header: str) -> bytes:
    return base64.b64decode(header.removeprefix("sig1=:").removesuffix(":"))


def _base_as_a_receiver_builds_it(made: object, attempt: Sending) -> bytes:
    assert isinstance(made, dict)
    parameters = made["signature-input"].removeprefix("sig1=")
    target = attempt.url.removeprefix("https://Shop.example")
    path, _, query = target.partition("?")
    known = {"@method": "POST", "@authority": "shop.example", "@path": path or "/", "@query": f"?{query}"} | made
    names = re.findall(r'"([^"]*)"', parameters.partition(")")[0])
    assert {"@method", "@authority", "@path", "content-digest", "webhook-id", "webhook-timestamp"} <= set(names)
    assert ("@query" in names) == bool(query)
    lines = [f'"{name}": {known[name]}' for name in names]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()
