"""A stand-in for a erp partner."""

from __future__ import annotations
