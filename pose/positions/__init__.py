"""Rows of a clip -> the person's position, and the quantities of that position over time."""
