"""Carriers that speak ANSI X12: load tenders out, responses and shipment status in."""

from __future__ import annotations
