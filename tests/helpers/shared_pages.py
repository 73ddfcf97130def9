"""Shared pages in a process of their own, and somebody who asks them: over https, with a login or without."""

from __future__ import annotations

import http.client
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from tests.helpers.app_server import ROOT, free_port
from tests.helpers.page_session import is_last

_START_S, _WITHIN_S = 240, 120
PASSWORD = "four words and more"


@contextmanager
def shared(data: Path, *options: str) -> Iterator[str]:
    """Run `hingecheck app --share` over a data folder that has an owner's account; give the pages' address."""
    port = free_port()
    environment = {**os.environ, "HINGECHECK_DATA_DIR": str(data), "HINGECHECK_EXERCISES_DIR": str(data / "none"),
                   "HINGECHECK_DATABASE_URL": "", "PYTHONPATH": str(ROOT), "TMPDIR": str(data.parent)}
    log = data.parent / f"shared-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "hingecheck.cli.main", "app", "--share", "--address", "127.0.0.1", "--port",
             str(port), "--no-browser", *options], env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            cwd=data.parent)
        try:
            until = time.monotonic() + _START_S
            while b"is open" not in log.read_bytes():
                if process.poll() is not None or time.monotonic() > until:
                    raise AssertionError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.2)
            yield f"https://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(120)


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Visitor:
    """Somebody with a browser of their own: keeps cookies as one does.

    Attributes
    ----------
    address : str
        Of the pages.
    authority : Path
        The certificate that this browser trusts.
    """

    address: str
    authority: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Make one request; redirects are not followed."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPSConnection(parts.netloc, timeout=_WITHIN_S, context=self._tls())
        body = None if form is None else urlencode(form)
        sent = {"Accept": "text/html", "Cookie": self._cookie(),
                **({"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address} if form else {}),
                **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method if form is None else "POST", path, body, sent)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def log_in(self, name: str, password: str = PASSWORD) -> Answer:
        """Log in with the form."""
        return self.ask("/login", form={"name": name, "password": password})

    @contextmanager
    def window(self, path: str = "", window_id: str = "") -> Iterator[Window]:
        """Open a page as a browser does; what it shows is served as long as this lasts."""
        protocols = ["streamlit", *((self.cookies.get("_streamlit_xsrf", "x"), window_id) if window_id else ())]
        with connect(f"{self.address.replace('http', 'ws', 1)}/_stcore/stream", origin=self.address, proxy=None,
                     subprotocols=protocols, max_size=None, ssl=self._tls(),
                     additional_headers={"Cookie": self._cookie()}) as socket:
            window = Window(socket)
            window.open(path)
            yield window

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)

    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


class Window:
    """A window of the pages without a browser: what the server sent to it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.messages: list[ForwardMsg] = []

    def open(self, path: str, *widgets: WidgetState) -> None:
        """Open a page, name and query, with values of widgets that somebody may have made up."""
        name, _, query = path.partition("?")
        request = BackMsg()
        request.rerun_script.query_string = query
        request.rerun_script.page_name = name
        request.rerun_script.widget_states.widgets.extend(widgets)
        self._send(request)

    def download(self, file_id: str) -> str:
        """Press a download button by the id of its file; return the file's address, "" where the server refuses."""
        request = BackMsg()
        request.backend_operation_request.request_id = "1"
        request.backend_operation_request.deferred_file.file_id = file_id
        self._socket.send(request.SerializeToString())
        message = ForwardMsg()
        while message.WhichOneof("type") != "backend_operation_response":
            message.ParseFromString(self._socket.recv(timeout=_WITHIN_S))
        return message.backend_operation_response.deferred_file.url

    def _send(self, request: BackMsg) -> None:
        self._socket.send(request.SerializeToString())
        self.messages = []
        while not self.messages or not is_last(self.messages[-1]):
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=_WITHIN_S))
            self.messages.append(message)

    @property
    def id(self) -> str:
        """The id that the server gave this window."""
        return next(message.new_session.initialize.session_id for message in self.messages
                    if message.WhichOneof("type") == "new_session")

    @property
    def text(self) -> str:
        """Everything that the server sent, as text."""
        return "\n".join(str(message) for message in self.messages)

    @property
    def widgets(self) -> dict[str, str]:
        """Ids of the widgets on the page, with their kinds."""
        widgets = {}
        for message in self.messages:
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind is not None and hasattr(getattr(element, kind), "id"):
                widgets[getattr(element, kind).id] = kind
        return widgets

    @property
    def downloads(self) -> list[str]:
        """Ids of the files behind the download buttons."""
        elements = [message.delta.new_element for message in self.messages]
        return [element.download_button.deferred_file_id for element in elements
                if element.HasField("download_button") and element.download_button.deferred_file_id]

    @property
    def pictures(self) -> list[str]:
        """Addresses of the pictures and videos on the page."""
        urls = []
        for message in self.messages:
            element = message.delta.new_element
            if element.HasField("video"):
                urls.append(element.video.url)
            urls += [image.url for image in element.imgs.imgs] if element.HasField("imgs") else []
        return [url for url in urls if url.startswith("/media/")]
