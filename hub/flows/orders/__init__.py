"""Processes of orders: from placing to release, holds, cancellation."""
