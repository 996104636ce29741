"""The profile of an account at Stripe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        api_key: Secret key by which Stripe knows us.
        authorization_days: How long an authorization lives where Stripe does not say it.
        ignored_events: Types of events that are no problem although nothing is done about them.
    """

    api_key: str = field(repr=False)
    authorization_days: int = 7
    ignored_events: frozenset[str] = frozenset()

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Read a profile. Raises BadCall naming a setting that is wrong or missing."""
        profile = Profile.read(profile_json)
        api_key = profile.secret("api_key")
        if not api_key:
            raise BadCall("profile_json.api_key is missing: a reference to Stripe's secret key")
        return cls(
            api_key=api_key,
            authorization_days=profile.whole("authorization_days", cls.authorization_days, at_least=1),
            ignored_events=ignored_events(profile),
        )


def ignored_events(profile: Profile) -> frozenset[str]:
    """Return the types of events that an account ignores. Raises BadCall."""
    return frozenset(profile.texts("ignored_events"))


def webhook_secrets(profile: Profile) -> Sequence[str]:
    """Return the secrets that sign webhooks: the one, and the one before it while they change. Raises BadCall."""
    secrets = (profile.secret("webhook_secret"), profile.secret("previous_webhook_secret"))
    return [secret for secret in secrets if secret]
