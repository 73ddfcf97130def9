from bench import history as bench
from hingecheck.history import queries
from hingecheck.history.store import open_history


def test_every_question_is_answered_from_a_history_that_looks_like_a_real_one(tmp_path):
    with open_history(tmp_path, "") as history:
        person, set_id = bench.fill(history, sessions=20)
        assert len(queries.sessions(history)) == 20 + 1
        assert queries.count(history) == 20 * bench.SETS + 1
        reps = queries.reps(history, person)
        assert len(reps) == (18 * bench.SETS + 1) * bench.REPS
        assert {rep.exercise for rep in reps} == {"hip_hinge", "doorway_hamstring_stretch"}
        assert {rep.rules_broken != () for rep in reps} == {True, False}
        for name, ask in bench.questions(history, person, set_id).items():
            usual, slowest, worked = bench.asked(ask, times=1)
            assert 0 < usual <= slowest, name
            assert worked >= 0, name
