"""Save sets with a film each, take it back, keep it again, lay one aside, delete every second set."""

from __future__ import annotations

import shutil

from bench.kills.home import Home
from bench.kills.synthetic import film, new_set, person
from hingecheck.history import files, recent_videos, sets
from hingecheck.history.store import open_history


def prepare(home: Home) -> None:
    """Make the film."""
    film(home)


def work(home: Home) -> None:
    """Go on until killed."""
    with open_history() as history:
        ana = person(history)
        print("ready")
        while True:
            set_id = sets.save(history, new_set(video=film(home)), ana)
            print(f"saved {set_id}")
            files.delete_video(history, set_id)
            files.save_video(history, set_id, film(home))
            recent_videos.put(history, set_id, shutil.copyfile(film(home), home.inputs / "copy.mp4"))
            second = sets.save(history, new_set("NN"), ana)
            print(f"saved {second}\ndeleting {second}")
            sets.delete(history, second)
            print(f"deleted {second}\npass")
