"""Names of the array types that pass between modules; shape and unit stand where one is used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
#: An image, RGB from 0 to 255, shape (height, width, 3).
Image = NDArray[np.uint8]
#: A soft silhouette, 0 = background, 255 = person, shape (height, width).
Mask = NDArray[np.uint8]
