"""The profile of an account at the fraud stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How orders are scored, 0 (good) to 100 (bad).

    Attributes:
        default_score: Score of everybody else.
        scores: Score by exact name of the customer or recipient; goes before the lists.
        review_names: A name that contains one of these scores 91.
        reject_names: A name that contains one of these scores 99.
        review_score: From this score on a person should look.
        reject_score: From this score on the order should not go on.
    """

    default_score: int = 5
    scores: Mapping[str, int] = field(default_factory=dict)
    review_names: tuple[str, ...] = ("Review",)
    reject_names: tuple[str, ...] = ("Fraud",)
    review_score: int = 75
    reject_score: int = 95

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        scores = profile.section("scores")
        return cls(
            default_score=profile.whole("default_score", cls.default_score),
            scores={name: scores.whole(name, 0) for name in scores.names()},
            review_names=profile.texts("review_names", cls.review_names),
            reject_names=profile.texts("reject_names", cls.reject_names),
            review_score=profile.whole("review_score", cls.review_score),
            reject_score=profile.whole("reject_score", cls.reject_score),
        )
