"""The pose model: its weights, and the one door to MediaPipe."""
