"""The only place that builds things: command line, server, worker, clock, embedded PostgreSQL, adapter processes."""

from __future__ import annotations

import os

# Before gRPC is loaded: its handlers of forks may crash a child between fork and exec, as when PostgreSQL is started as
# another user. No child of this process uses gRPC without exec.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "false")
