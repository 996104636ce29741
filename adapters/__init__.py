"""Adapters: gRPC servicers of partner contracts. They share the contracts with the hub and nothing else."""

from __future__ import annotations
