"""Sets over weeks -> trends, days and minutes of practice."""
