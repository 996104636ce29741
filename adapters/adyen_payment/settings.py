"""The profile of an account at Adyen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile

_PREFIX: Final = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+")
_TEST: Final = "https://checkout-test.adyen.com"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        api_key: Key by which Adyen knows us.
        merchant_account: Merchant account that is charged.
        base_url: Where Adyen takes requests of the account.
        authorization_days: How long an authorization lives; Adyen does not say it.
    """

    api_key: str = field(repr=False)
    merchant_account: str
    base_url: str
    authorization_days: int = 7

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Read a profile. Raises BadCall naming a setting that is wrong or missing."""
        profile = Profile.read(profile_json)
        api_key = profile.secret("api_key")
        if not api_key:
            raise BadCall("profile_json.api_key is missing: a reference to Adyen's API key")
        return cls(
            api_key=api_key,
            merchant_account=merchant_account(profile),
            base_url=_base_url(profile.text("live_prefix", "")),
            authorization_days=profile.whole("authorization_days", cls.authorization_days, at_least=1),
        )


def merchant_account(profile: Profile) -> str:
    """Return the merchant account. Raises BadCall where it is missing."""
    name = profile.text("merchant_account", "")
    if not name:
        raise BadCall("profile_json.merchant_account is missing: the merchant account that is charged")
    return name


def ignored_events(profile: Profile) -> frozenset[str]:
    """Return the codes of events that an account ignores. Raises BadCall."""
    return frozenset(profile.texts("ignored_events"))


def hmac_keys(profile: Profile) -> Sequence[bytes]:
    """Return the keys that sign webhooks: the one, and the one before it while they change. Raises BadCall."""
    secrets = {name: profile.secret(name) for name in ("hmac_secret", "previous_hmac_secret")}
    return [_key(name, secret) for name, secret in secrets.items() if secret]


def _key(name: str, secret: str) -> bytes:
    try:
        return bytes.fromhex(secret)
    except ValueError:
        raise BadCall(f"profile_json.{name} does not lead to the hexadecimal key that Adyen shows") from None


def _base_url(live_prefix: str) -> str:
    if not live_prefix:
        return _TEST
    if not _PREFIX.fullmatch(live_prefix):
        raise BadCall("profile_json.live_prefix is no prefix of live addresses, for example 1797a841fbb37ca7-AdyenDemo")
    return f"https://{live_prefix}-checkout-live.adyenpayments.com/checkout"
