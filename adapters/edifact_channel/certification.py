"""The certification of the adapter: each point against a mailbox of its own."""

from __future__ import annotations

from typing import Final

from adapters.edifact_channel.adapter import build
from adapters.sdk.certification.buyers import Buyer, certification_of
from adapters.sdk.certification.points import Certification

_OURS: Final = "4098765000001:14"
_THEIRS: Final = "4012345000009:14"
_BODY: Final = ("BGM+220+P-1+9", "NAD+BY+4012345000009::9", "CUX+2:EUR:9", "LIN+1++MUG-BLUE:SA", "QTY+21:3", "UNS+S")


def _order(*body: str, count: int | None = None, control: int = 7) -> bytes:
    count = len(body) + 2 if count is None else count
    segments = ("UNH+1+ORDERS:D:96A:UN", *body, f"UNT+{count}+1")
    text = "".join(f"{segment}'" for segment in segments)
    return f"UNB+UNOY:3+{_THEIRS}+{_OURS}+260303:0730+{control}'{text}UNZ+1+{control}'".encode()


def _acknowledged(control: int, accepted: bool) -> bytes:  # noqa: FBT001 - as Buyer has it
    action = "7" if accepted else "4+12"
    return (
        f"UNB+UNOY:3+{_THEIRS}+{_OURS}+260303:1300+{500 + control}'UNH+1+CONTRL:D:3:UN'"
        f"UCI+{control}+{_OURS}+{_THEIRS}+{action}'UNT+3+1'UNZ+1+{500 + control}'"
    ).encode()


def certification() -> Certification:
    """Return the checks of all points."""
    return certification_of(
        Buyer(
            build=build,
            profile={"own": _OURS, "partner": _THEIRS},
            order=_order(*_BODY),
            newer=_order(*_BODY[:3], "FTX+ZZZ+++Novelty", *_BODY[3:]),
            broken=_order(*_BODY, count=99, control=8),
            response=b"ORDRSP",
            waiting=b"QTY+83:1",
            acknowledged=_acknowledged,
            rejection="UCI/4/12",
        )
    )
