"""Test that `hingecheck app` on a port in use says so in words, and names a free one."""

from __future__ import annotations

import re
import socket

from typer.testing import CliRunner

from hingecheck.cli.main import app


def test_a_port_in_use_names_a_free_one() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        result = CliRunner().invoke(app, ["app", "--no-browser", "--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} is in use" in result.output
    free = re.search(r"--port (\d+)", result.output)
    assert free is not None
    assert int(free.group(1)) > port
