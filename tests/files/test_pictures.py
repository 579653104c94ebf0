"""What is made of a picture that somebody sent."""

import io

import pytest
from PIL import Image

from sidan.files.pictures import (
    LONGEST_SIDE,
    MAX_BYTES,
    THUMB_SIDE,
    NotAPicture,
    Picture,
    PictureTooLarge,
    make_picture,
)
from tests.files.conftest import picture_bytes


def made(content: bytes) -> Picture:
    return make_picture(source=io.BytesIO(content))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_a_jpeg(kind: str) -> None:
    picture = made(picture_bytes(kind=kind))
    assert opened(picture.content).format == opened(picture.thumb).format == "JPEG"
    assert (picture.width, picture.height) == (60, 40)
    assert len(picture.sha256) == 64


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Maker of telephones"
    exif.get_ifd(0x8825)[1] = "N"
    picture = made(picture_bytes(exif=exif, comment=b"hidden note"))
    assert (picture.width, picture.height) == (40, 60)
    plain = opened(picture.content)
    assert not plain.getexif()
    assert b"Maker" not in picture.content
    assert b"hidden note" not in picture.content
    red, _green, blue = plain.convert("RGB").getpixel((20, 5))  # type: ignore[misc] # three colours
    assert red > 200 > 100 > blue


def test_a_large_picture_is_scaled_and_a_small_one_is_not() -> None:
    large = made(picture_bytes(4000, 1000))
    assert (large.width, large.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)
    assert max(opened(large.thumb).size) == THUMB_SIDE
    assert made(picture_bytes(10, 10)).width == 10


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "I;16"),
                                            ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA")])  # fmt: skip
def test_odd_colours_are_understood(kind: str, mode: str) -> None:
    picture = made(picture_bytes(kind=kind, mode=mode))
    assert opened(picture.content).mode == "RGB"


def test_what_was_transparent_becomes_paper() -> None:
    shown = opened(made(picture_bytes(kind="PNG", mode="RGBA")).content)
    assert min(shown.getpixel((5, 5))) > 250  # type: ignore[type-var,arg-type] # three colours


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xd8\xff", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"GIF89a" + bytes(50),
     picture_bytes()[:200], b"PK\x03\x04" + bytes(100), b"\x89PNG\r\n\x1a\n" + bytes(40)],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        made(content)


def test_a_gif_or_a_tiff_is_not_taken() -> None:
    for kind in ("GIF", "TIFF", "BMP"):
        with pytest.raises(NotAPicture):
            made(picture_bytes(kind=kind))


def test_a_picture_bomb_is_refused_before_it_unfolds() -> None:
    bomb = picture_bytes(20_000, 20_000, kind="PNG", mode="1")
    assert len(bomb) < 100_000
    with pytest.raises(PictureTooLarge):
        made(bomb)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(PictureTooLarge):
        made(picture_bytes() + bytes(MAX_BYTES))
