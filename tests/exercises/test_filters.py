"""The rules' filters against SciPy's, which is not installed with the program."""

import numpy as np
import pytest
from scipy.ndimage import maximum_filter1d, minimum_filter1d
from scipy.signal import savgol_filter

from exercises.filters import running_maximum, running_minimum, savitzky_golay

VALUES = np.random.default_rng(5).normal(size=90).cumsum()


@pytest.mark.parametrize(("before", "after"), [(0, 0), (4, 4), (0, 6), (6, 0), (3, 2)])
def test_running_extremes(before, after):
    size, origin = before + after + 1, before - (before + after + 1) // 2
    np.testing.assert_array_equal(running_minimum(VALUES, before, after),
                                  minimum_filter1d(VALUES, size, origin=origin, mode="nearest"))
    np.testing.assert_array_equal(running_maximum(VALUES, before, after),
                                  maximum_filter1d(VALUES, size, origin=origin, mode="nearest"))


def test_running_minimum_of_known_numbers():
    assert running_minimum(np.array([5.0, 3.0, 4.0, 1.0, 2.0]), 1, 1).tolist() == [3, 3, 1, 1, 1]


@pytest.mark.parametrize("width", [3, 21, 89])
def test_savitzky_golay(width):
    np.testing.assert_allclose(savitzky_golay(VALUES, width), savgol_filter(VALUES, width, 2), atol=1e-9)


def test_a_parabola_is_unchanged():
    parabola = np.linspace(-3, 5, 60)**2
    np.testing.assert_allclose(savitzky_golay(parabola, 21), parabola, atol=1e-9)
