"""The pages over a PostgreSQL: a prescription, the set that it judges, the weeks, and deletion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from hingecheck.history import people, queries
from hingecheck.history.store import open_history
from tests.helpers import app_server, postgresql
from tests.helpers.app_server import ANALYSED_MS, ROOT

#: The sample folds to about 70 deg: deep enough for everybody else.
PRESCRIPTION = 'exercise = "hip_hinge"\n[rules.too_shallow]\nat_least = 85\nwatch = 88\n'


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgresql.server() as address:
        with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE pages")
        yield address.format("pages")


def test_from_a_prescription_to_the_weeks_and_to_deletion(browser: Browser, database: str, tmp_path: Path) -> None:
    with app_server.server(tmp_path / "data", tmp_path / "exercises", database) as address:
        page = app_server.open_page(browser, address, "people")
        _added(page)
        _save_prescription(page)
        _analysed(page, address, tmp_path)
        page.get_by_role("link", name="Progress").click()
        expect(page.get_by_text("One week so far")).to_be_visible()
        app_server.wait_until_drawn(page)
        page.get_by_role("button", name="Hip hinge").click()
        expect(page.get_by_text("85").first).to_be_visible()
        with open_history(tmp_path / "data", database) as history:
            assert queries.count(history) == 1
        _deleted(page)
        page.context.close()
    with open_history(tmp_path / "data", database) as history:
        assert (queries.count(history), people.everyone(history, archived=True)) == (0, ())
    assert not (tmp_path / "data" / "history.sqlite3").exists()
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def _added(page: Page) -> None:
    app_server.wait_until_drawn(page)
    page.get_by_text("Add a person").click()
    page.get_by_label("Name", exact=True).last.fill("Ana")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Ana was added.")).to_be_visible()


def _save_prescription(page: Page) -> None:
    app_server.wait_until_drawn(page)
    page.get_by_text("Add a prescription from a file").click()
    page.get_by_label("Prescription text").fill(PRESCRIPTION)
    page.get_by_role("button", name="Add the prescription").click()
    expect(page.get_by_text(re.compile(r"Prescribed \d"))).to_be_visible()


def _analysed(page: Page, address: str, folder: Path) -> None:
    page.get_by_role("link", name="Analyse").click()
    expect(page.get_by_role("heading", name="Analyse a video")).to_be_visible()
    app_server.wait_until_drawn(page)
    app_server.upload(page, app_server.copy_beginning(ROOT / "samples" / "hinge_neutral.mp4", folder / "clip.mp4",
                                                 until_s=6.5))
    expect(app_server.cards(page)).to_have_count(1, timeout=ANALYSED_MS)
    expect(app_server.cards(page).get_by_text("Too shallow").or_(app_server.cards(page).get_by_text("Shallow")).first) \
        .to_be_visible()


def _deleted(page: Page) -> None:
    page.get_by_role("link", name="People").click()
    app_server.wait_until_drawn(page)
    page.get_by_text("Delete Ana with everything").click()
    page.get_by_text("Yes, delete all of it").click()
    app_server.wait_until_drawn(page)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("all their data are deleted")).to_be_visible()
