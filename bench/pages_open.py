"""How long does the Live page take to open? python -m bench.pages_open [--times 6] (Linux, Chromium)

From the press on *Live* on the first page to the button that starts the camera, in a new window each time; the first
is the first window of a new server. Prints seconds: the first, and the median of the others.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests.helpers import app_server


def opened_after_s(browser: Browser, address: str) -> float:
    """Open the Live page in a new window; return the seconds."""
    page = app_server.open_page(browser, address)
    app_server.wait_until_drawn(page)
    since_s = time.perf_counter()
    page.get_by_role("link", name="Live", exact=True).first.click()
    page.frame_locator("iframe[title*=webrtc]").get_by_text("Start the camera").first.wait_for()
    took_s = time.perf_counter() - since_s
    page.context.close()
    return took_s


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=6)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        for name in ("data", "exercises"):
            (Path(folder) / name).mkdir()
        with app_server.server(Path(folder) / "data", Path(folder) / "exercises") as address, \
                app_server.browser() as browser:
            first_s, *others_s = [opened_after_s(browser, address) for _ in range(times)]
    print(f"Live opens: the first time after {first_s:.2f} s, then after {median(others_s):.2f} s (median)")


if __name__ == "__main__":
    main()
