"""An image or clip from outside -> ticks of the set-up check, decoded in a process of its own.

What is damaged on purpose then ends that process and not the server, whose memory it never enters. The process is this
module, run with the file's path; it prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from hingecheck.analysis import setup_check
from hingecheck.analysis.setup_check import Tick, TickState
from hingecheck.child_process import environment
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
    try:
        done = subprocess.run([sys.executable, "-m", __name__, str(path)], capture_output=True, text=True,
                              encoding="utf-8", errors="replace", timeout=_WITHIN_S, env=environment(), check=False)
        answer = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, IndexError, ValueError) as error:
        raise SetupCheckError(_unreadable(path)) from error
    if isinstance(answer, str):
        raise SetupCheckError(answer)
    return tuple(Tick(name, TickState(state), message) for name, state, message in answer)


def _unreadable(path: Path) -> str:
    if path.suffix.lower() in PICTURES:
        return _("This picture could not be read. Take it again, or save it as JPEG.")
    return _("This clip could not be read. Use the original file from the camera or phone.")


def _checked(path: Path) -> list[tuple[str, str, str]] | str:
    if path.suffix.lower() in PICTURES:
        image = decode_image(path.read_bytes())
        ticks = () if image is None else setup_check.of_picture(image)
    else:
        try:
            ticks = setup_check.of_clip(path)
        except VideoError:
            ticks = ()
    return [(tick.name, tick.state.value, tick.message) for tick in ticks] or _unreadable(path)


def _bound_memory() -> None:
    with suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


if __name__ == "__main__":
    _bound_memory()
    print(json.dumps(_checked(Path(sys.argv[1]))))
