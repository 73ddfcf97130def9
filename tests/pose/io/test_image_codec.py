import cv2
import numpy as np
import pytest

from pose.io.image_codec import decode_image, encode_jpeg

#: Red, green, blue and grey quarters: swapped channels would show.
QUARTERS = np.zeros((40, 60, 3), np.uint8)
QUARTERS[:20, :30, 0] = QUARTERS[:20, 30:, 1] = QUARTERS[20:, :30, 2] = 200
QUARTERS[20:, 30:] = 90


@pytest.mark.parametrize("quality", [80, 84, 92])
def test_the_bytes_are_those_of_opencv(quality: int) -> None:
    bgr = np.ascontiguousarray(QUARTERS[:, :, ::-1])
    wanted = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
    assert encode_jpeg(QUARTERS, quality) == wanted


def test_the_colours_come_back_in_their_order() -> None:
    image = decode_image(encode_jpeg(QUARTERS, 100))
    assert image is not None
    for row, column in ((10, 15), (10, 45), (30, 15), (30, 45)):
        assert image[row, column] == pytest.approx(QUARTERS[row, column].astype(float), abs=4)


def test_a_png_is_decoded_without_loss() -> None:
    png = cv2.imencode(".png", QUARTERS[:, :, ::-1])[1].tobytes()
    assert np.array_equal(decode_image(png), QUARTERS)


@pytest.mark.parametrize("data", [b"", b"no image", b"\xff\xd8\xff\xe0\x00"])
def test_what_is_no_image_is_none(data: bytes) -> None:
    assert decode_image(data) is None


def test_an_image_too_large_for_jpeg_is_refused() -> None:
    with pytest.raises(ValueError, match="1, 70000, 3"):
        encode_jpeg(np.zeros((1, 70_000, 3), np.uint8))
