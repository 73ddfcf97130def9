import numpy as np
import pytest

from language.current import use
from language.translate import gettext
from pose.drawing import lettering, letters
from pose.drawing.key_image import key_image
from pose.drawing.overlay import Marks, clear_side, draw
from pose.landmarks import INDEX

SIZES = [(360, 640), (1280, 720), (3840, 2160)]
#: A person bent forward, facing right, in shares of the frame's shorter side from its middle.
JOINTS = {"ear": (0.30, -0.22), "shoulder": (0.18, -0.20), "elbow": (0.20, -0.02), "wrist": (0.21, 0.10),
          "hip": (-0.10, -0.05), "knee": (-0.02, 0.17), "ankle": (-0.03, 0.38), "heel": (-0.06, 0.40),
          "foot_index": (0.06, 0.41)}


def ground(size):
    width, height = size
    return np.full((height, width, 3), 128, dtype=np.uint8)


def landmarks(size):
    points = np.full((33, 2), np.nan)
    for joint, at in JOINTS.items():
        for side, shift in (("left", 0.02), ("right", 0.0)):
            points[INDEX[f"{side}_{joint}"]] = (at[0] + shift, at[1])
    return points * min(size) + np.array(size) / 2


def back(size):
    along = np.linspace(0, 1, 30)
    x, y = -0.14 + 0.30 * along, -0.10 - 0.16 * np.sin(along * 1.9)
    return np.stack([x, y], axis=1) * min(size) + np.array(size) / 2


def changed(before, after):
    return (before != after).any(axis=2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["met", "watch", "broken", "unseen"])
def test_the_back_line_changes_pixels_along_it_and_no_others(size, state):
    image, line = ground(size), back(size)
    drawn = draw(image, Marks(back_px=line, facing=1, back_state=state), captions=False)
    assert (image == 128).all()
    touched = changed(image, drawn)
    x, y = line.round().astype(int).T
    # Dots leave gaps; a dashed line has a dark casing throughout.
    assert touched[y, x].mean() > (0.45 if state == "unseen" else 0.99)
    ys, xs = np.nonzero(touched)
    near = np.hypot(xs[::7, None] - line[:, 0], ys[::7, None] - line[:, 1]).min(axis=1)
    assert near.max() < 0.07 * min(size)


def test_line_width_grows_with_the_frame():
    widths = []
    for size in SIZES:
        flat = np.array([[0.3, 0.5], [0.7, 0.5]]) * size
        drawn = draw(ground(size), Marks(back_px=flat, facing=1, back_state="met"), captions=False)
        widths.append(int(changed(ground(size), drawn)[:, size[0] // 2].sum()))
    assert 5 <= widths[0] < widths[1] < widths[2]
    assert widths[2] == pytest.approx(3 * widths[1], rel=0.2)


def test_states_differ_in_more_than_colour():
    size = (640, 480)
    shapes = {state: changed(ground(size), draw(ground(size), Marks(back_px=back(size), facing=1, back_state=state),
                                                captions=False)) for state in ("met", "broken", "unseen")}
    assert shapes["broken"].sum() > 1.15 * shapes["met"].sum()
    assert shapes["unseen"].sum() < 0.8 * shapes["met"].sum()
    dashed = draw(ground(size), Marks(back_px=back(size), facing=1, back_state="watch"), captions=False)
    x, y = back(size).round().astype(int).T
    dark = dashed[y, x].max(axis=1) < 60
    assert 0.1 < dark.mean() < 0.6


def test_spikes_point_to_the_outside_of_the_back():
    size = (640, 480)
    upright = np.stack([np.full(20, 300.0), np.linspace(120, 300, 20)], axis=1)
    for facing, side in ((1, slice(0, 290)), (-1, slice(311, 640))):
        drawn = changed(ground(size), draw(ground(size), Marks(back_px=upright, facing=facing, back_state="broken"),
                                           captions=False))
        other = slice(311, 640) if facing == 1 else slice(0, 290)
        assert drawn[:, side].sum() > 100
        assert drawn[:, other].sum() == 0


def test_arc_spans_the_measured_angle():
    size = (1280, 720)
    points = np.full((33, 2), np.nan)
    points[INDEX["right_hip"]], points[INDEX["right_knee"]] = (600, 360), (600, 560)

    def fan(angle):
        drawn = draw(ground(size), Marks(landmarks_px=points, facing=1, hip_flexion_deg=angle), captions=False)
        # Just inside the arc only the translucent fan is drawn.
        tests = np.radians(np.arange(6, 130, 2))
        x, y = 600 + 60 * np.sin(tests), 360 - 60 * np.cos(tests)
        return (drawn[y.round().astype(int), x.round().astype(int)].min(axis=1) > 128).sum() * 2 + 5

    for angle in (30, 60, 90):
        assert fan(angle) == pytest.approx(angle, abs=4)


def test_far_side_is_paler_than_the_near_one():
    size = (640, 480)
    points = landmarks(size)
    near, far = INDEX["right_knee"], INDEX["left_knee"]
    points[far] = points[near] + (60, 0)
    points[INDEX["left_hip"]] = points[INDEX["right_hip"]] + (60, 0)

    def strength(hip, knee):
        drawn = draw(ground(size), Marks(landmarks_px=points, facing=1), captions=False).astype(int)
        x, y = ((points[INDEX[hip]] + points[INDEX[knee]]) / 2).round().astype(int)
        return np.abs(drawn[y - 3:y + 4, x - 6:x + 7] - 128).sum()

    assert strength("right_hip", "right_knee") > 3 * strength("left_hip", "left_knee") > 0


@pytest.mark.parametrize("size", [*SIZES, (96, 96)])
def test_everything_at_once_keeps_shape_and_never_fails(size):
    points = landmarks(size)
    marks = Marks(landmarks_px=points, visibility=np.full(33, 0.9), facing=1, back_px=back(size),
                  neutral_back_px=back(size) + 3, hip_flexion_deg=70, spine_flexion_deg=None, knee_flexion_deg=12,
                  back_state="broken", headline="R\u00fccken lang \u2013 38 \u00b1 6\u00b0 " * 5, counter="rep 2 of 5",
                  unseen_reason="turned 38\u00b0 from side-on")
    drawn = draw(ground(size), marks)
    assert drawn.shape == (size[1], size[0], 3)
    assert drawn.dtype == np.uint8
    assert changed(ground(size), drawn).any()


def test_nothing_to_draw_leaves_the_middle_alone():
    drawn = draw(ground((640, 480)), Marks())
    assert not changed(ground((640, 480)), drawn)[110:].any()


def test_landmarks_far_outside_or_missing_leave_the_others_drawn():
    points = landmarks((640, 480))
    points[INDEX["right_knee"]] = (1e9, -1e9)
    points[INDEX["right_hip"]] = np.nan
    drawn = draw(ground((640, 480)), Marks(landmarks_px=points, facing=1, hip_flexion_deg=40,
                                           back_px=np.full((5, 2), np.nan)), captions=False)
    x, y = points[INDEX["right_elbow"]].round().astype(int)
    assert changed(ground((640, 480)), drawn)[y, x]


def box(mask):
    """Left, top, right and bottom of the pixels that changed, in shares of the frame."""
    rows, columns = np.nonzero(mask)
    return (columns.min() / mask.shape[1], rows.min() / mask.shape[0],
            columns.max() / mask.shape[1], rows.max() / mask.shape[0])


@pytest.mark.parametrize("size", SIZES)
def test_headline_reason_and_counter_are_each_in_their_place(size):
    bare = draw(ground(size), Marks())
    banner = draw(ground(size), Marks(headline="Rounded", counter="rep 2 of 5", unseen_reason="turned 38\u00b0"))
    assert box(changed(bare, banner))[1] > 0.6, "along the bottom"
    for name, place in {"headline": slice(0, size[0] // 2), "counter": slice(size[0] // 2, size[0]),
                        "unseen_reason": slice(0, size[0] // 2)}.items():
        words = {"headline": "Rounded", "counter": "rep 2 of 5", "unseen_reason": "turned 38\u00b0"}
        other = draw(ground(size), Marks(**words | {name: words[name].replace("2", "3").replace("38", "39").replace(
            "Rounded", "Neutral")}))
        columns = np.nonzero(changed(banner, other).any(axis=0))[0]
        assert len(columns), name
        assert place.start <= columns.min() <= columns.max() < place.stop, name


def test_the_panel_has_a_title_and_every_value():
    size = (1280, 720)
    values = {"hip_flexion_deg": 70.0, "spine_flexion_deg": 31.0, "knee_flexion_deg": 12.0}
    panel = draw(ground(size), Marks(**values, panel_side="left"))
    for name in values:
        other = draw(ground(size), Marks(**values | {name: values[name] + 11}, panel_side="left"))
        _, _, right, bottom = box(changed(panel, other))
        assert (right < 0.4, bottom < 0.4) == (True, True), name
    # The same letters, so that the panel is as wide.
    first, second = (draw(ground(size), Marks(**values, title=title, panel_side="left"))
                     for title in ("leg up", "pu gel"))
    assert box(changed(first, second))[3] < 0.1
    other_state = draw(ground(size), Marks(**values, back_state="broken", panel_side="left"))
    assert changed(panel, other_state).any(), "the word and the colour of the state"


def test_panel_keeps_away_from_the_person():
    size = (640, 480)
    points = landmarks(size)
    assert clear_side(size, [points - np.array([250, 140])]) == "right"
    assert clear_side(size, [points + np.array([250, -140])]) == "left"
    assert clear_side(size, []) == "left"
    drawn = changed(ground(size), draw(ground(size), Marks(panel_side="right")))
    assert drawn[:100, 400:].any()
    assert not drawn[:100, :300].any()


def test_key_images_at_the_edge_lying_and_without_a_person():
    image = ground((640, 480))
    image[440:480, 0:30] = 250
    corner = np.full((33, 2), np.nan)
    corner[INDEX["right_ankle"]], corner[INDEX["right_wrist"]] = (10.0, 470.0), (60.0, 200.0)
    assert (key_image(image, Marks(landmarks_px=corner))[560:] == 250).all(axis=2).any()
    flat = np.full((33, 2), np.nan)
    flat[INDEX["right_ankle"]], flat[INDEX["right_wrist"]] = (50.0, 300.0), (600.0, 330.0)
    lying = key_image(image, Marks(landmarks_px=flat))
    assert lying.shape[1] / lying.shape[0] == pytest.approx(1.5, abs=0.01)
    assert key_image(image, Marks()).shape == (640, 576, 3), "the whole frame, with an edge where it is too low"


def test_key_images_have_one_size_for_every_frame():
    for size in SIZES[:2]:
        cropped = key_image(ground(size), Marks(landmarks_px=landmarks(size), facing=1, back_px=back(size),
                                                  hip_flexion_deg=60, spine_flexion_deg=35, back_state="broken"))
        assert cropped.shape == (640, 576, 3)


def test_key_images_are_drawn_at_the_position_of_the_person():
    image = ground((1280, 720))
    points = np.full((33, 2), np.nan)
    # Two joints without a bone between them, each in a red square of the frame.
    for name, (x, y) in {"right_wrist": (300, 200), "right_ankle": (340, 400)}.items():
        points[INDEX[name]] = (x, y)
        image[y - 9:y + 10, x - 9:x + 10] = (250, 0, 0)
    cropped = key_image(image, Marks(landmarks_px=points, facing=1))
    red = (cropped[..., 0] > 200) & (cropped[..., 1] < 60)
    white = (cropped > 240).all(axis=2)
    for half in (slice(0, 320), slice(320, 640)):
        assert np.argwhere(white[half]).mean(axis=0) == pytest.approx(np.argwhere(red[half]).mean(axis=0), abs=2)


def test_every_point_moves_with_the_crop():
    marks = Marks(landmarks_px=np.full((33, 2), 50.0), back_px=np.full((4, 2), 60.0),
                  neutral_back_px=np.full((4, 2), 70.0), line_px=np.full((3, 2), 80.0), line_text="leg 80")
    cropped = marks.transformed(2.0, (10.0, 20.0))
    for name, at in {"landmarks_px": (80, 60), "back_px": (100, 80), "neutral_back_px": (120, 100),
                     "line_px": (140, 120)}.items():
        assert getattr(cropped, name)[0] == pytest.approx(at), name
    assert cropped.line_text == "leg 80"


def test_text_becomes_ascii_for_opencv():
    assert letters.to_ascii("R\u00fccken \u00b1 6\u00b0 \u2013 \u4eba") == "Rucken +/- 6\u00b0 - ?"
    assert letters.to_ascii("\u00bfEst\u00e1 bien? Stra\u00dfe, c\u0153ur \u00ab\u00e7a\u00bb"
                            ) == 'Esta bien? Strasse, coeur "ca"'
    size = lettering.Type(20)
    rows = lettering.wrap("fold at the hips and keep your back long today", size, 200, 2)
    assert len(rows) == 2
    assert all(lettering.width_px(row, size) <= 200 for row in rows)
    assert rows[1].endswith("...")


@pytest.mark.parametrize(("accented", "plain"), [
    ("R\u00fccken", "Rucken"), ("\u00c9t\u00e9", "Ete"), ("ni\u00f1o", "nino"), ("\u00e7a", "ca"),
    ("fen\u00eatre", "fenetre"),
    ("dos \u00e0 40\u00b0", "dos a 40\u00b0"),
])
def test_accents_are_drawn_and_take_no_room(accented, plain):
    size = lettering.Type(20)
    assert lettering.width_px(accented, size) == lettering.width_px(plain, size)
    images = []
    for text in (accented, plain):
        image = np.full((60, 200, 3), 120, np.uint8)
        lettering.write(image, text, (10, 40), size)
        images.append(image)
    different = np.nonzero((images[0] != images[1]).any(axis=2))
    assert len(different[0]) > 20
    # Above the small letters (or below the base line), nowhere else.
    assert all(row < 40 - 0.6 * 20 or row > 38 for row in different[0])


def test_the_words_in_a_frame_are_in_the_current_language():
    def words(code):
        with use(code):
            return draw(np.zeros((360, 640, 3), np.uint8), Marks(back_state="broken"))
    translated = gettext_of("de", "back rounded")
    assert (words("de") != words("en")).any() == (translated != "back rounded")


def gettext_of(code, text):
    with use(code):
        return gettext(text)
