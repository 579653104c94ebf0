"""Making a stored picture of what somebody sent: decoded, checked, turned upright, scaled and written anew.

Writing anew is the protection: EXIF with its place and owner, hidden attachments and files that are two kinds at once
do not survive it.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from sidan.core.errors import Invalid, TooLarge

MAX_BYTES: Final = 12 * 1024 * 1024
"""A telephone's picture of 50 megapixels has about this much."""
MAX_PIXELS: Final = 60_000_000
"""A small file can unfold into a picture that fills the memory; this much is 180 MB decoded."""
LONGEST_SIDE: Final = 2048
THUMB_SIDE: Final = 480
KINDS: Final = ("JPEG", "PNG", "WEBP")
CONTENT_TYPE: Final = "image/jpeg"
_QUALITY: Final = 84
_PAPER: Final = (255, 255, 255)


class PictureTooLarge(TooLarge):
    """More bytes or more pixels than a telephone makes."""

    code = "picture_too_large"
    sentence = _("This picture is too large: at most 12 MB and 60 megapixels.")


class NotAPicture(Invalid):
    """Not a picture, not one of the kinds we take, or a broken one."""

    code = "not_a_picture"
    sentence = _("This is not a picture we can read. Please take a JPEG, PNG or WebP.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is stored, with its small form."""

    content: bytes
    thumb: bytes
    width: int
    height: int
    sha256: str


def _as_jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return target.getvalue()


def _on_paper(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours; what was transparent becomes white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (*_PAPER, 255))
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")


def _opened(source: BinaryIO) -> Image.Image:
    content = source.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise PictureTooLarge()
    try:
        with warnings.catch_warnings():
            # Our own limit on pixels comes before the library's, which would only warn at first.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=KINDS)
            if image.width * image.height > MAX_PIXELS:
                raise PictureTooLarge()
            # A JPEG is decoded near the wanted size at once: a quarter of the time and memory.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
    except Image.DecompressionBombError:
        raise PictureTooLarge() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        # The decoders raise any of these for a broken file.
        raise NotAPicture() from None
    return image


def make_picture(*, source: BinaryIO) -> Picture:
    """Return the stored form of what was sent: JPEG, upright, 2048 px at most, with a thumbnail of 480 px.

    Raises:
        PictureTooLarge: too many bytes or pixels.
        NotAPicture: not a JPEG, PNG or WebP, or a broken one.
    """
    image = ImageOps.exif_transpose(_opened(source))
    image = _on_paper(image)
    # What the library would carry over by itself: comments, profiles, XMP.
    image.info.clear()
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    content = _as_jpeg(image)
    small = image.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Picture(
        content=content,
        thumb=_as_jpeg(small),
        width=image.width,
        height=image.height,
        sha256=hashlib.sha256(content).hexdigest(),
    )
