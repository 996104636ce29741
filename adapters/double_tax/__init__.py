"""A stand-in for a tax partner."""

from __future__ import annotations
