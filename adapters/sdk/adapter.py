"""What an adapter is to the process that serves it, and what it is handed when it is built.

What an adapter does is its own affair; how it is served stands in `adapters.sdk.host`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import grpc

from adapters.sdk.calls import Interceptor
from adapters.sdk.state.client import AdapterState
from adapters.sdk.webhooks.delivery import WebhookKind
from adapters.sdk.webhooks.inbox import HubInbox


@dataclass(frozen=True, kw_only=True)
class AdapterContext:
    """What an adapter's `build` is handed.

    Attributes:
        name: The adapter's name, as in the entry points.
        data_dir: Folder for files of stand-ins; an adapter to a real partner keeps nothing there.
        state: Memory at the hub, kept per account.
        inbox: Keeps documents at the hub.
    """

    name: str
    data_dir: Path
    state: AdapterState
    inbox: HubInbox


def _nothing_to_close() -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """A built adapter.

    Attributes:
        name: Its name, as in the entry points.
        service: Full name of the partner service it serves, for example crossdock.partner.tax.v1.TaxService.
        add: Adds its servicer to a server.
        interceptors: Interceptors it brings; each must leave other services alone.
        close: Frees what it holds; called once, after the last call was answered.
        webhooks: How it takes webhooks; None: it takes none.
    """

    name: str
    service: str
    add: Callable[[grpc.aio.Server], None]
    interceptors: Sequence[Interceptor] = ()
    close: Callable[[], None] = _nothing_to_close
    webhooks: WebhookKind | None = None
