"""Bearer tokens of an identity provider (OpenID Connect): signed by a key that it publishes, for this hub, and in time.

Only signatures by published keys count: neither unsigned tokens nor those signed with a shared secret. The library is
loaded where a token is verified: commands name identities without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from hub.kernel.errors import Unauthenticated

if TYPE_CHECKING:
    import jwt

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS: Final = 30
"""How far clocks may differ."""
_LONGEST: Final = 8192
_REFUSED: Final = "The token is not one that this hub takes"


class Identity(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whom a provider knows: its issuer, and the subject of its tokens."""

    issuer: str
    subject: str


class Verified(Struct, frozen=True):
    """Whom a token shows, and until when, in seconds since 1970."""

    identity: Identity
    until: float


class Verifier:
    """Verifies the tokens of one provider for one audience; `now` is the machine's clock in seconds since 1970."""

    def __init__(self, issuer: str, audience: str, *, now: Callable[[], float]) -> None:
        self.issuer, self._audience, self._now = issuer, audience, now
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self.unknown_key = False
        """Whether a token came whose key is not known: the provider may have a new one."""

    def set_keys(self, published: Mapping[str, Any]) -> None:
        """Take the keys that the provider publishes (a JWK set) instead of those known before. Raises ValueError."""
        import jwt  # noqa: PLC0415 (heavy)

        try:
            keys = jwt.PyJWKSet.from_dict(dict(published)).keys
        except jwt.PyJWTError as error:
            raise ValueError(str(error)) from error
        self._keys = {key.key_id or "": key for key in keys}
        self.unknown_key = False

    def verify(self, token: str) -> Verified:
        """Return whom a token shows; raises Unauthenticated."""
        import jwt  # noqa: PLC0415 (heavy)

        if len(token) > _LONGEST:
            raise Unauthenticated(f"{_REFUSED}: it is too long.")
        try:
            key = self._key(str(jwt.get_unverified_header(token).get("kid", "")))
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._audience,
                issuer=self.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"], "verify_exp": False, "verify_nbf": False},
            )
            identity = Identity(self.issuer, str(claims["sub"]))
            until, begins = float(claims["exp"]) + LEEWAY_SECONDS, float(claims.get("nbf", 0)) - LEEWAY_SECONDS
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise Unauthenticated(f"{_REFUSED}: {_why(error)}.") from None
        if begins > self._now():
            raise Unauthenticated(f"{_REFUSED}: it is not valid yet.")
        return Verified(identity, until)

    def _key(self, key_id: str) -> jwt.PyJWK:
        """Return a published key; a token that names none is of the only one there is (OpenID Connect Core, 10.1)."""
        import jwt  # noqa: PLC0415 (heavy)

        if not key_id and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        if (key := self._keys.get(key_id)) is None:
            self.unknown_key = True
            raise jwt.InvalidKeyError("its key is not published; if the provider has a new one, call again in a moment")
        return key


def is_signed(token: str) -> bool:
    """Whether a bearer token has the form of a signed one: three parts, a header of JSON first."""
    return token.startswith("ey") and token.count(".") == 2


def _why(error: Exception) -> str:
    import jwt  # noqa: PLC0415 (heavy)

    reasons = {
        jwt.InvalidAudienceError: "it is for another audience",
        jwt.InvalidIssuerError: "it is of another issuer",
        jwt.InvalidAlgorithmError: "its algorithm is not taken",
        jwt.InvalidSignatureError: "its signature is wrong",
        jwt.MissingRequiredClaimError: str(error),
        jwt.InvalidKeyError: str(error),
    }
    return next((why for kind, why in reasons.items() if isinstance(error, kind)), "it cannot be read")
