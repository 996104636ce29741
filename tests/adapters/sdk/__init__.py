"""What adapters are made with: host, memory, effect log, faults."""

from __future__ import annotations
