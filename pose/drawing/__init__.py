"""Points, lines and words -> pictures."""
