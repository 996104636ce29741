"""Writes to customers by e-mail, through a mail server that speaks SMTP."""

from __future__ import annotations
