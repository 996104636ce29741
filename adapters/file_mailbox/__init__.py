"""Works with warehouses that exchange files: orders out, shipments, shorts and counts in."""

from __future__ import annotations
