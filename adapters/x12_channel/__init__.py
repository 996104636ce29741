"""Trading partners that order by ANSI X12: reads purchase orders (850)."""

from __future__ import annotations
