"""Proof of the x12_transport adapter."""

from __future__ import annotations
