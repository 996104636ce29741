"""Processes of the customers' door: codes for guests, sessions of customers."""
