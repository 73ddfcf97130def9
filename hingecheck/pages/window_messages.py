"""Messages of a window -> only those that the pages' own script in the browser sends; the rest is dropped.

Streamlit takes further ones from every browser: to empty the caches that all windows share, or to write files into the
program's folder. No page here has a button for them.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

from hingecheck.serving.guard import App, Message, Receive, Scope, Send

_NEEDED = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
_OPERATION, _NEEDED_OPERATION = "backend_operation_request", "deferred_file"


class WindowMessages:
    """Drop the messages of windows that no page needs.

    Parameters
    ----------
    app : ASGI application
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        async def receive_needed() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_needed(message.get("bytes")):
                    return message

        await self._app(scope, receive_needed if scope["type"] == "websocket" else receive, send)


def is_needed(data: bytes | None) -> bool:
    """Whether a page sends this message; what is none is left to Streamlit, which closes the window."""
    try:
        message = BackMsg.FromString(data or b"")
    except DecodeError:
        return True
    kind = message.WhichOneof("type")
    if kind == _OPERATION:
        return bool(message.backend_operation_request.HasField(_NEEDED_OPERATION))
    return kind is None or kind in _NEEDED
