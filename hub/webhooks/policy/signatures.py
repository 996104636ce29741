"""Signatures of what webhooks send: Standard Webhooks, and HTTP message signatures (RFC 9421) with RFC 9530's digest.

A secret is 32 random bytes, shown as `whsec_` and base64. While a secret is being replaced both sign, the newer first.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from hub.webhooks.model import Signature

SECRET_BYTES: Final = 32
_SECRET: Final = "whsec_"  # noqa: S105 (how secrets begin, not a secret)
_PUBLIC: Final = "whpk_"
_MEDIA_TYPE: Final = "application/json"
_ALGORITHMS: Final = {Signature.HTTP_HMAC_SHA256: "hmac-sha256", Signature.HTTP_ED25519: "ed25519"}


class Sending(Struct, frozen=True):
    """One attempt to send: the id of what is sent, the attempt's time in seconds since 1970, to which URL, the body."""

    message_id: str
    timestamp: int
    url: str
    body: bytes


def shown_secret(secret: bytes) -> str:
    """Return a secret as receivers configure it."""
    return _SECRET + _base64(secret)


def public_key(secret: bytes) -> str:
    """Return the public half of a secret that signs with Ed25519: `whpk_` and the base64 of its 32 bytes."""
    return _PUBLIC + _base64(_private(secret).public_key().public_bytes_raw())


def headers(signature: Signature, secrets: Sequence[bytes], sending: Sending) -> Mapping[str, str]:
    """Return the headers of an attempt, signed with each secret.

    Those of Standard Webhooks are there unless the receiver has the public key only; it could not verify them.
    """
    stated = {
        "content-type": _MEDIA_TYPE,
        "content-digest": f"sha-256=:{_base64(hashlib.sha256(sending.body).digest())}:",
        "webhook-id": sending.message_id,
        "webhook-timestamp": str(sending.timestamp),
    }
    if signature is not Signature.HTTP_ED25519:
        stated["webhook-signature"] = " ".join(f"v1,{_standard(secret, sending)}" for secret in secrets)
    if signature is not Signature.STANDARD:
        stated |= _http_signatures(signature, secrets, sending, stated)
    return stated


def signature_base(covered: Sequence[tuple[str, str]], parameters: str) -> bytes:
    """Return what RFC 9421 has signed: each covered component with its value, then the parameters (section 2.5)."""
    lines = [f'"{name}": {value}' for name, value in covered]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def signed(signature: Signature, secret: bytes, base: bytes) -> bytes:
    """Return the signature of a base by one of RFC 9421's algorithms."""
    if signature is Signature.HTTP_ED25519:
        return _private(secret).sign(base)
    return hmac.digest(secret, base, "sha256")


def key_id(signature: Signature, secret: bytes) -> str:
    """Return the name by which a receiver knows the key: the start of a SHA-256, of a public key if it has one."""
    known = public_key(secret).encode() if signature is Signature.HTTP_ED25519 else secret
    return hashlib.sha256(known).hexdigest()[:16]


def _standard(secret: bytes, sending: Sending) -> str:
    content = f"{sending.message_id}.{sending.timestamp}.".encode() + sending.body
    return _base64(hmac.digest(secret, content, "sha256"))


def _http_signatures(
    signature: Signature, secrets: Sequence[bytes], sending: Sending, stated: Mapping[str, str]
) -> dict[str, str]:
    covered = _covered(sending, stated)
    names = " ".join(f'"{name}"' for name, _ in covered)
    inputs, signatures = [], []
    for number, secret in enumerate(secrets, 1):
        parameters = (
            f'({names});created={sending.timestamp};keyid="{key_id(signature, secret)}";alg="{_ALGORITHMS[signature]}"'
        )
        inputs.append(f"sig{number}={parameters}")
        made = signed(signature, secret, signature_base(covered, parameters))
        signatures.append(f"sig{number}=:{_base64(made)}:")
    return {"signature-input": ", ".join(inputs), "signature": ", ".join(signatures)}


def _covered(sending: Sending, stated: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is signed: how the request is addressed, its digest and all that Standard Webhooks states."""
    url = urlsplit(sending.url)
    parts = [("@method", "POST"), ("@authority", _authority(sending.url)), ("@path", url.path or "/")]
    query = [("@query", f"?{url.query}")] if url.query else []
    named = ("content-type", "content-digest", "webhook-id", "webhook-timestamp")
    return [*parts, *query, *((name, stated[name]) for name in named)]


def _authority(url: str) -> str:
    """Return the host in small letters, with its port where that is not the scheme's own (RFC 9421, section 2.2.3)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return host if parts.port in {None, usual} else f"{host}:{parts.port}"


def _private(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
