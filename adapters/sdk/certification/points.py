"""The twelve points that an adapter to a real partner stands, and how they are run against a rehearsal of the partner.

An adapter has a certification under the entry points `crossdock.certifications`: for each point a check, or why the
partner's own contract exempts it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

from adapters.sdk.certification.suite import NotCertified

MOST_EXEMPTIONS: Final = 2


class Point(Enum):
    """What goes wrong with partners, and what must come of it."""

    TIME_OUTS = "A time-out before the work and after it: the repeat does not double"
    RATE_LIMITS = "429 with Retry-After in seconds, as a date, and missing"
    FAULTS = "500, 502, 503, a reset, half a body, a wrong content type: the outcome is asked for"
    REFUSALS = "4xx: never repeated, told with the partner's code"
    DUPLICATES = "A webhook twice, and twice at the same instant: one event"
    DISORDER = "A webhook before the answer of its call, late, out of order, for an unknown order"
    SIGNATURES = "A bad signature, an old one, two secrets during rotation, raw bytes kept"
    LOST_WEBHOOKS = "A webhook that never comes: its news is found by asking"
    CREDENTIALS = "A credential that ends in mid-flow"
    PARTIAL_SUCCESS = "Less is done than was asked: told as it is"
    EDI = "EDI: broken control counts, a repeated interchange, a missing acknowledgment"
    NEWER_VERSION = "An unknown value or field of a newer version breaks nothing"


@dataclass(frozen=True)
class Exempt:
    """Why a point cannot be asked of an adapter, in the words of the partner's contract."""

    reason: str


Check: TypeAlias = Callable[[], Awaitable[None]]
"""Raises NotCertified, or an error of a call that should not have failed."""
Certification: TypeAlias = Mapping[Point, Check | Exempt]


@dataclass(frozen=True)
class Certificate:
    """What an adapter stands: names of points, with the reason where it is exempt or failed."""

    passed: list[str] = field(default_factory=list)
    exempt: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing failed, and no more is exempt than may be."""
        return not self.failed and len(self.exempt) <= MOST_EXEMPTIONS


async def certify(certification: Certification) -> Certificate:
    """Return what the checks show; a point without a check has failed."""
    certificate = Certificate()
    for point in Point:
        check = certification.get(point)
        if check is None:
            certificate.failed[point.name] = "the certification has no check of it"
        elif isinstance(check, Exempt):
            certificate.exempt[point.name] = check.reason
        else:
            await _checked(certificate, point, check)
    return certificate


async def _checked(certificate: Certificate, point: Point, check: Check) -> None:
    try:
        await check()
    except NotCertified as failure:
        certificate.failed[point.name] = str(failure)
    except Exception as error:
        certificate.failed[point.name] = f"{type(error).__name__}: {error}"
    else:
        certificate.passed.append(point.name)
