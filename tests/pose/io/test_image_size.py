import cv2
import numpy as np
import pytest

from pose.io.image_size import image_size, is_small_image


@pytest.mark.parametrize("ending", [".jpg", ".png"])
@pytest.mark.parametrize("size", [(1, 1), (480, 640), (33, 2000)])
def test_the_size_is_that_of_the_decoded_picture(ending: str, size: tuple[int, int]) -> None:
    data = cv2.imencode(ending, np.zeros((*size, 3), np.uint8))[1].tobytes()
    assert image_size(data) == size
    assert is_small_image(data, *size)
    assert not is_small_image(data, size[0], size[1] - 1)
    assert image_size(data[:20]) is None


def test_no_other_format_has_a_size() -> None:
    image = np.zeros((8, 8, 3), np.uint8)
    for ending in (".bmp", ".webp", ".tiff"):
        assert image_size(cv2.imencode(ending, image)[1].tobytes()) is None
    assert image_size(b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(100)) is None  # JPEG 2000
    assert image_size(b"") is None
    assert image_size(b"\xff\xd8\xff\xe0\x00") is None


def test_a_png_whose_part_is_longer_than_the_file_is_refused() -> None:
    data = cv2.imencode(".png", np.zeros((8, 8, 3), np.uint8))[1].tobytes()
    content = data.index(b"IDAT")
    assert is_small_image(data, 8, 8)
    assert not is_small_image(data[:content - 4] + b"\x8e" + data[content - 3:], 8, 8)  # says 2.4 GB
    assert not is_small_image(data[:-3], 8, 8)
