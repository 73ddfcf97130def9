"""The colours can be read on light and on dark ground, and each can be told from the others by its name."""

from __future__ import annotations

import pytest

from hingecheck.report import palette


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", ["ink", "muted", "good", "watch", "fault", "unseen"])
def test_words_and_lines_stand_out_from_both_grounds(role: str, theme: str) -> None:
    colour = getattr(palette.SHADES[role], theme)
    for ground in ("ground", "card"):
        assert contrast(colour, getattr(palette.SHADES[ground], theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tone", ["good", "watch", "fault", "unseen"])
def test_words_stand_out_from_the_tints(tone: str, theme: str) -> None:
    assert contrast(getattr(palette.SHADES["ink"], theme), getattr(palette.SHADES[f"{tone}-tint"], theme)) >= 4.5


def test_a_colour_stands_for_one_role() -> None:
    assert len({shade.light for shade in palette.SHADES.values()}) == len(palette.SHADES)


def test_only_a_fault_is_orange() -> None:
    """Orange: hue 15 to 42 degrees, and saturated."""
    import colorsys

    def is_orange(colour: str) -> bool:
        hue, _, saturation = colorsys.rgb_to_hls(*(int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)))
        return 15 <= 360 * hue <= 42 and saturation > 0.5

    orange = {role for role, shade in palette.SHADES.items() if is_orange(shade.light) or is_orange(shade.dark)}
    assert orange <= {"fault", "fault-tint"}
    assert "fault" in orange
