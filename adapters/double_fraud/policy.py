"""How the fraud stand-in scores names, and what it advises at a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.double_fraud.settings import Settings
from crossdock.partner.fraud.v1 import fraud_pb2 as pb

REVIEW: Final = 91
REJECT: Final = 99


def score_of(names: Sequence[str], settings: Settings) -> int:
    """Answers the worst score of these names."""
    return max((_score(name, settings) for name in names), default=settings.default_score)


def advice_of(score: int, settings: Settings) -> pb.Advice:
    """Answers what is advised at a score."""
    if score >= settings.reject_score:
        return pb.ADVICE_REJECT
    return pb.ADVICE_REVIEW if score >= settings.review_score else pb.ADVICE_APPROVE


def _score(name: str, settings: Settings) -> int:
    if name in settings.scores:
        return settings.scores[name]
    if any(part in name for part in settings.reject_names):
        return REJECT
    return REVIEW if any(part in name for part in settings.review_names) else settings.default_score
