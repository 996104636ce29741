"""The profile of an account at the payment stand-in."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How long an authorization lives (days), and how tokens begin that are always declined."""

    authorization_days: int = 7
    declined_tokens: tuple[str, ...] = ("tok_declined",)

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        return cls(
            authorization_days=profile.whole("authorization_days", cls.authorization_days, at_least=1),
            declined_tokens=profile.texts("declined_tokens", cls.declined_tokens),
        )
