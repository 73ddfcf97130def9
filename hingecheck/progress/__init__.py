"""Compute trends, days and minutes of practice from the sets of several weeks."""
