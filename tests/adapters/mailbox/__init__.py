"""Proof of the mailbox transport."""

from __future__ import annotations
