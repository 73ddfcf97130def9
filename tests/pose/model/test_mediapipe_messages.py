"""What MediaPipe writes stays away from the person, also where Ctrl-C comes in the middle of a call."""

from __future__ import annotations

import os
import signal
import time

import pytest

from pose.model.mediapipe_messages import quietly


def test_messages_are_captured_and_the_result_returned(capfd: pytest.CaptureFixture[str]) -> None:
    assert quietly(lambda: os.write(2, b"INFO: delegate")) == 14
    os.write(2, b"ours")
    assert capfd.readouterr().err == "ours"


def test_messages_of_a_call_that_fails_are_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        os.write(2, b"E0000 no such file")
        raise RuntimeError("no such file")

    with pytest.raises(RuntimeError, match="no such file"):
        quietly(fail)
    assert capfd.readouterr().err == "E0000 no such file"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupted_call_writes_nothing_afterwards(capfd: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)  # Python raises it in the main thread, which waits
        time.sleep(0.3)
        os.write(2, b"INFO: delegate")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            quietly(interrupted)
    finally:
        signal.signal(signal.SIGINT, before)
    time.sleep(0.5)
    os.write(2, b"Stopped.")
    assert capfd.readouterr().err == "Stopped."
