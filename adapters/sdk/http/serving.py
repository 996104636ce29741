"""Stands before an adapter that calls a partner: tells the hub each failure as its contract says."""

from __future__ import annotations

from typing import Any

import grpc

from adapters.sdk.calls import BadCall, Behavior, Context, Continuation, Handler, Interceptor, method_of, wrapped
from adapters.sdk.http.failures import PartnerFailure, trailers_of


class PartnerFailures(Interceptor):
    """The interceptor of one service; calls of other services pass it untouched."""

    def __init__(self, service: str) -> None:
        self._service = service

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Handler:
        """Return the handler, with its failures told as statuses."""
        handler = await continuation(handler_call_details)
        if method_of(handler_call_details.method)[0] != self._service:
            return handler
        return wrapped(handler, _told)


def _told(behavior: Behavior) -> Behavior:
    async def serve(request: Any, context: Context) -> Any:
        try:
            return await behavior(request, context)
        except BadCall as error:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        except PartnerFailure as failure:
            await context.abort(failure.code, str(failure), trailers_of(failure))

    return serve
