"""The syntax of ANSI X12, for every adapter that speaks it: segments, envelopes, their faults, and writing."""

from __future__ import annotations
