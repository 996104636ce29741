"""EasyPost as a transport system."""

from __future__ import annotations
