"""Every function of the history: how it is called for what is Ana's, and who may call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from exercises.load import load
from exercises.report_parts import FullBend
from hingecheck.history import (
    accounts,
    archive_export,
    archive_import,
    consents,
    copies,
    files,
    goals,
    hand_angles,
    history_check,
    people,
    personal_exercises,
    prescribed_programme,
    queries,
    recent_videos,
    remarks,
    set_changes,
    sets,
    tags,
)
from hingecheck.history.access import Role
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet
from tests.helpers import saved_sets
from tests.helpers.new_sets import RIGHT_ANGLE
from tests.helpers.shared_home import PASSWORD, Home, report_of_a_file

#: Function of the history -> how it is called for what is Ana's, and what somebody else gets: "nothing", an answer
#: without anything of Ana's, or "error", a refusal.
CALLS: dict[str, tuple[Callable[[Home, History], Any], str]] = {
    "people.add": (lambda home, of: people.add(of, "Eve"), "error"),
    "people.everyone": (lambda home, of: [person for person in people.everyone(of, archived=True)
                                          if person.id == home.ana], "nothing"),
    "people.get": (lambda home, of: people.get(of, home.ana), "error"),
    "people.find": (lambda home, of: people.find(of, "Ana"), "error"),
    "people.find_or_add": (lambda home, of: people.find_or_add(of, "Ana"), "error"),
    "people.default": (lambda home, of: people.default(of).id == home.ana, "nothing"),
    "people.change": (lambda home, of: people.change(of, home.ana, "Eve"), "error"),
    "people.archive": (lambda home, of: people.archive(of, home.ana), "error"),
    "people.delete": (lambda home, of: people.delete(of, home.ana), "error"),
    "sets.save": (lambda home, of: sets.save(of, NewSet(saved_sets.report(), saved_sets.EXERCISE), home.ana), "error"),
    "sets.update": (lambda home, of: sets.update(of, home.set_id, NewSet(saved_sets.report("N"), saved_sets.EXERCISE)),
                    "error"),
    "sets.load": (lambda home, of: sets.load(of, home.set_id), "error"),
    "sets.delete": (lambda home, of: sets.delete(of, home.set_id), "error"),
    "sets.delete_session": (lambda home, of: sets.delete_session(of, home.session_id), "error"),
    "sets.start_session": (lambda home, of: sets.start_session(of, home.ana), "error"),
    "sets.note_session": (lambda home, of: sets.note_session(of, home.session_id, "x"), "error"),
    "files.load_track": (lambda home, of: files.load_track(of, home.set_id), "error"),
    "files.key_image_paths": (lambda home, of: files.key_image_paths(of, home.set_id), "error"),
    "files.load_key_images": (lambda home, of: files.load_key_images(of, home.set_id), "error"),
    "files.video_path": (lambda home, of: files.video_path(of, home.set_id), "error"),
    "files.save_video": (lambda home, of: files.save_video(of, home.set_id, home.video), "error"),
    "recent_videos.put": (lambda home, of: recent_videos.put(of, home.set_id, home.video), "error"),
    "recent_videos.path": (lambda home, of: recent_videos.path(of, home.set_id), "error"),
    "recent_videos.delete": (lambda home, of: recent_videos.delete(of, home.set_id), "error"),
    "files.delete_video": (lambda home, of: files.delete_video(of, home.set_id), "error"),
    "goals.prescribe": (lambda home, of: goals.prescribe(
        of, home.ana, "hip_hinge", 'exercise = "hip_hinge"'), "error"),
    "goals.prescriptions": (lambda home, of: goals.prescriptions(of, home.ana), "nothing"),
    "goals.prescription_at": (lambda home, of: goals.prescription_at(of, home.ana, "hip_hinge"), "nothing"),
    "goals.delete_prescription": (lambda home, of: goals.delete_prescription(of, home.prescription_id), "nothing"),
    "goals.set_goal": (lambda home, of: goals.set_goal(of, home.ana, "hip_hinge", "leg_raise_deg", 1.0), "error"),
    "goals.goals": (lambda home, of: goals.goals(of, home.ana), "nothing"),
    "goals.delete_goal": (lambda home, of: goals.delete_goal(of, home.goal_id), "nothing"),
    "goals.set_full_bend": (lambda home, of: goals.set_full_bend(of, home.ana, FullBend(spine_flexion_deg=50.0)),
                            "error"),
    "goals.full_bend": (lambda home, of: goals.full_bend(of, home.ana), "nothing"),
    "prescribed_programme.prescribed_programme": (lambda home, of: [
        one for one in prescribed_programme.prescribed_programme(of, home.ana, load) if one], "nothing"),
    "personal_exercises.for_set": (lambda home, of: [one for one in personal_exercises.for_set(
        of, home.ana, saved_sets.EXERCISE)[:1] if one.prescribed], "nothing"),
    "personal_exercises.for_person": (lambda home, of: [one for one in personal_exercises.for_person(
        of, home.ana)[0].values() if one.prescribed], "nothing"),
    "queries.lines": (lambda home, of: [*queries.lines(of, home.ana), *(
        line for line in queries.lines(of) if line.person_id == home.ana)], "nothing"),
    "queries.count": (lambda home, of: queries.count(of, home.ana), "nothing"),
    "queries.exercises": (lambda home, of: queries.exercises(of, home.ana), "nothing"),
    "queries.sessions": (lambda home, of: [*queries.sessions(of, home.ana), *(
        one for one in queries.sessions(of) if one.person_id == home.ana)], "nothing"),
    "queries.sets_of": (lambda home, of: queries.sets_of(of, home.session_id), "nothing"),
    "queries.reps": (lambda home, of: queries.reps(of, home.ana), "nothing"),
    "queries.practice": (lambda home, of: queries.practice(of, home.ana), "nothing"),
    "copies.copies": (lambda home, of: copies.copies(of, home.ana, report_of_a_file()), "nothing"),
    "copies.counted_before": (lambda home, of: copies.counted_before(of, home.ana, report_of_a_file()), "nothing"),
    "copies.copied_sets": (lambda home, of: copies.copied_sets(of, home.ana), "nothing"),
    "queries.answers": (lambda home, of: queries.answers(of, home.ana), "nothing"),
    "queries.rule_counts": (lambda home, of: queries.rule_counts(of, home.ana), "nothing"),
    "queries.find": (lambda home, of: queries.find(of, str(home.set_id)), "error"),
    "remarks.relabel": (lambda home, of: remarks.relabel(of, home.set_id, 3, "rounded"), "error"),
    "remarks.take_back": (lambda home, of: remarks.take_back(of, home.set_id, 3), "nothing"),
    "remarks.answer": (lambda home, of: remarks.answer(of, home.set_id, 9), "error"),
    "remarks.add_note": (lambda home, of: remarks.add_note(of, home.ana, "x"), "error"),
    "remarks.notes": (lambda home, of: remarks.notes(of, home.ana), "nothing"),
    "remarks.delete_note": (lambda home, of: remarks.delete_note(of, home.note_id), "nothing"),
    "set_changes.rename": (lambda home, of: set_changes.rename(of, home.set_id, "x"), "error"),
    "set_changes.move": (lambda home, of: set_changes.move(of, home.set_id, home.ben), "error"),
    "tags.add": (lambda home, of: tags.add(of, home.set_id, "x"), "error"),
    "tags.remove": (lambda home, of: tags.remove(of, home.set_id, "x"), "error"),
    "tags.of_person": (lambda home, of: tags.of_person(of, home.ana), "nothing"),
    "hand_angles.add": (lambda home, of: hand_angles.add(of, home.set_id, RIGHT_ANGLE), "error"),
    "hand_angles.of_set": (lambda home, of: hand_angles.of_set(of, home.set_id), "nothing"),
    "hand_angles.delete": (lambda home, of: hand_angles.delete(of, home.angle_id), "nothing"),
    "archive_export.export_archive": (lambda home, of: archive_export.export_archive(
        of, home.video.with_name("stolen.zip"), home.ana), "error"),
    "archive_import.import_archive": (lambda home, of: archive_import.import_archive(of, home.archive), "error"),
    "history_check.check": (lambda home, of: history_check.check(of), "error"),
    "accounts.add": (lambda home, of: accounts.add(of, "Eve", Role.OWNER, PASSWORD), "error"),
    "accounts.everyone": (lambda home, of: accounts.everyone(of), "error"),
    "accounts.find": (lambda home, of: accounts.find(of, "Ana"), "error"),
    "accounts.set_password": (lambda home, of: accounts.set_password(of, uuid4(), PASSWORD), "error"),
    "accounts.change": (lambda home, of: accounts.change(of, of.viewer.account_id, Role.OWNER, home.ana), "error"),
    "accounts.delete": (lambda home, of: accounts.delete(of, uuid4()), "error"),
    "consents.therapists": (lambda home, of: consents.therapists(of, home.ana), "error"),
    "consents.agree": (lambda home, of: consents.agree(of, home.ana, of.viewer.account_id), "error"),
}
#: What the server itself calls before it knows who somebody is, and what needs no history of anybody.
OF_THE_SERVER = {"accounts.has_owner", "accounts.log_in", "accounts.of_openid", "accounts.viewer",
                 "set_access.require_set", "upgrade.upgrade", "people.example",
                 "recent_videos.sweep"}
#: Parts of the functions above; their callers call first.
INNER = {"archive_files.unpack_missing", "archive_files.require_space", "file_changes.folder_of",
         "file_changes.write_errors", "file_changes.file_change", "file_changes.rows_of",
         "file_changes.settle_leftovers", "file_changes.current_path", "connection.read_transaction",
         "connection.write_transaction", "connection.translated_errors", "writers.writers_are_done"}
#: What a therapist with consent still may not do.
NOT_A_THERAPISTS = {"people.add", "people.change", "people.archive", "people.delete", "sets.delete",
                    "sets.delete_session", "set_changes.rename", "set_changes.move",
                    "files.save_video", "files.delete_video", "recent_videos.put",
                    "recent_videos.delete", "archive_export.export_archive",
                    "archive_import.import_archive", "history_check.check", "accounts.add", "accounts.everyone",
                    "accounts.find",
                    "accounts.set_password", "accounts.change", "accounts.delete", "consents.therapists",
                    "consents.agree"}
