"""An archive that is never held as a whole."""

import hashlib
import io
from datetime import UTC, datetime
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from lms_app.schools.zip_stream import ZipStream

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PIECE = 64 * 1024


@pytest.mark.parametrize("is_compressed", [True, False])
def test_pieces_come_out_as_they_go_in(*, is_compressed: bool) -> None:
    noise = Random(1)  # noqa: S311  # to fill a file with
    archive, out, largest = ZipStream(NOW), io.BytesIO(), 0
    whole = hashlib.sha256()
    with archive.entry("media/видео.bin", is_compressed=is_compressed) as entry:
        for _ in range(100):
            piece = noise.randbytes(PIECE)
            whole.update(piece)
            entry.write(piece)
            taken = archive.take()
            largest = max(largest, len(taken))
            out.write(taken)
    with archive.entry("empty.json", is_compressed=True):
        pass
    archive.close()
    out.write(archive.take())
    assert largest <= 2 * PIECE
    assert (entry.size, entry.sha256) == (100 * PIECE, whole.hexdigest())
    read = ZipFile(out)
    assert read.testzip() is None
    assert read.namelist() == ["media/видео.bin", "empty.json"]
    assert hashlib.sha256(read.read("media/видео.bin")).hexdigest() == entry.sha256
    assert read.getinfo("media/видео.bin").compress_type == (ZIP_DEFLATED if is_compressed else ZIP_STORED)


def test_what_breaks_inside_a_file_passes_through() -> None:
    archive = ZipStream(NOW)

    def break_off() -> None:
        with archive.entry("a", is_compressed=False) as entry:
            entry.write(b"x")
            raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        break_off()
