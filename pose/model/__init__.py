"""The pose model: its weights, and the only interface to MediaPipe."""
