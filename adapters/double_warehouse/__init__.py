"""A stand-in for a warehouse partner."""

from __future__ import annotations
