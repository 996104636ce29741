"""Buyers that order by UN/EDIFACT."""

from __future__ import annotations
