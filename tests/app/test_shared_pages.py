"""Shared pages, asked over the network by people who try to reach what is another's: by id, name, path and role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from hingecheck.history import accounts, consents, files, people, queries, sets
from hingecheck.history.access import Role
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from tests.helpers import saved_sets
from tests.helpers.app_server import ROOT
from tests.helpers.shared_pages import PASSWORD, Visitor, shared

SECRET = "anas secret video.mp4"
PAGES = ("", "review", "progress", "live", "learn", "setup", "people", "programme")


@dataclass(frozen=True)
class Clinic:
    """A running server with the set of Ana, and accounts of Ana, Ben, two therapists and the owner."""

    address: str
    data: Path
    ana_id: UUID
    set_id: UUID

    def visitor(self, name: str = "") -> Visitor:
        visitor = Visitor(self.address, self.data / "certificates" / "authority.crt")
        if name:
            assert visitor.log_in(name).status == 303
        return visitor


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    data = tmp_path_factory.mktemp("clinic") / "data"
    with open_history(data, "") as history:
        ana, ben = people.add(history, "Wilma"), people.add(history, "Ben")
        report = saved_sets.report().model_copy(update={"video": SECRET})
        set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, saved_sets.track(),
                                           {3: saved_sets.KEY_IMAGE}), ana.id)
        files.save_video(history, set_id, ROOT / "samples" / "hinge_neutral.mp4")
        for name, role, person in (("Wilma", Role.PERSON, ana.id), ("Ben", Role.PERSON, ben.id),
                                   ("Nobody", Role.PERSON, None), ("Stranger", Role.THERAPIST, None),
                                   ("Olga", Role.OWNER, None)):
            accounts.add(history, name, role, PASSWORD, person)
        trusted = accounts.add(history, "Trusted", Role.THERAPIST, PASSWORD)
        consents.agree(history, ana.id, trusted.id)
    with shared(data) as address:
        yield Clinic(address, data, ana.id, set_id)


@pytest.mark.parametrize("path", [*(f"/{name}" for name in PAGES), "/_stcore/host-config", "/_stcore/health",
                                  "/static/js/index.js", "/media/x.jpg", "/component/x/index.html", "/session",
                                  "/_stcore/upload_file/a/b", "/password", "/logout", "/auth/logout"])
def test_without_a_login_there_is_only_the_way_in(clinic: Clinic, path: str) -> None:
    answer = clinic.visitor().ask(path)
    assert (answer.status, answer.headers["location"]) == (303, "/login")
    assert clinic.visitor().ask(path, Accept="*/*").status == 401


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43])
def test_without_a_login_no_window_opens(clinic: Clinic, cookie: str) -> None:
    visitor = clinic.visitor()
    visitor.cookies["__Host-hingecheck"] = cookie
    with pytest.raises(InvalidStatus, match="403"), visitor.window():
        pass


@pytest.mark.parametrize("name", ["Ben", "Nobody", "Stranger"])
def test_no_page_shows_what_is_anas(clinic: Clinic, name: str) -> None:
    visitor = clinic.visitor(name)
    with visitor.window() as window:
        for page in PAGES:
            window.open(f"{page}?set={clinic.set_id}&person={clinic.ana_id}")
            assert SECRET not in window.text
            assert "Wilma" not in window.text
            assert str(clinic.ana_id) not in window.text.replace(f"person={clinic.ana_id}", "")
            assert not [url for url in window.pictures if page == "review"]
            assert page != "review" or "data:image/jpeg" not in window.text


@pytest.mark.parametrize("name", ["Wilma", "Trusted", "Olga"])
def test_who_may_see_it_does(clinic: Clinic, name: str) -> None:
    with clinic.visitor(name).window(f"review?set={clinic.set_id}") as window:
        assert SECRET in window.text
        assert len(window.pictures) >= 1
        assert window.text.count("data:image/jpeg") >= 2
        assert ("Delete this set" in window.text) == (name != "Trusted")
        assert "argon2" not in window.text


@pytest.mark.parametrize("name", ["Wilma", "Ben", "Trusted", "Olga"])
def test_only_the_owner_makes_programmes_for_everybody(clinic: Clinic, name: str) -> None:
    """They are files of the server: without this, one person could change what another is led through."""
    with clinic.visitor(name).window("programme") as window:
        assert ("Begin with" in window.text) == (name == "Olga")
        assert ("made and changed by the person who runs this server" in window.text) == (name != "Olga")


def test_pictures_and_uploads_are_of_one_login_alone(clinic: Clinic) -> None:
    ana, ben = clinic.visitor("Wilma"), clinic.visitor("Ben")
    with ana.window(f"review?set={clinic.set_id}") as window, ben.window() as other:
        assert other.id != window.id
        for url in window.pictures:
            own = ana.ask(url)
            assert (own.status, own.headers["cache-control"]) == (200, "no-store")
            for path in (url, f"/./{url}", url.replace("/media/", "/media/./"), f"{url}?x"):
                answer = ben.ask(path)
                assert answer.status in (400, 404) or answer.headers["content-type"].startswith("text/html"), path
                assert own.body not in answer.body
            assert clinic.visitor().ask(url).status == 303
            assert clinic.visitor("Wilma").ask(url).status == 404
        for method in ("PUT", "DELETE", "OPTIONS"):
            assert ben.ask(f"/_stcore/upload_file/{window.id}/a", method).status == 404


def test_nobody_takes_over_the_window_of_another(clinic: Clinic) -> None:
    ana, ben = clinic.visitor("Wilma"), clinic.visitor("Ben")
    with ana.window(f"review?set={clinic.set_id}") as window:
        own_id = window.id
    with ben.window(window_id=own_id) as other:
        assert other.id != own_id
        assert "Wilma" not in other.text
    with ana.window(window_id=own_id) as again:
        assert again.id == own_id


def test_a_login_that_ends_takes_its_windows_along(clinic: Clinic) -> None:
    ana = clinic.visitor("Wilma")
    token = dict(ana.cookies)
    with ana.window(f"review?set={clinic.set_id}") as window:
        url = window.pictures[0]
        assert ana.ask("/logout", form={"x": ""}).status == 303
        with pytest.raises(ConnectionClosed):
            window.open("people")
    ana.cookies.update(token)
    assert ana.ask("/session", Accept="*/*").status == 401
    assert ana.ask(url, Accept="*/*").status == 401


def test_a_withdrawn_consent_holds_from_the_next_click_on(clinic: Clinic) -> None:
    trusted = clinic.visitor("Trusted")
    with trusted.window(f"review?set={clinic.set_id}") as window, open_history(clinic.data, "") as history:
        assert SECRET in window.text
        account = accounts.find(history, "Trusted").id
        consents.agree(history, clinic.ana_id, account, agreed=False)
        try:
            window.open(f"review?set={clinic.set_id}")
            assert SECRET not in window.text
        finally:
            consents.agree(history, clinic.ana_id, account)


def test_another_site_can_neither_log_in_nor_out(clinic: Clinic) -> None:
    visitor = clinic.visitor()
    for origin in ("https://example.org", "null", clinic.address.replace("https", "http")):
        answer = visitor.ask("/login", form={"name": "Wilma", "password": PASSWORD}, Origin=origin)
        assert answer.status == 403
        assert clinic.visitor("Wilma").ask("/logout", form={"x": ""}, Origin=origin).status == 403
    assert "__Host-hingecheck" not in visitor.cookies
    assert visitor.ask("/", Host="example.org").status == 403


def test_wrong_passwords_are_slowed_down_and_tell_nothing(clinic: Clinic) -> None:
    visitor = clinic.visitor()
    for name in ("Stranger", "Nobody here"):
        # The slower the server, the more of them outlast the wait, which doubles each time.
        answers = [visitor.log_in(name, f"wrong {number}") for number in range(4)]
        while answers[-1].status != 429 and len(answers) < 9:
            answers.append(visitor.log_in(name, "wrong again"))
        assert [answer.status for answer in answers[:3]] == [401] * 3
        assert 429 in [answer.status for answer in answers[3:]]
        assert b"Name or password is wrong." in answers[0].body
    assert "__Host-hingecheck" not in visitor.cookies


def test_a_first_password_has_to_be_replaced(clinic: Clinic) -> None:
    with open_history(clinic.data, "") as history:
        accounts.add(history, "Eva", Role.PERSON, "temporary password", is_temporary=True)
    eva = clinic.visitor()
    assert eva.log_in("Eva", "temporary password").headers["location"] == "/password"
    assert eva.ask("/review").headers["location"] == "/password"
    with pytest.raises(InvalidStatus, match="403"), eva.window():
        pass
    form = {"old": "temporary password", "new": "a password of my own", "again": "a password of my own"}
    for wrong in ({"old": "not the old one"}, {"again": "another"}, {"new": "short", "again": "short"},
                  {"new": form["old"], "again": form["old"]}):
        assert eva.ask("/password", form={**form, **wrong}).status in (400, 401)
    assert eva.ask("/password", form=form).headers["location"] == "/"
    with eva.window("analyse") as window:
        assert "has no profile yet" in window.text
    assert clinic.visitor().log_in("Eva", "temporary password").status == 401


@pytest.mark.parametrize("how", ["a new password", "no account any more"])
def test_what_is_done_at_the_computer_ends_logins_there(clinic: Clinic, how: str) -> None:
    with open_history(clinic.data, "") as history:
        account = accounts.add(history, "Uwe", Role.PERSON, PASSWORD)
        uwe = clinic.visitor("Uwe")
        with uwe.window() as window:
            assert "Logged in as Uwe" in window.text
            if how == "a new password":
                accounts.set_password(history, account.id, "another password")
            else:
                accounts.delete(history, account.id)
            window.open("learn")
            assert "You are logged out" in window.text
            assert "Hip hinge" not in window.text
        assert uwe.ask("/session", Accept="*/*").status == 401
        if how == "a new password":
            accounts.delete(history, account.id)


def test_the_database_still_has_everything(clinic: Clinic) -> None:
    with open_history(clinic.data, "") as history:
        assert queries.count(history) == 1
        assert [person.name for person in people.everyone(history)] == ["Ben", "Wilma"]
