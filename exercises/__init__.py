"""Measured columns -> reps, verdicts and sentences: exercises, segmentation, rules. Uses no pixels."""
