"""A bare server of gRPC to compare with: it answers unary calls with nothing, and holds streams open.

`python -m tools.attack.sink` says in one line of JSON where it serves.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import grpc
import uvloop

from tools.attack.floods import SUBSCRIBE

if TYPE_CHECKING:
    GenericHandler = grpc.GenericRpcHandler[Any, Any]
else:
    GenericHandler = grpc.GenericRpcHandler


class Sink(GenericHandler):
    """Takes every call of anybody, whole, as a server does that is written without a thought of floods."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Return the handler of a call."""
        if handler_call_details.method == SUBSCRIBE:
            return grpc.unary_stream_rpc_method_handler(_hold)
        return grpc.unary_unary_rpc_method_handler(_answer)


async def _answer(_: bytes, __: Any) -> bytes:
    return b""


async def _hold(_: bytes, __: Any) -> Any:
    await asyncio.Event().wait()
    yield b""


async def _serve() -> None:
    server = grpc.aio.server(options=(("grpc.max_receive_message_length", -1),))
    server.add_generic_rpc_handlers((Sink(),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(json.dumps({"serving": f"127.0.0.1:{port}", "pid": os.getpid()}) + "\n")
    sys.stdout.flush()
    await server.wait_for_termination()


if __name__ == "__main__":
    uvloop.run(_serve())
