"""Nothing leaves this computer: each use of the program where every connection but loopback is refused and counted.

An audit hook watches Python; a network namespace without a route, under strace where there is one, watches all code,
MediaPipe's C++ too. From 0.10.35 on MediaPipe looks a host up and sends usage figures: that is what this is for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.silence import attempts
from tests.helpers.silence.attempts import Attempts

USES = ("analyse", "live", "pages", "app", "streamlit", "share")
SCRIPT = Path(__file__).parent / "helpers" / "silence" / "uses.py"


@pytest.fixture(scope="module", params=USES)
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Attempts:
    return attempts.trace_command([str(SCRIPT), request.param], tmp_path_factory.mktemp(request.param) / "run")


def test_python_tries_no_connection_and_no_name(tried: Attempts) -> None:
    assert tried.watched > 0
    assert tried.python == ()


def test_native_code_tries_no_connection_and_no_name(tried: Attempts) -> None:
    if tried.native is None:
        pytest.skip("no network namespace here (unshare -n, or -r -n): only Python was watched")
    assert tried.native == ()


PYTHON_TRIES = {
    "connect": "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
    "datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'.', ('192.0.2.1', 9))",
    "look-up": "import urllib.request; urllib.request.urlopen('http://example.org', timeout=1)",
    "child": "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; "
             "socket.gethostbyname(\"example.org\")'])",
}
#: libc by itself: no audit event tells of it. struct sockaddr_in: family 2, port 80, 192.0.2.1.
NATIVE_TRIES = {
    "connect": "c.connect(c.socket(2, 1, 0), b'\\x02\\x00\\x00\\x50\\xc0\\x00\\x02\\x01' + bytes(8), 16)",
    "datagram": "c.sendto(c.socket(2, 2, 0), b'.', 1, 0, b'\\x02\\x00\\x00\\x50\\xc0\\x00\\x02\\x01' + bytes(8), 16)",
    "look-up": "c.getaddrinfo(b'example.org', None, None, ctypes.byref(ctypes.c_void_p()))",
}


@pytest.mark.parametrize("code", PYTHON_TRIES.values(), ids=PYTHON_TRIES)
def test_an_attempt_of_python_is_seen(code: str, tmp_path: Path) -> None:
    assert len(attempts.trace_command(["-c", code], tmp_path).python) == 1


@pytest.mark.parametrize("code", NATIVE_TRIES.values(), ids=NATIVE_TRIES)
def test_an_attempt_of_native_code_is_seen(code: str, tmp_path: Path) -> None:
    if attempts.namespace() is None:
        pytest.skip("no network namespace here (unshare -n, or -r -n)")
    attempt_list = attempts.trace_command(["-c", f"import ctypes; c = ctypes.CDLL(None); {code}"], tmp_path)
    assert attempt_list.native
    assert attempt_list.python == ()


def test_loopback_is_no_attempt(tmp_path: Path) -> None:
    code = "import socket; s = socket.create_server(('localhost', 0)); socket.create_connection(s.getsockname())"
    attempt_list = attempts.trace_command(["-c", code], tmp_path)
    assert (attempt_list.python, attempt_list.native or ()) == ((), ())
