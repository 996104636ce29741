"""Invoices and credit notes as documents, for customers and bookkeepers that take files."""

from __future__ import annotations
