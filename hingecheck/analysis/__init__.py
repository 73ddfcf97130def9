"""Frames -> a judged set: measuring, judging, what is saved of the frames."""
