"""A judged set and the frames that were saved of it -> the drawn image of each rep's bottom, as JPEG."""

from __future__ import annotations

from dataclasses import replace

from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.overlay.marks import marker_of
from hingecheck.report import display
from pose.drawing.key_image import key_image
from pose.io.image_codec import encode_jpeg


def key_images(analysis: SetAnalysis, frames: KeyFrames) -> dict[int, bytes]:
    """Return the drawn image (JPEG) of each rep's bottom, by the rep's index; as pixels it is 0.9 MB."""
    marker = marker_of(analysis)
    images = {}
    for rep in analysis.report.reps:
        key = frames.nearest((rep.bottom_s + rep.leave_s) / 2)
        if key is not None:
            marks = marker.scaled(key.index, key.scale)
            if marks.spine_flexion_deg is not None:  # the number of the rep, as everywhere else
                marks = replace(marks, spine_flexion_deg=display.back_of(rep)[0])
            images[rep.index] = encode_jpeg(key_image(key.image, marks))
    return images
