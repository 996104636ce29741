"""A stand-in for a register of VAT numbers."""

from __future__ import annotations
