"""Frames of a clip -> how the person is placed, and the quantities of that position over time."""
