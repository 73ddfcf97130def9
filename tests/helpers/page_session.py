"""A session with a page server without a browser: the messages of the server until the page is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

_WITHIN_S = 120


@contextmanager
def open_session(address: str, origin: str = "") -> Iterator[list[ForwardMsg]]:
    """Open the first page; its files are served until the block ends.

    Parameters
    ----------
    address : str
        http://host:port of the server.
    origin : str
        Of the requesting page, as a browser sends it. Default: the server's own.
    """
    with connect(f"{address.replace('http', 'ws', 1)}/_stcore/stream", origin=origin or address, proxy=None,
                 subprotocols=["streamlit"], max_size=None) as socket:
        start = BackMsg()
        start.rerun_script.query_string = ""
        socket.send(start.SerializeToString())
        messages: list[ForwardMsg] = []
        while not messages or not is_last(messages[-1]):
            message = ForwardMsg()
            message.ParseFromString(socket.recv(timeout=_WITHIN_S))
            messages.append(message)
        yield messages


def is_last(message: ForwardMsg) -> bool:
    """Whether the page is drawn with this message; one that is begun anew is not."""
    return message.WhichOneof("type") == "script_finished" \
        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
