"""Numbers -> words: what an exercise is, reps found, rules judged. Sees no pixels."""
