"""Processes of money: captures and refunds as partners settle them."""
