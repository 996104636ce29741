"""What flows and queries do with totes and with the codes of returns: load and save them, page through them."""

from __future__ import annotations

from hub.totes.store import add_codes, codes, load, page, save, under_way

__all__ = ["add_codes", "codes", "load", "page", "save", "under_way"]
