"""Drawings of what is measured sitting, kneeling, face down, facing the camera and of the heel, for `make_drawings`.

Each function returns name, width, height, what it shows, and the strokes.
"""

from __future__ import annotations

from figure import ACCENT, FAULT, INK, QUIET, Point, along, arc, circle, line, words

Drawing = tuple[str, int, int, str, list[str]]


def _head(shoulder: Point, pitch_deg: float) -> str:
    x, y = along(shoulder, pitch_deg, 30)
    return line([shoulder, (x, y)], INK, 5) + (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="none" stroke="{INK}" stroke-width="3"/>')


def heel() -> Drawing:
    """Line from heel to toe, flat and lifted."""
    toe = (150.0, 180.0)
    flat, up = along(toe, 270, 90), along(toe, 270 + 35, 90)
    return "heel", 340, 220, "Heel lift: the line from heel to toe against the person's own flat foot", [
        line([(20, 190), (250, 190)], QUIET, 2),
        line([toe, flat], QUIET, 3, "5 5"),
        line([toe, up], ACCENT, 5),
        line([up, along(up, 4, 80)], INK, 5),
        circle(up, 5, ACCENT),
        circle(toe, 5, ACCENT),
        arc(toe, 270, 305, 60),
        words((160, 140), "heel lift 35", ACCENT),
    ]


def _chair(left: float) -> str:
    return (f'<rect x="{left:.0f}" y="172" width="84" height="70" fill="none" stroke="{QUIET}" stroke-width="2"/>')


def _back(hip: Point, first_deg: float, step_deg: float) -> list[Point]:
    """A back in four pieces, each tipped further forward than the one below."""
    points = [hip]
    for number in range(4):
        points.append(along(points[-1], first_deg + number * step_deg, 24))
    return points


def sitting() -> Drawing:
    """A tall and a slumped sit, and the rays that look for the shank."""
    parts = []
    for left, first, step, said in ((60.0, 0.0, 0.0, "tall"), (240.0, -24.0, 17.0, "slumped")):
        hip = (left, 160.0)
        back = _back(hip, first, step)
        knee = (hip[0] + 78, 164.0)
        parts += [_chair(left - 42), line([hip, knee, (knee[0], 240)], INK, 5), line(back, INK, 5),
                  _head(back[-1], first + 3 * step + 8), line([(x - 13, y) for x, y in back], FAULT, 4),
                  words((left + 20, 262), said, INK, "middle")]
    knee = (510.0, 164.0)
    parts += [line([(432, 160), knee], INK, 5), circle(knee, 5, INK)]
    for bent in range(0, 100, 12):
        parts.append(line([along(knee, 90 + bent, 12), along(knee, 90 + bent, 74)], QUIET, 1))
    parts += [line([knee, along(knee, 90 + 12, 78)], ACCENT, 5), line([knee, along(knee, 90, 84)], QUIET, 2, "5 5"),
              words((516, 140), "filled: knee 12", ACCENT)]
    return ("sitting", 640, 280,
            "Sitting tall and slumped, with the outline of the back; rays from the knee, of which one is filled", parts)


def kneeling() -> Drawing:
    """Trunk against thigh, upright on the heels and folded."""
    heel_at, knee = (60.0, 200.0), (150.0, 206.0)
    seat = (72.0, 178.0)
    parts = [line([(20, 216), (600, 216)], QUIET, 2), line([heel_at, knee, seat], INK, 5),
             line([seat, along(seat, 4, 92)], INK, 5), _head(along(seat, 4, 92), 8), circle(seat, 5, ACCENT),
             words((72, 246), "sitting on the heels", INK)]
    shift = 290.0
    low = (seat[0] + shift, seat[1])
    bent = (knee[0] + shift, knee[1])
    chest = along(low, 98, 92)
    parts += [line([(heel_at[0] + shift, 200), bent, low], INK, 5), line([low, chest], ACCENT, 5), _head(chest, 104),
              line([low, along(low, 110 - 180, 60)], QUIET, 2, "5 5"), arc(low, 110 - 180, 98, 34),
              circle(low, 5, ACCENT), words((low[0] + 16, low[1] - 44), "hip 168", ACCENT),
              words((low[0] + 10, 246), "folded", INK)]
    return ("kneeling", 620, 265,
            "Kneeling: the trunk against the thigh's line carried on, sitting on the heels and folded", parts)


def prone() -> Drawing:
    """Chest lifted from the flat line, pelvis down."""
    hip = (250.0, 170.0)
    shoulder = along(hip, 90 - 28, 100)
    return "prone", 480, 220, "Lying face down: the line from hip to shoulder above the own flat line", [
        line([(40, 186), (450, 186)], QUIET, 2),
        line([(60, 176), (155, 172), hip], INK, 5),
        line([hip, along(hip, 90, 130)], QUIET, 2, "5 5"),
        line([hip, shoulder], ACCENT, 5),
        _head(shoulder, 50),
        line([shoulder, (shoulder[0] + 24, 184)], INK, 4),
        arc(hip, 90 - 28, 90, 62),
        circle(hip, 5, ACCENT),
        words((300, 110), "chest lift 28", ACCENT, "end"),
        words((200, 208), "knee to hip: pelvis lift", INK, "middle"),
    ]


def turn() -> Drawing:
    """The shoulders' width in the picture, straight ahead and turned, seen from above."""
    parts = []
    for x, degrees, said in ((120.0, 0.0, "facing ahead"), (360.0, 45.0, "turned 45")):
        ends = [along((x, 90.0), 90 + degrees, -60), along((x, 90.0), 90 + degrees, 60)]
        parts += [line(ends, ACCENT, 6), circle((x, 90), 12, INK),
                  *(line([end, (end[0], 170)], QUIET, 1.5, "4 4") for end in ends),
                  line([(ends[0][0], 170), (ends[1][0], 170)], FAULT, 4),
                  words((x, 194), "width in the picture", FAULT, "middle"), words((x, 218), said, INK, "middle")]
    parts += [line([(300, 90), (420, 90)], QUIET, 2, "5 5"), arc((360, 90), 90, 135, 40)]
    return "turn", 500, 235, "Seen from above: turned shoulders are narrower in the picture of a camera in front", parts


POSITIONS = (heel, sitting, kneeling, prone, turn)
