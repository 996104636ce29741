"""Buyers that order through the Peppol network."""

from __future__ import annotations
