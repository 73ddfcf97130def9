"""Processes that are kept from call to call, and what happens when one dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hingecheck.jobs import executors
from hingecheck.jobs.executors import SchedulerError, SurvivingPool, WorkerDiedError
from tests.helpers.killed import ROOT, is_running
from tests.helpers.waiting import until
from tests.helpers.worker_calls import die_at, own_pid, raise_at, sleep_long


def test_calls_are_shared_by_processes_that_are_kept(tmp_path: Path) -> None:
    with executors.opened(2, None) as pool:
        done = [future.result() for future in [pool.submit(own_pid, number, tmp_path, 2) for number in range(8)]]
    assert [number for number, _ in done] == list(range(8))
    assert len({pid for _, pid in done}) == 2
    assert os.getpid() not in {pid for _, pid in done}


def test_a_process_that_dies_costs_nothing(tmp_path: Path) -> None:
    with executors.opened(2, None) as pool:
        calls = [pool.submit(die_at, number, 3, tmp_path, 1) for number in range(8)]
        assert [call.result() for call in calls] == list(range(8))
    assert len(list(tmp_path.iterdir())) == 1, "it did die"


def test_a_call_that_kills_twice_fails_alone(tmp_path: Path) -> None:
    with executors.opened(2, None) as pool:
        calls = [pool.submit(die_at, number, 3, tmp_path, 99) for number in range(8)]
        with pytest.raises(WorkerDiedError):
            calls[3].result()
        assert [call.result() for number, call in enumerate(calls) if number != 3] == [0, 1, 2, 4, 5, 6, 7]
    assert len(list(tmp_path.iterdir())) == 2


def test_an_error_is_the_call_s_own() -> None:
    with executors.opened(1, None) as pool:
        calls = [pool.submit(raise_at, number, 1) for number in range(3)]
        with pytest.raises(ValueError, match="1 is wrong"):
            calls[1].result()
        assert [calls[0].result(), calls[2].result()] == [0, 2]


def test_leaving_by_an_error_ends_the_processes_at_once(tmp_path: Path) -> None:
    began_s = time.monotonic()

    def leave(pool: SurvivingPool) -> None:
        call = pool.submit(sleep_long, tmp_path / "pid")
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            assert not call.done(), call.exception()
            time.sleep(0.02)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), executors.opened(1, None) as pool:
        leave(pool)
    assert time.monotonic() - began_s < 300
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


#: Starts the pool and a call in it, writes the call's process, and waits.
_PROGRAM = """
import sys, time
from pathlib import Path
from hingecheck.jobs import executors
from tests.helpers.worker_calls import {call}
if __name__ == "__main__":
    with executors.opened(1, None) as pool:
        pool.submit({call}, Path(sys.argv[1])).result()
        time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a killed process is waited for by its own handle")
@pytest.mark.parametrize("call", ["write_pid", "sleep_long"], ids=["idle", "working"])
def test_a_program_that_is_killed_takes_its_processes_along(tmp_path: Path, call: str) -> None:
    program, pid = tmp_path / "program.py", tmp_path / "pid"
    program.write_text(_PROGRAM.format(call=call))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(program), str(pid)], env=environment) as process:
        while not pid.exists() or not pid.read_text():
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(0.5)
        process.kill()
    until(lambda: not is_running(int(pid.read_text())), "the process goes on without its program")


def test_a_scheduler_that_does_not_answer_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(executors, "_CONNECT_S", 0.5)
    with pytest.raises(SchedulerError, match=r"no Dask scheduler answers there .* check the address"), \
            executors.opened(1, "tcp://127.0.0.1:9"):
        pass
