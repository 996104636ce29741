"""What servicers are made of where none of them is called."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Final, cast

from hub.api.deps import ServiceDeps

UNUSED_DEPS: Final = cast(ServiceDeps, SimpleNamespace(database=None, news=None, machine_now=None))
