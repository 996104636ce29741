"""VIES, the European Commission's look-up of VAT numbers in the registers of the states."""

from __future__ import annotations
