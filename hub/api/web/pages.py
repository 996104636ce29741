"""What whoever looks at the HTTP port may read without a token: the contract, for programs and for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

_CONTRACT: Final = Path(__file__).parent / "contract"


class Page(Struct, frozen=True):
    """What is sent for a path: headers and content."""

    headers: Mapping[str, str]
    content: bytes


PAGES: Final[Mapping[str, Page]] = {
    "/openapi.json": Page({"content-type": "application/json"}, (_CONTRACT / "openapi.json").read_bytes()),
    "/docs": Page(
        {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        },
        (_CONTRACT / "reference.html").read_bytes(),
    ),
}
"""Path -> page; both are drawn from the contract by `tools.pages`."""
