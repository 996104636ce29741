"""A bare server for the row `find`: it runs the statements of a look-up, prepared, and answers bytes made beforehand.

`python -m bench.looking URL` hears on its standard input a pickled mapping: the bytes of a request -> its LookUp. It
has no interceptor, no check, and makes nothing of the rows it reads.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import grpc
import uvloop
from msgspec import Struct
from psycopg import AsyncRawCursor
from psycopg_pool import AsyncConnectionPool

CONNECTIONS: Final = 8
SERVICE: Final = "crossdock.orders.v1.OrderService"


class LookUp(Struct, frozen=True):
    """What a request asks of the database, statement by statement with parameters, and what it is answered."""

    statements: Sequence[tuple[Any, Sequence[Any]]]
    answer: bytes


async def _serve(url: str, look_ups: Mapping[bytes, LookUp]) -> None:
    options = {"autocommit": True, "cursor_factory": AsyncRawCursor}
    async with AsyncConnectionPool(url, min_size=CONNECTIONS, max_size=CONNECTIONS, open=False, kwargs=options) as pool:

        async def look(request: bytes, _: Any) -> bytes:
            look_up = look_ups[request]
            async with pool.connection() as connection:
                for sql, parameters in look_up.statements:
                    await (await connection.execute(sql, parameters, prepare=True)).fetchall()
            return look_up.answer

        server = grpc.aio.server()
        handlers = {rpc: grpc.unary_unary_rpc_method_handler(look) for rpc in ("GetOrder", "ListOrders")}
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
        port = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        sys.stdout.write(json.dumps({"serving": f"127.0.0.1:{port}"}) + "\n")
        sys.stdout.flush()
        await server.wait_for_termination()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1], pickle.load(sys.stdin.buffer)))  # noqa: S301 (the row wrote it)
