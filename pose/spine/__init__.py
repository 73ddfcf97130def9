"""Outlines against the person's own neutral -> the flexion of the spine, and how sure it is."""
