"""The stand-ins: what each does, what it gets wrong on order, and the certification they all pass."""

from __future__ import annotations
