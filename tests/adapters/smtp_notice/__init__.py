"""Proof of the smtp_notice adapter."""

from __future__ import annotations
