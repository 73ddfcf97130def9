"""A judged set and its frames -> drawn frames."""
