"""The syntax of UN/EDIFACT, for every adapter that speaks it: segments, envelopes, their faults, and writing."""

from __future__ import annotations
