"""The certification of the adapter: each point against a mailbox of its own."""

from __future__ import annotations

from typing import Final

from adapters.sdk.certification.buyers import Buyer, certification_of
from adapters.sdk.certification.points import Certification
from adapters.x12_channel.adapter import build

_ISA: Final = "ISA*00*          *00*          *ZZ*BUYER          *ZZ*CROSSDOCK      *260303*0730*U*00401*{:09}*0*T*>"
_BODY: Final = (
    "BEG*00*SA*P-1**20260303",
    "CUR*BY*EUR",
    "N1*BY*Buyer*92*17",
    "PO1*1*3*EA*12.50*WE*VN*MUG-BLUE",
    "CTT*1",
)


def _interchange(kind: str, group: str, body: tuple[str, ...], control: int = 21, count: int | None = None) -> bytes:
    count = len(body) + 2 if count is None else count
    head = (_ISA.format(control), f"GS*{group}*BUYER*CROSSDOCK*20260303*0730*{control}*X*004010", f"ST*{kind}*0001")
    end = (f"SE*{count}*0001", f"GE*1*{control}", f"IEA*1*{control:09}")
    return "".join(f"{segment}~" for segment in (*head, *body, *end)).encode()


def _acknowledged(control: int, accepted: bool) -> bytes:  # noqa: FBT001 - as Buyer has it
    code = "A" if accepted else "R"
    body = (f"AK1*PR*{control}", f"AK2*855*{control:04}", f"AK5*{code}", f"AK9*{code}*1*1*1")
    return _interchange("997", "FA", body, control=500 + control)


def certification() -> Certification:
    """Return the checks of all points."""
    return certification_of(
        Buyer(
            build=build,
            profile={"own": "ZZ:CROSSDOCK", "partner": "ZZ:BUYER", "sku_qualifiers": ["VN"]},
            order=_interchange("850", "PO", _BODY),
            newer=_interchange("850", "PO", (*_BODY[:3], "MTX**Novelty", *_BODY[3:])),
            broken=_interchange("850", "PO", _BODY, control=22, count=99),
            response=b"ST*855",
            waiting=b"ACK*IB*1",
            acknowledged=_acknowledged,
            rejection="AK5/R",
        )
    )
