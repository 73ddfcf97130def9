"""Draws docs/images/*.svg, the small drawings of docs/measurement.md: `python docs/make_drawings.py`.

Every posture is built from its angles, so that a drawing shows what it says. Only the standard library.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from drawing_positions import POSITIONS
from figure import ACCENT, FAULT, INK, NECK, QUIET, WATCH, Figure, Point, along, arc, circle, line, words

#: Where the drawings go; another folder may be named on the command line.
HERE = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("images")


def save(name: str, width: int, height: int, about: str, *parts: str) -> None:
    """Write one drawing on a white card, readable on light and dark pages."""
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{about}"><title>{about}</title>'
        f'<rect width="{width}" height="{height}" rx="10" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )
    (HERE / f"{name}.svg").write_text(text, encoding="utf-8")


def hip_and_spine() -> None:
    """What the hips do and what the back does, in one bend."""
    one, two = Figure(70, 0, 14, (120, 250)), Figure(45, 50, 8, (400, 250))
    parts = []
    for figure, hips, back in ((one, "hip 70", "back 0"), (two, "hip 45", "back 50")):
        parts += [
            figure.draw(),
            line([figure.hip, along(figure.hip, figure.thigh, 70)], QUIET, 2, "5 5"),
            line([figure.hip, along(figure.hip, figure.pelvis, 96)], ACCENT, 2, "5 5"),
            arc(figure.hip, figure.thigh, figure.pelvis, 46),
            words((figure.hip[0] - 30, figure.hip[1] + 34), hips, ACCENT, "end"),
            words((figure.shoulder[0] - 4, figure.shoulder[1] - 44), back, FAULT, "end"),
        ]
    parts.append(arc(two.shoulder, two.pelvis, two.pelvis + 50, 40, FAULT))
    parts.append(line([two.shoulder, along(two.shoulder, two.pelvis, 46)], QUIET, 2, "5 5"))
    save("hip-and-spine", 620, 280, "Two bends that look alike: all from the hips, and half from the back", *parts)


def foot(point: Point, first: Point, last: Point) -> Point:
    """The point of a segment's line from which a ray at a right angle meets another point."""
    dx, dy = last[0] - first[0], last[1] - first[1]
    share = ((point[0] - first[0]) * dx + (point[1] - first[1]) * dy) / max(dx * dx + dy * dy, 1e-9)
    return first[0] + share * dx, first[1] + share * dy


def rays() -> None:
    """The rays from the line knee-hip-shoulder to the edge of the silhouette, standing and bent."""
    parts = []
    for figure, said in ((Figure(0, 0, 4, (110, 250)), "own stand"), (Figure(55, 40, 10, (330, 250)), "bent")):
        edge = figure.outline()
        parts += [figure.draw(INK, faint=True), line(edge, FAULT, 4)]
        bases = [foot(point, *figure.under(number)) for number, point in enumerate(edge)]
        parts += [line([base, end], ACCENT, 1.2) for base, end in zip(bases, edge, strict=True)]
        parts.append(words((figure.ankle[0] + 4, 272), said, INK, "middle"))
    save("outline", 560, 285, "Rays run backward from thigh, hip and trunk to the edge of the silhouette", *parts)


def knee() -> None:
    """Thigh against shank."""
    figure = Figure(50, 0, 45, (120, 250))
    save(
        "knee",
        300,
        280,
        "Knee flexion: thigh against the line of the shank; 0 is straight",
        figure.draw(),
        line([figure.knee, along(figure.knee, figure.shank, 84)], QUIET, 2, "5 5"),
        arc(figure.knee, figure.thigh, figure.shank, 42),
        words((figure.knee[0] + 18, figure.knee[1] + 4), "knee 45", ACCENT),
    )


def bend_and_lean() -> None:
    """Line hip-shoulder against the thigh, and against the vertical."""
    one, two = Figure(60, 30, 14, (110, 250)), Figure(60, 30, 14, (380, 250))
    parts = [one.draw(INK, True), two.draw(INK, True)]
    for figure, zero, name in ((one, one.thigh, "bend"), (two, 0.0, "trunk lean")):
        parts += [
            line([figure.hip, figure.shoulder], ACCENT, 3),
            line([figure.hip, along(figure.hip, zero, 90)], QUIET, 2, "5 5"),
            arc(figure.hip, zero, figure.trunk, 44),
            words((figure.ankle[0] + 10, 272), name, INK, "middle"),
        ]
    save("bend-and-lean", 560, 285, "Bend: trunk against thigh. Trunk lean: trunk against the vertical", *parts)


def hips_and_head() -> None:
    """How far the hips go back, and the head against the trunk."""
    stand, bent = Figure(0, 0, 4, (130, 250)), Figure(65, 0, 12, (130, 250))
    level = bent.hip[1] + 26
    parts = [
        stand.draw(INK, True),
        bent.draw(),
        line([(bent.hip[0], level), (stand.hip[0], level)], ACCENT, 3),
        words((min(bent.hip[0], stand.hip[0]) - 6, level + 5), "hips back", ACCENT, "end"),
    ]
    up = Figure(65, 0, 12, (410, 250))
    ear = along(up.shoulder, up.trunk - 45, NECK)
    parts += [
        up.draw(INK, True),
        line([up.shoulder, along(up.shoulder, up.trunk, 52)], QUIET, 2, "5 5"),
        line([up.shoulder, ear], ACCENT, 4),
        circle(ear, 6, ACCENT),
        arc(up.shoulder, up.trunk - 45, up.trunk, 30),
        words((ear[0] + 12, ear[1] - 8), "head", ACCENT),
    ]
    save("hips-and-head", 600, 280, "Hips travel back over the feet; the head against the trunk's line", *parts)


def view() -> None:
    """Turn from side-on from above, and looking down from the side."""
    person, camera = (150.0, 90.0), (150.0, 230.0)
    turned = [along(person, 90 + 25, -46), along(person, 90 + 25, 46)]
    parts = [
        line([camera, person], QUIET, 2, "5 5"),
        circle(camera, 9, INK),
        words((168, 236), "camera"),
        line([along(person, 90, -46), along(person, 90, 46)], QUIET, 6),
        line(turned, ACCENT, 6),
        circle(person, 12, ACCENT),
        arc(person, 90, 115, 62),
        words((222, 96), "turn", ACCENT),
        words((150, 40), "from above", INK, "middle"),
    ]
    feet = (470.0, 235.0)
    eye, head = (330.0, 60.0), (470.0, 90.0)
    middle = (470.0, 160.0)
    parts += [
        line([feet, head], INK, 6),
        circle(head, 13, INK),
        circle(eye, 9, INK),
        line([eye, middle], ACCENT, 2),
        line([(330.0, 160.0), middle], QUIET, 2, "5 5"),
        words((346, 184), "looking down", ACCENT),
        words((400, 40), "from the side", INK, "middle"),
    ]
    save("view", 560, 260, "Turn from side-on, seen from above; looking down, seen from the side", *parts)


def onset() -> None:
    """Spine over hip on the way down, with the last crossing of the watch limit."""
    left, base, wide, high = 60.0, 230.0, 380.0, 190.0

    def at(hip: float, spine: float) -> Point:
        return left + hip / 80 * wide, base - spine / 50 * high

    path = [at(hip, 2 + 3 * math.sin(hip / 9) + max(0.0, hip - 46) * 1.35) for hip in range(0, 77)]
    cross = next(hip for hip in range(76) if (base - path[hip + 1][1]) / high * 50 > 20 and hip > 46)
    spot = at(cross + 0.5, 20)
    save(
        "onset",
        480,
        285,
        "The back begins to give where its curve crosses the watch limit for the last time",
        line([at(0, 0), at(80, 0)], QUIET),
        line([at(0, 0), at(0, 50)], QUIET),
        line([at(0, 20), at(80, 20)], WATCH, 2, "7 5"),
        words((left + 6, at(0, 20)[1] - 6), "watch limit", WATCH),
        line(path, INK, 3),
        line([spot, (spot[0], base)], ACCENT, 2, "4 4"),
        circle(spot, 6, ACCENT),
        words((spot[0], base + 18), "onset", ACCENT, "middle"),
        words((left + wide, base + 38), "hip flexion", INK, "end"),
        words((left + 6, 26), "spinal curve"),
    )


def rep_times() -> None:
    """The four moments of a rep."""
    left, base, high = 50.0, 200.0, 140.0

    def depth(t: float) -> float:
        if t < 1 or t > 5.4:
            return 0.0
        share = (t - 1) / 1.8 if t < 2.8 else 1.0 if t < 3.8 else (5.4 - t) / 1.6
        return 0.5 - 0.5 * math.cos(math.pi * min(share, 1.0))

    def at(t: float, y: float) -> Point:
        return left + 62 * t, base - high * y

    parts = [line([at(t / 20, depth(t / 20)) for t in range(0, 129)], INK, 3), line([at(0, 0), at(6.4, 0)], QUIET, 1)]
    for t, word in ((1.0, "start"), (2.8, "bottom"), (3.8, "leave"), (5.4, "end")):
        parts += [
            line([at(t, 0), at(t, 1.05)], ACCENT, 1.5, "4 4"),
            circle(at(t, depth(t)), 5, ACCENT),
            words((at(t, 0)[0], base + 20), word, ACCENT, "middle"),
        ]
    for a, b, word in ((1.0, 2.8, "down"), (2.8, 3.8, "held"), (3.8, 5.4, "up")):
        parts.append(words(((at(a, 0)[0] + at(b, 0)[0]) / 2, base + 44), word, INK, "middle"))
    save("rep-times", 480, 260, "Start, bottom, leave and end of a rep on the curve of the bend", *parts)


def borderline() -> None:
    """Three values with their bands against one limit."""
    parts = [line([(250, 30), (250, 205)], FAULT, 2), words((250, 224), "limit", FAULT, "middle")]
    for row, (value, band, said) in enumerate(((150, 50, "met"), (225, 50, "met, borderline"), (330, 50, "broken"))):
        y = 60.0 + 55 * row
        parts += [
            line([(value - band, y), (value + band, y)], ACCENT, 8),
            circle((value, y), 7, INK),
            words((400, y + 5), said),
        ]
    save("borderline", 540, 240, "A value is borderline where the limit lies inside its 90 % band", *parts)


def split() -> None:
    """The bar of a rep's card."""
    save(
        "split",
        420,
        90,
        "A bend of 64 degrees from the hips and 42 from the back: hips 60 per cent",
        words((20, 30), "hips 64"),
        words((400, 30), "back 42", INK, "end"),
        f'<rect x="20" y="42" width="229" height="22" fill="{ACCENT}"/>',
        f'<rect x="249" y="42" width="151" height="22" fill="none" stroke="{QUIET}" stroke-width="2"/>',
    )


def leg_raise() -> None:
    """A raised leg above the person's own flat line."""
    hip = (230.0, 150.0)
    raised = along(hip, 90 - 70, 120)
    save(
        "leg-raise",
        480,
        200,
        "Leg raise: the thigh above the line of the person's own flat leg",
        line([(60, 150), hip], INK, 6),
        circle((46, 146), 14, INK),
        line([hip, (390, 152)], INK, 4),
        line([hip, raised], INK, 5),
        arc(hip, 90, 20, 52),
        words((288, 112), "leg raise 70", ACCENT),
        line([(40, 168), (440, 168)], QUIET, 2),
    )


DRAWINGS = (
    hip_and_spine,
    rays,
    knee,
    bend_and_lean,
    hips_and_head,
    view,
    onset,
    rep_times,
    borderline,
    split,
    leg_raise,
)

if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for draw in DRAWINGS:
        draw()
    for position in POSITIONS:
        name, width, height, about, parts = position()
        save(name, width, height, about, *parts)
