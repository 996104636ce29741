"""A stand-in for a customs partner."""

from __future__ import annotations
