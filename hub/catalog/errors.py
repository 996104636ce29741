"""What the catalog refuses."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class UnknownSku(Refusal):
    """The SKU is not in the catalog; metadata names it."""

    reason = "UNKNOWN_SKU"
    status = Status.NOT_FOUND
