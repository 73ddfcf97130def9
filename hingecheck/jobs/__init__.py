"""Analyse videos, write their files and save their sets; for pages, in worker processes one after the other."""
