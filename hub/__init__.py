"""Crossdock: an order-management integration hub, one package per room (see docs/architecture.md)."""
