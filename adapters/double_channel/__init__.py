"""A stand-in for a channel partner."""

from __future__ import annotations
