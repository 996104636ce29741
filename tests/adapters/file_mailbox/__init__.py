"""Proof of the file_mailbox adapter."""

from __future__ import annotations
