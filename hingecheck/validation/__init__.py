"""Angles measured by hand -> how well ours agree with them."""
