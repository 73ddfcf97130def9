"""One file per step, oldest first; a released step is never changed."""
