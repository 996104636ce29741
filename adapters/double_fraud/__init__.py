"""A stand-in for a fraud partner."""

from __future__ import annotations
