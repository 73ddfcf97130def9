"""Outlines against the person's own neutral -> the flexion of the spine and its uncertainty."""
