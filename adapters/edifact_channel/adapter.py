"""Serves the channel contract for partners that order by EDIFACT: documents are read, nothing is answered yet.

What a document means stands in `adapters.edifact_channel.mapping`.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from adapters.edifact_channel.mapping import read_document
from adapters.edifact_channel.settings import read_settings
from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import BadCall, Context
from adapters.sdk.documents.reading import unread
from adapters.sdk.documents.working import read_apart
from crossdock.partner.channel.v1 import channel_pb2 as pb
from crossdock.partner.channel.v1.channel_pb2_grpc import ChannelServiceServicer, add_ChannelServiceServicer_to_server

SERVICE: Final = "crossdock.partner.channel.v1.ChannelService"


class EdifactChannel(ChannelServiceServicer):
    """Buyers as a sales channel. Keeps nothing between calls."""

    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Read orders; a malformed profile is a problem of the document, which can be read again after the fix."""
        try:
            settings = read_settings(request.call.profile_json)
        except BadCall as error:
            return pb.ReadDocumentResponse(problems=unread("profile", "profile_json", str(error)).problems)
        reading = await read_apart(
            partial(read_document, request.content, request.media_type, settings, request.channel_id)
        )
        return pb.ReadDocumentResponse(commands=reading.commands, problems=reading.problems)


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    add = partial(add_ChannelServiceServicer_to_server, EdifactChannel())
    return Adapter(name=context.name, service=SERVICE, add=add)
