"""Measure the program's error over clips with known truth, and write it down: tables on the screen and as pages.

    python bench/accuracy.py samples --out accuracy.md      # the clips that come with the program, on one page
    python bench/accuracy.py POPULATION... --jobs 2         # folders written by the renderer of random people
    python bench/accuracy.py FOLDER --label "hinge, seed 21, not used for tuning" --limits hinge
    python bench/accuracy.py --real LABELS.json FOLDER      # real people, labels instead of angles

Every clip goes through the real pipeline. Poses are kept (--cache), so that a second run takes a second a clip; remove
that folder after a change to the pose model or to `pose/model/estimator.py`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks for modules beside it

from rich.console import Console
from rich.progress import Progress

from bench import accuracy_pages
from bench.compare import Compared, compare
from bench.labels import read_labels
from bench.limits import LIMITS, against_limits
from bench.page import overview, section
from bench.real import RealClip, judge_real
from bench.real_tables import real_section
from bench.tables import Section, show
from bench.truth import clips_with_truth, read_truth
from exercises.exercise_model import Exercise
from exercises.load import catalogue
from pose.cache import cache_dir
from pose.io.container import VideoError

#: For a folder of --limits that is held against none.
NO_LIMITS = "none"
#: Of the tables where they go to a file instead of a terminal.
_WIDTH = 160
PAGES = Path(__file__).resolve().parents[1] / "docs" / "accuracy"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and write its pages."""
    options = _parser().parse_args(arguments)
    if not options.folders and not options.real:
        _parser().error("expected at least one folder, or --real")
    if max(len(options.label), len(options.limits)) > len(options.folders):
        _parser().error("expected at most one --label and one --limits a folder, in the same order")
    console = Console() if sys.stdout.isatty() else Console(width=_WIDTH)
    known = catalogue()
    sections: list[Section] = []
    compared: list[tuple[str, Sequence[Compared]]] = []
    held_against: list[tuple[str, str, Sequence[Compared]]] = []
    for place, folder in enumerate(options.folders):
        clips, left_out = _compared(folder, known, options, console)
        title = options.label[place] if place < len(options.label) else title_of(folder)
        compared.append((title, clips))
        if place < len(options.limits) and options.limits[place] != NO_LIMITS:
            held_against.append((title, options.limits[place], clips))
        sections.append(section(title, clips, left_out))
    real = None
    if options.real:
        real = _real(known, options, console)
        sections.insert(0, real_section("Real people", real))
    glance = [against_limits(held_against, real)] if held_against else []
    glance += [overview(compared)] if compared else []
    for one in [Section("Accuracy", (), tuple(glance)), *sections]:
        show(one, console)
    for path in accuracy_pages.write(options.out, glance, sections):
        console.print(f"Written: {path}", markup=False, highlight=False)
    return 0


def title_of(folder: Path) -> str:
    """Name a folder, with kind and seed where its clips are named by them (`hinge_21_00.mp4`)."""
    name = folder.resolve().name
    for clip in sorted(folder.glob("*.mp4")):
        known = re.fullmatch(r"(\w+?)_(\d+)_(\d+)", clip.stem)
        if known:
            return f"{name}: random people, {known[1]}, seed {known[2]}"
    return name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="clips with their truth beside them")
    parser.add_argument("--label", action="append", default=[], help="title of a folder, in their order; repeat")
    parser.add_argument("--limits", action="append", default=[], choices=(*LIMITS, NO_LIMITS),
                        help="which limits a folder is held against, in their order; repeat")
    parser.add_argument("--real", nargs=2, metavar=("LABELS", "FOLDER"), help="real clips and their labels")
    parser.add_argument("--cache", type=Path, default=cache_dir() / "bench", help="where poses are kept (%(default)s)")
    parser.add_argument("--jobs", type=int, default=1, help="clips at a time")
    parser.add_argument("--out", type=Path, default=PAGES,
                        help="a folder for a page per group, or FILE.md for all on one page (%(default)s)")
    return parser


def _compared(folder: Path, known: Mapping[str, Exercise], options: argparse.Namespace,
              console: Console) -> tuple[list[Compared], list[str]]:
    if not folder.is_dir():
        raise SystemExit(f"{folder}: there is no such folder")
    truths = [read_truth(clip) for clip in clips_with_truth(folder)]
    if not truths:
        raise SystemExit(f"{folder}: expected clips with NAME.truth.json or NAME.json beside them, found none")
    rules = [known.get(truth.exercise) for truth in truths]
    left_out = [truth.clip.stem for truth, rule in zip(truths, rules, strict=True) if rule is None]
    tasks = [(truth, rule, options.cache) for truth, rule in zip(truths, rules, strict=True) if rule is not None]
    done = list(_each(compare, tasks, folder.name, options.jobs, console))
    return [clip for clip in done if clip is not None], left_out


def _real(known: Mapping[str, Exercise], options: argparse.Namespace, console: Console) -> list[RealClip]:
    labels, folder = (Path(name) for name in options.real)
    tasks = [(label, known.get(label.exercise), options.cache) for label in read_labels(labels, folder)]
    return [clip for clip in _each(judge_real, tasks, "real people", options.jobs, console) if clip is not None]


def _each(work: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], name: str, jobs: int,
          console: Console) -> Iterator[Any]:
    """Work through tasks with a progress bar, several at a time where asked.

    Results come in the tasks' order; None, and a line on the console, for a clip that cannot be read.
    """
    def result(finish: Callable[[], Any]) -> Any:
        try:
            return finish()
        except VideoError as error:
            console.print(f"Left out: {error}", style="red", markup=False)
            return None

    with Progress(console=console, transient=True) as bars:
        bar = bars.add_task(name, total=len(tasks))
        if jobs <= 1:
            for task in tasks:
                yield result(partial(work, *task))
                bars.advance(bar)
            return
        # Fresh processes: a forked one inherits the locks of threads that it does not have.
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            running = [pool.submit(work, *task) for task in tasks]
            for _ in as_completed(running):
                bars.advance(bar)
            yield from (result(future.result) for future in running)


if __name__ == "__main__":
    sys.exit(main())
