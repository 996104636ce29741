"""Reads lists page by page, as far as is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from crossdock.common.v1 import refusal_pb2
from hub.app.client import HubClient

LARGEST_PAGE = 500

Limit = Annotated[int, typer.Option(min=1, help="Most rows to show.")]


def all_of(hub: HubClient, rpc: Callable[..., Any], request: Any, field: str, limit: int) -> list[Any]:
    """The elements of `field` of as many pages as hold `limit` of them."""
    found: list[Any] = []
    token = ""
    while len(found) < limit:
        size = min(LARGEST_PAGE, limit - len(found))
        request.page.CopyFrom(refusal_pb2.PageRequest(page_size=size, page_token=token))
        page = hub.call(rpc, request)
        found += getattr(page, field)
        token = page.next_page_token
        if not token:
            break
    return found[:limit]
