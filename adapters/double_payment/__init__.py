"""A stand-in for a payment partner."""

from __future__ import annotations
