"""What all PictureEncoders do. Pillow looks at what comes out."""

import io
import struct
import zlib

import pytest
from PIL import Image

from lms_app.ports.pictures import BadPicture, PictureBox, PictureEncoder

BOX = PictureBox(100, 50)
SECRET = b"51.5007N 0.1246W"


def picture(kind: str, size: tuple[int, int] = (400, 400), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 60, 0)[: len(mode)]).save(out, kind, **options)  # type: ignore[arg-type]  # of a format
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


class PictureEncoderContract:
    """Runs over every adapter. A subclass gives ``encoder``."""

    @pytest.fixture
    def encoder(self) -> PictureEncoder:
        """The one under test."""
        raise NotImplementedError

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    @pytest.mark.parametrize("as_png", [False, True])
    async def test_a_picture_fits_the_box_and_keeps_its_shape(
        self, encoder: PictureEncoder, kind: str, as_png: bool
    ) -> None:
        made = await encoder.encode(picture(kind, (400, 300)), BOX, as_png=as_png)
        assert made.media_type == ("image/png" if as_png else "image/jpeg")
        again = opened(made.data)
        assert (again.format, again.size) == ("PNG" if as_png else "JPEG", (67, 50))
        small = await encoder.encode(picture(kind, (10, 20)), BOX, as_png=as_png)
        assert opened(small.data).size == (10, 20)

    async def test_nothing_but_pixels_is_kept_and_it_stands_upright(self, encoder: PictureEncoder) -> None:
        exif = Image.Exif()
        exif[0x0112], exif[0x010E] = 6, SECRET.decode()  # turned by 90 degrees, and a description
        jpeg = picture("JPEG", (40, 20), exif=exif, comment=SECRET) + b"<script>" + SECRET
        made = await encoder.encode(jpeg, BOX, as_png=True)
        assert opened(made.data).size == (20, 40)
        assert SECRET in jpeg
        assert SECRET not in made.data
        assert not opened(made.data).getexif()
        assert set(opened(made.data).info) <= {"gamma", "srgb"}

    async def test_what_is_transparent_stays_so_in_a_logo_and_is_white_elsewhere(self, encoder: PictureEncoder) -> None:
        png = picture("PNG", (20, 20), "RGBA")
        logo = await encoder.encode(png, BOX, as_png=True)
        assert opened(logo.data).getpixel((5, 5)) == (200, 30, 60, 0)
        photo = await encoder.encode(png, BOX, as_png=False)
        assert opened(photo.data).getpixel((5, 5)) == (255, 255, 255)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\x89PNG\r\n\x1a\n",
            b"<svg/>",
            picture("GIF", mode="P"),
            picture("BMP"),
            picture("TIFF"),
            picture("JPEG")[:-200],
            picture("PNG")[:60],
            bomb(20_000, 20_000),
            bomb(2**31 - 1, 1),
            bomb(0, 5),
        ],
    )
    async def test_what_is_no_picture_of_ours(self, encoder: PictureEncoder, data: bytes) -> None:
        with pytest.raises(BadPicture):
            await encoder.encode(data, BOX, as_png=False)
