"""Bilinear interpolation in a silhouette against SciPy's, which is not installed with the program."""

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from pose.frame.sampling import bilinear


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (40, 31)])
def test_as_scipy_inside_on_the_edge_and_outside(shape):
    rng = np.random.default_rng(3)
    mask = rng.integers(0, 256, shape, dtype=np.uint8)
    points = rng.uniform(-2, max(shape) + 2, (5, 400, 2))
    points[0] = np.round(points[0])
    expected = map_coordinates(mask, [points[..., 1], points[..., 0]], output=float, order=1, cval=0.0)
    np.testing.assert_allclose(bilinear(mask, points), expected, atol=1e-9)


def test_half_way_between_two_pixels():
    assert bilinear(np.array([[0, 100]], dtype=np.uint8), np.array([0.5, 0.0])) == 50
