"""A stand-in for a transport partner."""

from __future__ import annotations
