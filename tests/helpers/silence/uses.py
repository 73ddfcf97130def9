"""`python uses.py USE`: one use of the program, in the current folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest
    from streamlit.testing.v1.element_tree import Button

ROOT = Path(__file__).resolve().parents[3]
_READY_S, _ANALYSED_S = 240, 240


def _clip() -> Path:
    """Write the first rep of a sample, which ends at 5.3 s, at ten frames a second."""
    from pose.io.video import VideoReader, VideoWriter

    target = Path("rep.mp4")
    with VideoReader(ROOT / "samples" / "hinge_neutral.mp4", end_s=6.5) as reader, VideoWriter(target, 10) as writer:
        for frame in reader:
            if frame.index % 3 == 0:
                writer.write(frame.image, frame.time_s)
    return target


def _hingecheck(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "hingecheck.cli.main", *arguments], check=True)


def analyse() -> None:
    """Write all files of a short video's report."""
    _hingecheck("analyse", str(_clip()), "--out", "out", "--save", "--exercise", "hip_hinge")
    assert Path("out/report.html").is_file()


def live() -> None:
    """Do a set in front of a video, spoken where the machine can, and save it."""
    _hingecheck("live", "--source", str(_clip()), "--no-window", "--person", "Ana")


def pages() -> None:
    """Upload a video on the page and analyse it; the set is then in the history."""
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    from hingecheck.history import queries
    from hingecheck.history.store import open_history

    page = AppTest.from_file(str(ROOT / "hingecheck" / "pages" / "page_script.py"), default_timeout=_READY_S).run()
    # Its own switch_page() knows pages that are files only; a page of st.navigation goes by the hash of its address.
    page._page_hash = calc_hash("analyse")
    page.run()
    page.file_uploader[0].set_value([("rep.mp4", _clip().read_bytes(), "video/mp4")])
    page.selectbox[0].set_value("hip_hinge")
    page.run()
    _button(page, "Analyse")[0].click().run()
    until = time.monotonic() + _ANALYSED_S
    while _button(page, "Stop"):
        assert time.monotonic() < until, "the video was not analysed in time"
        time.sleep(0.5)
        page.run()
    assert not page.exception, page.exception
    with open_history(Path(os.environ["HINGECHECK_DATA_DIR"]), "") as history:
        assert queries.count(history) == 1


def _button(page: AppTest, label: str) -> list[Button]:
    return [button for button in page.button if button.label == label]


def _serve(port: int, *command: str, folder: Path | None = None) -> None:
    """Start a server, open a page of it as a browser does, and then as a foreign web site does."""
    import pytest
    from websockets.exceptions import InvalidStatus

    from tests.helpers.page_server import wait_for
    from tests.helpers.page_session import open_session

    address, log = f"http://127.0.0.1:{port}", Path("server.log")
    with log.open("wb") as out:
        server = subprocess.Popen([sys.executable, "-m", *command], stdout=out, stderr=out, cwd=folder)
        try:
            wait_for(address, server, log, _READY_S)
            for path in ("", "/favicon.png"):
                with urllib.request.urlopen(address + path, timeout=_READY_S) as answer:
                    assert answer.status == 200
            with open_session(address) as messages:
                assert any(message.WhichOneof("type") == "delta" for message in messages)
            with pytest.raises(InvalidStatus, match="403"), open_session(address, origin="http://example.org"):
                pass
        finally:
            server.terminate()
            server.wait(_READY_S)


def app() -> None:
    """Serve a page with `hingecheck app`."""
    from tests.helpers.page_server import free_port

    port = free_port()
    _serve(port, "hingecheck.cli.main", "app", "--no-browser", "--port", str(port))


def share() -> None:
    """Have `hingecheck app --share` make its certificates, log somebody in and serve a page."""
    from hingecheck.history import accounts, people
    from hingecheck.history.access import Role
    from hingecheck.history.store import open_history
    from tests.helpers.shared_pages import PASSWORD, Visitor, shared

    data = Path("shared") / "data"
    with open_history(data, "") as history:
        accounts.add(history, "Wilma", Role.OWNER, PASSWORD, people.add(history, "Wilma").id)
    with shared(data.resolve()) as address:
        visitor = Visitor(address, data / "certificates" / "authority.crt")
        assert visitor.log_in("Wilma").status == 303
        with visitor.window() as window:
            assert "Logged in as Wilma" in window.text
        assert visitor.ask("/", Origin="http://example.org").status == 403


def streamlit() -> None:
    """Serve a page with `streamlit run app.py` in the project's folder, as documented."""
    from tests.helpers.page_server import free_port

    port = free_port()
    _serve(port, "streamlit", "run", "app.py", "--server.port", str(port), folder=ROOT)


USES: dict[str, Callable[[], None]] = {"analyse": analyse, "live": live, "pages": pages, "app": app,
                                       "streamlit": streamlit, "share": share}

if __name__ == "__main__":
    USES[sys.argv[1]]()
