"""Define the colours of charts, reports and pages once, for light and dark, and write them as CSS variables.

Orange stands for a fault and nothing else. Blue, yellow and orange are those of Okabe and Ito, which colour-blind
people can distinguish, darkened on light ground until text in them has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEX = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True)
class Shade:
    """One colour on light and on dark ground, as #rrggbb."""

    light: str
    dark: str


#: `ground` is the page's background, `card` that of what lies on it. A tint is an area behind text or curves.
SHADES = {
    "ground": Shade("#faf9f6", "#14171a"),
    "card": Shade("#ffffff", "#1c2125"),
    "ink": Shade("#1b2026", "#e9ecef"),
    "muted": Shade("#59636e", "#a4adb6"),
    "line": Shade("#d9d5cb", "#3a434b"),
    "good": Shade("#0072b2", "#56b4e9"),
    "watch": Shade("#756400", "#e3cf3f"),
    "fault": Shade("#b84a00", "#ff8c4a"),
    "unseen": Shade("#626b74", "#a3acb5"),
    "good-tint": Shade("#e4f0f8", "#17303f"),
    "watch-tint": Shade("#f7f0cc", "#36330f"),
    "fault-tint": Shade("#fbe6da", "#40241a"),
    "unseen-tint": Shade("#e6e8ea", "#2a2f34"),
}

_ROLES = {shade.light: role for role, shade in SHADES.items()}


def light(role: str) -> str:
    """Return a colour on light ground."""
    return SHADES[role].light


def css() -> str:
    """Return the variables `--hc-<role>`: light, dark where the reader prefers it, light again on paper."""
    bright, dark = (" ".join(f"--hc-{role}: {getattr(shade, field)};" for role, shade in SHADES.items())
                    for field in ("light", "dark"))
    return (f":root {{ {bright} color-scheme: light dark; }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n")


def with_variables(text: str) -> str:
    """Replace the light colours in a text by their variables, so that it follows the reader's theme.

    Examples
    --------
    >>> with_variables("fill: #1b2026; stroke: #123456")
    'fill: var(--hc-ink, #1b2026); stroke: #123456'
    """
    return _HEX.sub(lambda match: f"var(--hc-{_ROLES[match[0]]}, {match[0]})" if match[0] in _ROLES else match[0], text)
