"""The profile of an account at EasyPost."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import text_map
from adapters.sdk.profile import Profile

LABEL_HOSTS: Final = ("easypost-files.s3.us-west-2.amazonaws.com", "easypost-files.s3-us-west-2.amazonaws.com")
"""Where the labels of its recorded answers lie."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        api_key: Key by which EasyPost knows us.
        carriers: EasyPost's name of the carrier by carrier service; without one EasyPost guesses by the number.
        services: EasyPost's name of the service by carrier service, where it has another, for example GroundAdvantage.
        label_hosts: Hosts on which EasyPost keeps labels; a label is taken from no other.
        customs_signer: Who certifies what is declared to customs; without one nobody does.
        followed: How long after it was made a tracker is still read.
        pause: Time between reading the last page of trackers and the first one again.
    """

    api_key: str = field(repr=False)
    carriers: Mapping[str, str]
    services: Mapping[str, str]
    label_hosts: Sequence[str]
    customs_signer: str
    followed: timedelta
    pause: timedelta

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Read a profile. Raises BadCall naming a setting that is wrong or missing."""
        profile = Profile.read(profile_json)
        api_key = profile.secret("api_key")
        if not api_key:
            raise BadCall("profile_json.api_key is missing: a reference to EasyPost's API key")
        return cls(
            api_key=api_key,
            carriers=text_map(profile, "carriers"),
            services=text_map(profile, "services"),
            label_hosts=profile.texts("label_hosts", LABEL_HOSTS),
            customs_signer=profile.text("customs_signer", ""),
            followed=timedelta(days=profile.whole("follow_days", 30, at_least=1)),
            pause=timedelta(minutes=profile.whole("pull_minutes", 15, at_least=1)),
        )

    def credential(self) -> Mapping[str, str]:
        """Return the header by which EasyPost knows us."""
        return {"authorization": "Basic " + base64.b64encode(f"{self.api_key}:".encode()).decode()}


def ignored_events(profile: Profile) -> frozenset[str]:
    """Return the names of events that an account ignores. Raises BadCall."""
    return frozenset(profile.texts("ignored_events"))


def webhook_secrets(profile: Profile) -> Sequence[str]:
    """Return the secrets that sign webhooks: the one, and the one before it while they change. Raises BadCall."""
    secrets = (profile.secret("webhook_secret"), profile.secret("previous_webhook_secret"))
    return [secret for secret in secrets if secret]
