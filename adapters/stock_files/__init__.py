"""Warehouses that send stock as files: reads CSV and NDJSON."""

from __future__ import annotations
