"""What only HTTP can get wrong."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class PathUnknown(Refusal):
    """No rpc is served at this path of the HTTP port."""

    reason = "PATH_UNKNOWN"
    status = Status.NOT_FOUND
    kept = False


class MethodNotAllowed(Refusal):
    """The path is served for other HTTP methods; metadata names them."""

    reason = "METHOD_NOT_ALLOWED"
    status = Status.INVALID_ARGUMENT
    kept = False


class MediaTypeUnsupported(Refusal):
    """The body has a media type, a character set or an encoding that the rpc does not take over HTTP."""

    reason = "MEDIA_TYPE_UNSUPPORTED"
    status = Status.INVALID_ARGUMENT
    kept = False
