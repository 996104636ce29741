"""Proof of the stock_files adapter."""

from __future__ import annotations
