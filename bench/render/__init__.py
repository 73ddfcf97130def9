"""Renders clothed people with exact joint angles, before any camera: the people the formulas are fitted on."""
