"""Adapters, each by its contract and nothing else."""

from __future__ import annotations
