"""Rotation matrices about the body's axes: +x the person's left, +y up, +z forward; angles in degrees."""

from __future__ import annotations

import numpy as np

from pose.arrays import FloatArray


def about_x(angle_deg: float) -> FloatArray:
    """Forward bend: takes up to forward."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def about_y(angle_deg: float) -> FloatArray:
    """Turn on the spot: takes forward to the person's left."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def about_z(angle_deg: float) -> FloatArray:
    """Lean to the side: takes the person's left to up."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def align(a: FloatArray, b: FloatArray) -> FloatArray:
    """Smallest rotation that takes direction a to direction b."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    v, c = np.cross(a, b), float(a @ b)
    if c < -0.9999:
        return about_x(180)
    k = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.eye(3) + k + k @ k / (1 + c)
