"""Tokens of an identity provider: what is signed by a published key, for this hub, and in time; nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from hub.api.edge.access import Access, Grant, access_of, token_sha256
from hub.api.edge.bearer import Identity, Verified, Verifier
from hub.api.edge.principals import Principal
from hub.kernel.errors import Unauthenticated
from hub.kernel.scope import Role, Scope

ISSUER: Final = "https://id.example"
NOW: Final = 1_000_000.0
KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


def published(**keys: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """A JWK set."""
    made = [
        json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key())) | {"kid": name, "alg": "ES256"}
        for name, key in keys.items()
    ]
    return {"keys": made}


def verifier(clock: Callable[[], float] = lambda: NOW) -> Verifier:
    made = Verifier(ISSUER, "crossdock", now=clock)
    made.set_keys(published(first=KEY))
    return made


def token(key: Any = KEY, *, algorithm: str = "ES256", kid: str = "first", **claims: Any) -> str:
    """A token of the provider; a claim that is None is left out."""
    stated = {"iss": ISSUER, "aud": "crossdock", "sub": "web-shop", "exp": NOW + 60} | claims
    return jwt.encode(
        {name: value for name, value in stated.items() if value is not None}, key, algorithm, headers={"kid": kid}
    )


def test_a_sound_token_shows_its_subject_until_it_expires() -> None:
    assert verifier().verify(token()) == Verified(Identity(ISSUER, "web-shop"), NOW + 90)


def test_a_token_that_names_no_key_is_of_the_only_one_there_is() -> None:
    known = verifier()
    assert known.verify(token(kid="")).identity.subject == "web-shop"

    known.set_keys(published(first=KEY, second=OTHER))

    with pytest.raises(Unauthenticated, match="not published"):
        known.verify(token(kid=""))


SHARED: Final = b"a secret of thirty-two bytes or more"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (token(aud="other"), "another audience"),
        (token(aud=None), "aud"),
        (token(iss="https://evil.example"), "another issuer"),
        (token(sub=None), "sub"),
        (token(exp=None), "exp"),
        (token(exp="soon"), "cannot be read"),
        (token(nbf=NOW + 3600), "not valid yet"),
        (token(OTHER), "signature is wrong"),
        (token(kid="second"), "key is not published"),
        (token(None, algorithm="none"), "algorithm is not taken"),
        (token(SHARED, algorithm="HS256"), "algorithm is not taken"),
        (token(sub="x" * 9000), "too long"),
        (f"{token().rpartition('.')[0]}.{token(OTHER).rpartition('.')[2]}", "signature is wrong"),
        (token()[:-1], "cannot be read"),  # a length that no base64 has
        ("eyJ.e.x", "cannot be read"),
    ],
)
def test_any_other_token_is_refused_with_its_reason(made: str, why: str) -> None:
    with pytest.raises(Unauthenticated, match=why):
        verifier().verify(made)


def test_keys_that_are_no_longer_published_count_no_more() -> None:
    rotating = verifier()
    before, after = token(), token(OTHER, kid="second")
    with pytest.raises(Unauthenticated):
        rotating.verify(after)
    seen = [rotating.unknown_key]

    rotating.set_keys(published(second=OTHER))
    seen.append(rotating.unknown_key)

    assert seen == [True, False]
    assert rotating.verify(after).identity.subject == "web-shop"
    with pytest.raises(Unauthenticated):
        rotating.verify(before)


def test_what_is_no_set_of_keys_leaves_those_known_before() -> None:
    known = verifier()
    with pytest.raises(ValueError, match="keys"):
        known.set_keys({"error": "down"})

    assert known.verify(token()).until == NOW + 90


def test_an_identity_may_what_its_principal_may_and_no_longer_than_its_token_holds() -> None:
    clock = [NOW]
    shop = Principal("shop", frozenset({Role.CHANNEL}), identities=(Identity(ISSUER, "web-shop"),))
    access = access_of([shop], verifier=verifier(lambda: clock[0]), now=lambda: clock[0])
    header = f"Bearer {token()}"

    assert access.scope_of(header) == Scope("shop", frozenset({Role.CHANNEL}))
    with pytest.raises(Unauthenticated, match="No principal has the identity other"):
        access.scope_of(f"Bearer {token(sub='other')}")
    clock[0] += 91
    with pytest.raises(Unauthenticated, match="expired"):
        access.scope_of(header)


def test_headers_are_judged_anew_once_keys_changed() -> None:
    known = verifier()
    shop = Principal("shop", frozenset({Role.CHANNEL}), identities=(Identity(ISSUER, "web-shop"),))
    access, header = access_of([shop], verifier=known, now=lambda: NOW), f"Bearer {token()}"
    access.scope_of(header)

    known.set_keys(published(second=OTHER))
    access.forget_headers()

    with pytest.raises(Unauthenticated):
        access.scope_of(header)


def test_without_a_provider_a_signed_token_is_one_like_any_other() -> None:
    made = token()
    scope = Scope("shop", frozenset({Role.CHANNEL}))

    assert Access({token_sha256(made): Grant(scope)}).scope_of(f"Bearer {made}") is scope
    with pytest.raises(Unauthenticated, match="not known"):
        Access({}).scope_of(f"Bearer {made}")
