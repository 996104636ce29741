"""The profile of an account at the stand-in for a register of VAT numbers."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which numbers are not in force; all others are."""

    not_in_force: tuple[str, ...] = ()

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        return cls(not_in_force=Profile.read(profile_json).texts("not_in_force", cls.not_in_force))
