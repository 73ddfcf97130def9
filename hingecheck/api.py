"""Video -> Result: the way in from Python, over the same functions as the command line and the pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from exercises.exercise_model import Exercise
from exercises.library import load_library
from exercises.load import load, load_file
from exercises.results import SetReport
from hingecheck.analysis import pipeline
from hingecheck.analysis.pipeline import Options, Progress
from hingecheck.report import data_files

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Result:
    """A judged video.

    Attributes
    ----------
    report : SetReport
        Verdicts, findings, sentences: all that `report.json` holds. `report.status` is "judged", or says why not.
    reps : pandas.DataFrame
        One row per rep, as in `reps.csv`: `_s` are seconds of the video, `_deg` degrees, NaN = unmeasured.
    series : pandas.DataFrame
        One row per frame: `time_s` and every measured quantity, its unit in the column's name; NaN = unmeasured.
    """

    video: Path
    options: Options
    analysis: pipeline.SetAnalysis

    @property
    def report(self) -> SetReport:
        """The report: what `report.json` holds."""
        return self.analysis.report

    @cached_property
    def reps(self) -> pd.DataFrame:
        """The reps as a table."""
        import pandas as pd

        return pd.read_csv(io.StringIO(data_files.reps_csv(self.report))).set_index("index")

    @cached_property
    def series(self) -> pd.DataFrame:
        """The measured quantities over time as a table."""
        import pandas as pd

        track = self.analysis.track
        return pd.DataFrame() if track is None else pd.DataFrame({"time_s": track.time_s, **track.columns})

    def save(self, folder: str | Path, video: bool = True,
             on_progress: Callable[[Progress], None] | None = None) -> dict[str, Path]:
        """Write the files of `hingecheck analyse` into a folder, which is made if need be.

        Parameters
        ----------
        folder : str or Path
        video : bool
            Draw `annotated.mp4` too, which reads the video once more.
        on_progress : callable, optional
            Called several times a second while the video is drawn.

        Returns
        -------
        dict of str to Path
            By kind: "json", "reps", "series", "html", "video".

        Raises
        ------
        OSError
            If a file cannot be written; the message says which, why and what to do.
        """
        from hingecheck.jobs import video_job

        result = video_job.write(self.analysis, self.video, Path(folder), self.options, video, on_progress)
        if result.problems:
            raise OSError(" ".join(result.problems))
        return dict(result.files)

    def export(self, to: str, folder: str | Path, height_m: float | None = None) -> Path:
        """Write the set in another program's format; docs/formats.md describes each.

        Parameters
        ----------
        to : str
            "trc", "mot", "openpose", "coco", "kinovea", "fhir" or "netcdf".
        folder : str or Path
            Is made if need be.
        height_m : float, optional
            The person's height: then "trc" is in metres, else in pixels.

        Returns
        -------
        Path
            The file, or the folder of files.

        Raises
        ------
        hingecheck.formats.measured_set.FormatError
            The set has not what the format needs, or there is no such format.
        hingecheck.report.data_files.ReportError
            A file cannot be written.
        """
        from hingecheck.formats import export
        from hingecheck.formats.measured_set import MeasuredSet

        exercise = self.analysis.exercise
        name = "" if exercise is None else exercise.name
        return export.write(to, MeasuredSet(self.report, self.analysis.track, name), Path(folder), height_m)


def analyse(video: str | Path, exercise: str | Exercise = "auto", options: Options | None = None,
            on_progress: Callable[[Progress], None] | None = None) -> Result:
    """Analyse a video file.

    Parameters
    ----------
    video : str or Path
    exercise : str or Exercise
        An id of `exercises()`, the path of an exercise's TOML file, or "auto" to take it from the movement.
    options : Options, optional
        Part of the clip, mirroring and more; its `exercise` is replaced by the one given here.
    on_progress : callable, optional
        Called several times a second.

    Returns
    -------
    Result
        A video that cannot be read or judged does not raise: `result.report.reasons` say why.

    Raises
    ------
    exercises.tomlfile.ExerciseError
        If there is no such exercise, or its file is wrong; the message says what to do.
    """
    named = None if exercise == "auto" or isinstance(exercise, Exercise) else load_exercise(exercise)
    chosen = exercise if isinstance(exercise, Exercise) else named
    settings = replace(options or Options(exercise=None), exercise=chosen)
    path = Path(video)
    return Result(path, settings, pipeline.analyse(path, settings, on_progress))


def exercises() -> dict[str, Exercise]:
    """Return every exercise that can be judged, those of your own folder too, by their ids.

    Examples
    --------
    >>> exercises()["hip_hinge"].name
    'Hip hinge'
    """
    return {entry.exercise.id: entry.exercise for entry in load_library().entries()}


def load_exercise(name: str | Path) -> Exercise:
    """Return one exercise: by its id, or from a TOML file.

    Raises
    ------
    exercises.tomlfile.ExerciseError
        If there is none, or the file is wrong.

    Examples
    --------
    >>> load_exercise("hip_hinge").rule("rounding").severity.value
    'fault'
    """
    if isinstance(name, Path) or name.endswith(".toml"):
        return load_file(name)
    return load(name)
