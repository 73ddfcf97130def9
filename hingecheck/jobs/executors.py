"""Where videos are analysed: `concurrent.futures` executors over processes of this machine, or over a Dask cluster.

Both take a function and its arguments and outlive a worker that dies, so nothing else knows which of them it has.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from language.translate import _

Returned = TypeVar("Returned")

#: A call whose worker died is made once more; one that kills two workers is to blame itself.
_TRIES = 2
_CONNECT_S = 20
#: Time for a worker to stop after a request, seconds.
_TIDY_S = 5.0


class WorkerDiedError(Exception):
    """A worker process ended in the middle of a call, and so did the next one."""


class SchedulerError(Exception):
    """A cluster cannot be used; the message says what to do."""


class SurvivingPool(Executor):
    """Processes of this machine, each kept from call to call; one that dies takes its own call with it and no other.

    In a `ProcessPoolExecutor` a process that dies breaks the pool and every call in it; here each of the processes is a
    pool of its own.

    Parameters
    ----------
    processes : int
        How many calls run at once.
    """

    def __init__(self, processes: int) -> None:
        self._threads = ThreadPoolExecutor(processes, "hingecheck-pool")
        self._own = threading.local()
        self._pools: list[ProcessPoolExecutor] = []
        # Weakly: whoever asked for a result decides how long it is kept.
        self._calls: weakref.WeakSet[Future[Any]] = weakref.WeakSet()
        self._is_stopped = False

    def submit(self, fn: Callable[..., Returned], /, *args: Any, **kwargs: Any) -> Future[Returned]:
        """Run a function of a module in one of the processes; its arguments and result are pickled.

        The future raises what the function raises, or `WorkerDiedError`.
        """
        future = self._threads.submit(self._run, fn, *args, **kwargs)
        self._calls.add(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when their calls are done; with `cancel_futures`, in the middle of them."""
        if cancel_futures:
            self._interrupt()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for pool in self._pools:
            pool.shutdown(wait)

    def _interrupt(self) -> None:
        """Interrupt the calls; they have some seconds to leave nothing half done."""
        self._is_stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        wait([call for call in self._calls if call.running()], _TIDY_S)
        for child in multiprocessing.active_children():
            child.kill()

    def _run(self, fn: Callable[..., Returned], *args: Any, **kwargs: Any) -> Returned:
        for _try in range(_TRIES):
            try:
                return self._pool().submit(_Worker.call, fn, *args, **kwargs).result()
            except BrokenProcessPool:
                self._own.pool = None
                if self._is_stopped:
                    break
        raise WorkerDiedError(_("the process that analysed it ended twice without a message"))

    def _pool(self) -> ProcessPoolExecutor:
        """Return the calling thread's own pool of one process."""
        pool: ProcessPoolExecutor | None = getattr(self._own, "pool", None)
        if pool is None:
            # A forked process would inherit locks that threads of this one hold.
            pool = self._own.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _Worker.begin)
            self._pools.append(pool)
        return pool


class _Worker:
    """What a worker process does with the signals that end programs, and when its program ends without one."""

    is_working = False

    @classmethod
    def begin(cls) -> None:
        """Leave Ctrl-C to the process that started this one, and stop tidily when that one says so."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, cls.stop)
        threading.Thread(target=cls.end_with_parent, daemon=True).start()

    @classmethod
    def end_with_parent(cls) -> None:
        """Wait for the end of the process that started this one, also by a kill; then stop tidily, and at any rate."""
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(_TIDY_S)
            os._exit(1)

    @classmethod
    def stop(cls, *_: object) -> None:
        """Interrupt the call; without one, end at once."""
        if not cls.is_working:
            os._exit(1)
        raise KeyboardInterrupt

    @classmethod
    def call(cls, fn: Callable[..., Returned], *args: Any, **kwargs: Any) -> Returned:
        """Make a call that may be interrupted."""
        cls.is_working = True
        try:
            return fn(*args, **kwargs)
        finally:
            cls.is_working = False


@contextmanager
def opened(jobs: int, scheduler: str | None) -> Iterator[Executor]:
    """Open the executor: so many processes of this machine, or the Dask cluster at an address; closes it at the end.

    Raises
    ------
    SchedulerError
        Dask is not installed, or the cluster does not answer.
    """
    if scheduler is None:
        pool = SurvivingPool(jobs)
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        pool.shutdown()
        return
    with _cluster(scheduler) as client:
        executor = client.get_executor(pure=False, retries=_TRIES - 1)
        try:
            yield executor
        finally:
            # Also after Ctrl-C: what was not begun is taken back.
            executor.shutdown(wait=False)


@contextmanager
def _cluster(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise SchedulerError(_("A cluster needs Dask ({error}). Install hingecheck[cluster], or leave --scheduler "
                               "out.").format(error=error)) from error
    try:
        client = Client(scheduler, timeout=_CONNECT_S)
    except (OSError, ValueError) as error:
        raise SchedulerError(_("{scheduler}: no Dask scheduler answers there ({error}). Start one with \"dask "
                               "scheduler\" and workers with \"dask worker ADDRESS\", or check the address.").format(
                                 scheduler=scheduler, error=error)) from error
    with client:
        yield client
