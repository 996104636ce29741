"""Instruments and transactions of orders."""
