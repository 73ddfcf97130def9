"""What a person does to a set in a real browser: find it, give a rep another verdict, take it back, delete, undo."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from exercises.library import load_library
from hingecheck.history import goals, people, personal_exercises, queries, sets
from hingecheck.history.store import open_history
from tests.helpers import app_server


@pytest.fixture(scope="module")
def set_id(home: Path) -> UUID:
    """A hinge of two neutral reps."""
    app_server.save_hinge(home, "--no-video", "--to", "11")
    with open_history(home / "data", "") as history:
        return queries.lines(history)[0].id


def test_the_list_says_exercise_day_and_what_came_of_each_rep(browser: Browser, address: str, set_id: UUID) -> None:
    page = app_server.open_page(browser, address, "review")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    row = page.locator(f".st-key-set-row-{set_id}")
    expect(row.get_by_text("2 of 2 reps neutral")).to_be_visible()
    assert row.get_by_role("list", name="Reps").get_by_role("listitem").all_inner_texts() == ["✓\nNeutral"] * 2
    expect(row.locator("img")).to_have_js_property("naturalHeight", 240)
    row.get_by_role("button", name="Hip hinge").click()
    expect(page.get_by_role("heading", name="2 of 2 reps neutral")).to_be_visible()
    page.context.close()


def test_a_verdict_is_seen_everywhere_and_taken_back(browser: Browser, address: str, home: Path, set_id: UUID) -> None:
    page = app_server.open_page(browser, address, f"review?set={set_id}")
    app_server.wait_until_drawn(page)
    card = page.locator(".st-key-card-2")
    card.get_by_text("Relabel this rep").click()
    card.get_by_role("button", name="Save verdict").click()
    app_server.wait_until_drawn(page)
    with open_history(home / "data", "") as history:
        assert sets.load(history, set_id).relabels == ()
    app_server.choose(card.get_by_label("Your verdict"), "Rounded")
    card.get_by_role("button", name="Save verdict").click()
    expect(page.get_by_role("heading", name="1 of 2 reps neutral")).to_be_visible()
    expect(page.get_by_text("HingeCheck's own: 2 of 2 reps neutral")).to_be_visible()
    expect(card.get_by_text("Relabelled by me: Rounded")).to_be_visible()
    expect(page.get_by_text("Rounded (1)")).to_be_visible()
    card.get_by_role("button", name="Take this verdict back").click()
    expect(page.get_by_role("heading", name="2 of 2 reps neutral")).to_be_visible()
    page.context.close()


def test_a_deletion_is_taken_back_and_carried_out(browser: Browser, address: str, home: Path, set_id: UUID) -> None:
    page = app_server.open_page(browser, address, f"review?set={set_id}")
    app_server.wait_until_drawn(page)
    page.get_by_text("Delete this set").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Hip hinge, hinge_neutral.mp4 is deleted in")).to_be_visible()
    expect(page.locator(f".st-key-set-row-{set_id}")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="2 of 2 reps neutral")).to_be_visible()
    with open_history(home / "data", "") as history:
        page.wait_for_timeout(11_000)
        expect(page.get_by_role("heading", name="2 of 2 reps neutral")).to_be_visible()
        assert queries.count(history) == 1
        page.get_by_text("Delete this set").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page.get_by_text("is deleted in")).to_be_visible()
        expect(page.get_by_text("is deleted in")).to_have_count(0)
        assert queries.count(history) == 0
    page.context.close()


def test_a_prescription_is_a_form_and_the_engine_judges_by_it(browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address, "people")
    app_server.wait_until_drawn(page)
    form = page.locator(".st-key-prescription-form")
    form.get_by_text("Prescribe an exercise").click()
    app_server.choose(form.get_by_label("Exercise", exact=True), "Doorway hamstring stretch")
    expect(form.get_by_label("Holds per side")).to_have_value("2")
    app_server.wait_until_drawn(page)
    form.get_by_label("Hold at least, s").fill("45")
    form.get_by_label("Times a week").fill("5")
    form.get_by_label("Goal: leg raise, °").fill("75")
    form.get_by_text("Left", exact=True).click()
    form.get_by_role("button", name="Prescribe", exact=True).click()
    expect(page.get_by_text("2 holds, at least 45 s each, left side, 5 times a week, goal 75°")).to_be_visible()
    with open_history(home / "data", "") as history:
        (saved,) = goals.prescriptions(history, people.default(history).id)
    _, exercise = personal_exercises.parse_prescription(saved.text, load_library().exercise)
    assert [rule.bound.at_least for rule in exercise.rules if rule.measure == "hold_s"] == [45.0]
    assert exercise.target is not None
    assert (exercise.target.at, exercise.sides.both if exercise.sides else None) == (75.0, False)
    page.context.close()
