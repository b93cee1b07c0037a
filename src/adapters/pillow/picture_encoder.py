"""Pictures made anew, by Pillow."""

import asyncio
import io

from PIL import Image, ImageOps

from lms_app.ports.pictures import BadPicture, Picture, PictureBox, PictureEncoder

MAX_PIXELS = 40_000_000
"""More than a telephone's camera makes. Checked by the header, before anything is unpacked: 160 MB at most."""
_FORMATS = ("PNG", "JPEG", "WEBP")
_JPEG_QUALITY = 85


class PillowPictureEncoder(PictureEncoder):
    """One picture at a time in a process: what is unpacked is large."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def encode(self, picture: bytes, box: PictureBox, *, as_png: bool) -> Picture:
        async with self._turn:
            return await asyncio.to_thread(_encode, picture, box, as_png=as_png)


def _encode(data: bytes, box: PictureBox, *, as_png: bool) -> Picture:
    try:
        # Only these decoders ever see the bytes.
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise BadPicture("too many pixels")
            opened.draft("RGB", (2 * box.width, 2 * box.height))
            picture = _pixels(opened, box, keeps_transparency=as_png)
    except BadPicture:
        raise
    except Exception as error:  # what decoders raise over hostile bytes is nowhere written down
        raise BadPicture(type(error).__name__) from error
    out = io.BytesIO()
    if as_png:
        picture.save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), "image/png")
    picture.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return Picture(out.getvalue(), "image/jpeg")


def _pixels(opened: Image.Image, box: PictureBox, *, keeps_transparency: bool) -> Image.Image:
    """A new picture: of the old one it has the pixels and nothing else."""
    upright = ImageOps.exif_transpose(opened)
    is_transparent = "A" in upright.getbands() or "transparency" in upright.info
    picture = upright.convert("RGBA" if is_transparent else "RGB")
    picture.thumbnail((box.width, box.height), Image.Resampling.LANCZOS)
    size = picture.size
    if is_transparent and not keeps_transparency:
        fresh = Image.new("RGB", size, "white")
        fresh.paste(picture, mask=picture.getchannel("A"))
    else:
        fresh = Image.new(picture.mode, size)
        fresh.paste(picture)
    return fresh
