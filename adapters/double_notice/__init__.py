"""A stand-in for a notice partner."""

from __future__ import annotations
