"""Tries to reach what is one person's on a shared server, by everybody else: what each was, and whether it did."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from streamlit.proto.WidgetStates_pb2 import WidgetState

from hingecheck.history import accounts, files, people, sets
from hingecheck.history.access import Role
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from tests.helpers import saved_sets
from tests.helpers.app_server import ROOT
from tests.helpers.shared_pages import PASSWORD, Answer, Visitor, shared

_PAGES = ("", "review", "progress", "live", "learn", "setup", "people")
_SECRET = "a secret video.mp4"
#: Accounts that may see nothing of the person.
_OTHERS = ("Ben", "Nobody", "Stranger")
_INSIDE = (b"SQLite format 3", b"argon2id", b"PRIVATE KEY", _SECRET.encode())
_AROUND = ("/media/../{path}", "/media/%2e%2e/{path}", "/media/..%2f..%2f{path}", "/static/../../{path}",
           "/component/streamlit_webrtc.component.webrtc_streamer/../../../{path}", "/{path}", "//{path}",
           "/app/static/{path}", "/static/..%5c..%5c{path}", "/media/{path}", "/_stcore/bidi-components/x/{path}",
           "/component/x/{path}", "/static/%00{path}", "/media/....//....//{path}")


@dataclass(frozen=True)
class Clinic:
    """A running shared server, and what must stay as it is in its history."""

    address: str
    data: Path
    set_id: UUID
    before: tuple[object, ...]

    def visitor(self, name: str = "") -> Visitor:
        """Return somebody with a browser of their own, logged in where they have a name."""
        visitor = Visitor(self.address, self.data / "certificates" / "authority.crt")
        if name and visitor.log_in(name).status != 303:
            raise SystemExit(f"{name} could not log in")
        return visitor

    def changes(self) -> Iterator[tuple[str, bool]]:
        """Yield whether anything in the history changed."""
        with open_history(self.data, "") as history:
            yield "rows and files", _state(history) != self.before


def _state(history: History) -> tuple[object, ...]:
    with read_transaction(history) as session:
        rows = {table.name: sorted(repr(row) for row in session.execute(table.select()))
                for table in Base.metadata.sorted_tables}
    return rows, sorted((path.name, path.read_bytes()) for path in history.folder.glob("sets/*/*"))


@contextmanager
def clinic(folder: Path) -> Iterator[Clinic]:
    """Serve the set of one person, to accounts of others."""
    data = folder / "data"
    with open_history(data, "") as history:
        person, ben = people.add(history, "Wilma"), people.add(history, "Ben")
        report = saved_sets.report().model_copy(update={"video": _SECRET})
        image = {3: saved_sets.KEY_IMAGE}
        set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, saved_sets.track(), image), person.id)
        files.save_video(history, set_id, ROOT / "samples" / "hinge_neutral.mp4")
        for name, role, own in (("Wilma", Role.PERSON, person.id), ("Ben", Role.PERSON, ben.id),
                                ("Nobody", Role.PERSON, None), ("Stranger", Role.THERAPIST, None),
                                ("Olga", Role.OWNER, None)):
            accounts.add(history, name, role, PASSWORD, own)
        before = _state(history)
    with shared(data) as address:
        yield Clinic(address, data, set_id, before)


def _tells(answer: Answer, *more: bytes) -> bool:
    return any(secret in answer.body for secret in (*_INSIDE, *more))


def by_function(folder: Path) -> Iterator[tuple[str, bool]]:
    """Call every function of the history as somebody else."""
    from tests.helpers.history_calls import CALLS
    from tests.helpers.shared_home import open_home

    folder.mkdir(parents=True)
    with open_home(folder / "home", "") as home:
        before = _state(home.history)
        for (name, (call, expected)), (role, person) in itertools.product(CALLS.items(), (
                (Role.PERSON, home.ben), (Role.PERSON, None), (Role.THERAPIST, home.ben), (Role.THERAPIST, None))):
            try:
                got = bool(call(home, home.seen_by(role, person))) or expected == "error"
            except HistoryError:
                got = False
            yield f"{name} as {role.value}", got
        yield "changed", _state(home.history) != before


def by_set_id(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Name the set in the address of every page, in every way that names it."""
    own = str(clinic.set_id)
    queries = [f"set={own}", f"set={own.upper()}", f"set={own.replace('-', '')}", f"set=%7B{own}%7D",
               f"set=urn:uuid:{own}", f"set={own[:8]}", f"set=x&set={own}", f"set={own}&set=x", f"set_id={own}",
               f"person=Wilma&set={own}", "person=Wilma", "exercise=hip_hinge&person_id=Wilma"]
    for name in _OTHERS:
        with clinic.visitor(name).window() as window:
            for page, query in itertools.product(_PAGES, queries):
                window.open(f"{page}?{query}")
                page_text = window.text.replace(query, "")
                yield f"{name}: {page}?{query}", _SECRET in page_text or ("Wilma" in page_text.replace(query, ""))


def by_address(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Ask for files of the data folder by every way to name them, without a login and with each."""
    inside = [f"sets/{clinic.set_id}/{name}" for name in ("track.npz", "annotated.mp4", "rep-3.jpg")]
    inside += ["history.sqlite3", "certificates/authority.key", "certificates/server.key"]
    paths = [*inside, *(str(clinic.data / name).lstrip("/") for name in inside)]
    video = (ROOT / "samples" / "hinge_neutral.mp4").read_bytes()[:64]
    for name in ("", *_OTHERS, "Wilma"):
        visitor = clinic.visitor(name)
        for way, path in itertools.product(_AROUND, paths):
            address = way.format(path=path)
            yield f"{name}: {address}", _tells(visitor.ask(address), video)


def by_picture(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Ask for pictures and videos on the person's own open page."""
    with clinic.visitor("Wilma").window(f"review?set={clinic.set_id}") as window:
        for url, name in itertools.product(window.pictures, ("", "Wilma", "Olga", *_OTHERS)):
            visitor = clinic.visitor(name)
            for path, method in itertools.product((url, f"{url}?a", url.upper(), url.replace(".", "%2e"), f"/.{url}",
                                                   url.partition(".")[0]), ("GET", "HEAD", "OPTIONS")):
                answer = visitor.ask(path, method)
                yield f"{name}: {method} {path}", answer.status == 200 and "text/html" not in answer.headers.get(
                    "content-type", "")


def by_download(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Press the person's export buttons from another window, and fetch what comes of it."""
    with clinic.visitor("Wilma").window(f"review?set={clinic.set_id}") as window:
        downloads = window.downloads
        if len(downloads) < 5:
            raise SystemExit("the review has fewer exports than it should")
        for name in _OTHERS:
            visitor = clinic.visitor(name)
            with visitor.window() as other:
                for file_id in downloads:
                    url = other.download(file_id)
                    yield f"{name}: {file_id}", bool(url) and visitor.ask(url).status == 200


def by_upload(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Put files into the person's window, and take them away."""
    with clinic.visitor("Wilma").window() as window:
        for name, method, file in itertools.product(("", "Wilma", *_OTHERS), ("PUT", "DELETE", "OPTIONS", "GET"),
                                                    ("a", "../a", "")):
            answer = clinic.visitor(name).ask(f"/_stcore/upload_file/{window.id}/{file}", method)
            yield f"{name}: {method} {file}", answer.status in (200, 204)


def by_window(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Go on with the person's window, while it is open and after."""
    with clinic.visitor("Wilma").window(f"review?set={clinic.set_id}") as window:
        own = window.id
        yield from _takeover(clinic, own)
    yield from _takeover(clinic, own)


def _takeover(clinic: Clinic, own: str) -> Iterator[tuple[str, bool]]:
    for name, text in itertools.product((*_OTHERS, "Olga"), (own, own.upper(), f"{own}.", own[:8])):
        with clinic.visitor(name).window(window_id=text) as other:
            yield f"{name}: {text}", other.id == own or (name != "Olga" and _SECRET in other.text)


def by_button(clinic: Clinic) -> Iterator[tuple[str, bool]]:
    """Press and fill what the person's and the owner's pages have, from a window that shows none of it."""
    seen: dict[str, dict[str, str]] = {}
    for name, page in (("Wilma", f"review?set={clinic.set_id}"), ("Wilma", "people"), ("Olga", "people")):
        with clinic.visitor(name).window(page) as window:
            seen.setdefault(page, {}).update(window.widgets)
    for name in _OTHERS:
        with clinic.visitor(name).window() as window:
            for page, widgets in seen.items():
                for identity, kind in widgets.items():
                    window.open(page, *_pressed(identity))
                    yield f"{name}: {kind} of {page}", _SECRET in window.text


def _pressed(identity: str) -> tuple[WidgetState, ...]:
    return (WidgetState(id=identity, trigger_value=True), WidgetState(id=identity, bool_value=True),
            WidgetState(id=identity, int_value=1), WidgetState(id=identity, string_value="Wilma"))
