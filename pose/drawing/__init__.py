"""Points, lines and words -> images."""
