"""A process of the program's own ends as it should, however the program ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hingecheck import child_process
from tests.helpers.killed import ROOT, is_running
from tests.helpers.waiting import until
from tests.helpers.worker_calls import print_and_fail

#: Starts a child, and ends or waits to be killed.
_PROGRAM = """
import sys, time
from pathlib import Path
from hingecheck import child_process
from tests.helpers.worker_calls import {work}
if __name__ == "__main__":
    child = child_process.start({work}, Path(sys.argv[1]))
    print(child.responses.recv(), flush=True)
    {then}
"""


def run(tmp_path: Path, work: str, then: str, is_killed: bool) -> None:
    """Run a program that starts a child, and ends by itself or by a kill."""
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM.format(work=work, then=then))
    with subprocess.Popen([sys.executable, str(program), str(tmp_path / "file")], stdout=subprocess.PIPE,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(0.5 if is_killed else 60)
        except subprocess.TimeoutExpired:
            assert is_killed, "it waits for its child for ever"
        finally:
            process.kill()


@pytest.mark.parametrize(("then", "is_killed"), [("pass", False), ("raise SystemExit(2)", False),
                                                 ("time.sleep(600)", True)], ids=["end", "exit", "kill"])
def test_a_child_does_what_it_has_to_do_when_its_program_ends(tmp_path: Path, then: str, is_killed: bool) -> None:
    run(tmp_path, "save_at_the_end", then, is_killed)
    until((tmp_path / "file").exists, "nothing was saved")


@pytest.mark.parametrize("is_killed", [False, True], ids=["end", "kill"])
def test_a_child_that_watches_ends_with_its_program(tmp_path: Path, is_killed: bool) -> None:
    run(tmp_path, "watch", "time.sleep(600)" if is_killed else "pass", is_killed)
    until(lambda: not is_running(int((tmp_path / "file").read_text())), "it goes on without its program")


def test_what_a_child_prints_goes_to_its_file_and_its_end_is_seen(tmp_path: Path) -> None:
    child = child_process.start(print_and_fail, output=tmp_path / "output.txt")
    with child.requests, child.responses, pytest.raises(EOFError):
        child.responses.recv()
    child.process.join()
    lines = (tmp_path / "output.txt").read_text().splitlines()
    assert (lines[0], lines[-1]) == ("printed", "ValueError: why it failed")
    assert child.process.exitcode == 1
