"""RGB image <-> bytes of an image file: encode as JPEG, decode JPEG or PNG."""

from __future__ import annotations

import cv2
import numpy as np

from pose.arrays import Image
from pose.io.image_size import is_small_image

#: Phones' largest pictures are 9248 pixels wide.
LONGEST_SIDE_PX = 12_000


def encode_jpeg(image: Image, quality: int = 84) -> bytes:
    """Return an RGB image as the bytes of a JPEG file.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width, 3)
    quality : int
        0 to 100; 84 is that of the key images in reports and in the history.

    Raises
    ------
    ValueError
        The image has a side that JPEG cannot hold (above 65,500 pixels).

    Examples
    --------
    >>> encode_jpeg(np.zeros((8, 8, 3), np.uint8))[:3]
    b'\\xff\\xd8\\xff'
    """
    is_encoded, data = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not is_encoded:
        raise ValueError(f"cannot encode an image of shape {image.shape} as JPEG")
    return data.tobytes()


def decode_image(data: bytes) -> Image | None:
    """Return the RGB image of a file's bytes; None where they are no JPEG or PNG of at most 12,000 pixels a side.

    Whatever else OpenCV decodes is not: many of its decoders were attacked before.
    """
    if not is_small_image(data, LONGEST_SIDE_PX, LONGEST_SIDE_PX):
        return None
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return None if image is None else np.ascontiguousarray(image[:, :, ::-1], dtype=np.uint8)
