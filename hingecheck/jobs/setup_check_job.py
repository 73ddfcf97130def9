"""An image or clip from outside -> ticks of the set-up check, decoded in a process of its own.

What is damaged on purpose then ends that process and not the server, whose memory it never enters.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from hingecheck import child_process
from hingecheck.analysis import setup_check
from hingecheck.analysis.setup_check import Tick
from language.translate import _
from pose.io.image_codec import decode_image
from pose.io.video import VideoError

PICTURES = (".jpg", ".jpeg", ".png")
#: A check takes some seconds; a machine in use may be many times slower.
_WITHIN_S = 120.0
#: Address space: the model's networks are mapped several times, and a picture of the largest size takes 0.9 GB.
_MOST_BYTES = 8 << 30


class SetupCheckError(Exception):
    """The file cannot be checked; the message says what to do."""


def check(path: Path) -> tuple[Tick, ...]:
    """Check a picture (JPEG, PNG) or the first seconds of a clip.

    Raises
    ------
    SetupCheckError
        It cannot be read.
    """
    child = child_process.start(_serve, path)
    with child.requests, child.responses:
        try:
            ticks: tuple[Tick, ...] = child.responses.recv() if child.responses.poll(_WITHIN_S) else ()
        except (EOFError, OSError):
            ticks = ()
        child.process.kill()
    child.process.join()
    if not ticks:
        raise SetupCheckError(_unreadable(path))
    return ticks


def _unreadable(path: Path) -> str:
    if path.suffix.lower() in PICTURES:
        return _("This picture could not be read. Take it again, or save it as JPEG.")
    return _("This clip could not be read. Use the original file from the camera or phone.")


def _serve(requests: Connection, responses: Connection, path: Path) -> None:
    child_process.exit_with_parent(requests)
    _bound_memory()
    responses.send(_checked(path))


def _checked(path: Path) -> tuple[Tick, ...]:
    if path.suffix.lower() in PICTURES:
        image = decode_image(path.read_bytes())
        return () if image is None else setup_check.of_still(image)
    try:
        return setup_check.of_clip(path)
    except VideoError:
        return ()


def _bound_memory() -> None:
    with suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
