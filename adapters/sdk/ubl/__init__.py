"""Documents of UBL 2.1, read from XML and written to it."""

from __future__ import annotations
