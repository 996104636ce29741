"""Proof of the x12_channel adapter."""

from __future__ import annotations
