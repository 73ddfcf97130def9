"""Angles -> a stick figure from the side, and the few strokes that the drawings of docs/measurement.md are made of."""

from __future__ import annotations

import math

INK, QUIET, ACCENT, FAULT, WATCH = "#1b2026", "#8a929a", "#0072b2", "#d55e00", "#b87d00"
SHANK, THIGH, TRUNK, NECK = 62.0, 62.0, 80.0, 28.0
STEPS = 12

Point = tuple[float, float]


def along(start: Point, pitch_deg: float, length: float) -> Point:
    """Go up from a point, tipped forward (right) by the pitch."""
    turn = math.radians(pitch_deg)
    return start[0] + length * math.sin(turn), start[1] - length * math.cos(turn)


class Figure:
    """A person from the side, facing right; joints in pixels of the drawing."""

    def __init__(self, hip: float = 0.0, spine: float = 0.0, knee: float = 4.0, ankle: Point = (150.0, 250.0)) -> None:
        self.shank = knee * 0.5 - 0.15 * hip
        self.thigh = self.shank - knee
        self.pelvis = self.thigh + hip
        self.ankle = ankle
        self.knee = along(ankle, self.shank, SHANK)
        self.hip = along(self.knee, self.thigh, THIGH)
        self.back = [self.hip]
        self.pitches = [self.pelvis + spine * (step + 0.5) / STEPS for step in range(STEPS)]
        for pitch in self.pitches:
            self.back.append(along(self.back[-1], pitch, TRUNK / STEPS))
        self.shoulder = self.back[-1]
        self.ear = along(self.shoulder, self.pelvis + spine + 8, NECK)
        dx, dy = self.shoulder[0] - self.hip[0], self.hip[1] - self.shoulder[1]
        self.trunk = math.degrees(math.atan2(dx, dy))

    def outline(self) -> list[Point]:
        """The back of thigh, buttock, trunk: the chain moved backward."""
        points = []
        for share in (0.35, 0.6, 0.85):
            at = (
                self.knee[0] + share * (self.hip[0] - self.knee[0]),
                self.knee[1] + share * (self.hip[1] - self.knee[1]),
            )
            points.append(along(at, self.thigh - 90, 13 + 8 * share))
        for share in (0.2, 0.5, 0.8):
            points.append(along(self.hip, self.thigh + share * (self.pelvis - self.thigh) - 90, 23))
        for number, pitch in enumerate(self.pitches, 1):
            points.append(along(self.back[number], pitch - 90, 21 - 5 * number / STEPS))
        return points

    def under(self, number: int) -> tuple[Point, Point]:
        """The segment from which the ray to a point of the outline starts: thigh, the hip itself, or trunk."""
        if number < 3:
            return self.knee, self.hip
        return (self.hip, self.hip) if number < 6 else (self.hip, self.shoulder)

    def draw(self, colour: str = INK, faint: bool = False) -> str:
        """Legs, trunk, neck and joints."""
        wide, shade = (3.0, 0.35) if faint else (5.0, 1.0)
        toe = (self.ankle[0] + 26, self.ankle[1] + 4)
        chain = [toe, self.ankle, self.knee, *self.back, self.ear]
        dots = "".join(circle(at, 4.5, colour) for at in (self.ankle, self.knee, self.hip, self.shoulder))
        x, y = self.ear
        head = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="none" stroke="{colour}" stroke-width="3"/>'
        return f'<g opacity="{shade}">{line(chain, colour, wide)}{dots}{head}</g>'


def line(points: list[Point], colour: str = INK, width: float = 2.0, dash: str = "") -> str:
    """An open line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        f'stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
    )


def circle(at: Point, radius: float, colour: str) -> str:
    """A filled dot."""
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" fill="{colour}"/>'


def words(at: Point, text: str, colour: str = INK, anchor: str = "start") -> str:
    """One line of text."""
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" fill="{colour}" text-anchor="{anchor}" '
        f'font-family="system-ui, sans-serif" font-size="14">{text}</text>'
    )


def arc(centre: Point, first_deg: float, last_deg: float, radius: float, colour: str = ACCENT) -> str:
    """An arc between two pitches, with the wedge shaded."""
    count = max(2, int(abs(last_deg - first_deg) / 4))
    points = [along(centre, first_deg + (last_deg - first_deg) * k / count, radius) for k in range(count + 1)]
    wedge = " ".join(f"{x:.1f},{y:.1f}" for x, y in [centre, *points])
    return f'<polygon points="{wedge}" fill="{colour}" opacity="0.18"/>' + line(points, colour, 2.5)
