"""What adapters are made with: the process that serves them, the hub's memory, and what stand-ins need."""

from __future__ import annotations
