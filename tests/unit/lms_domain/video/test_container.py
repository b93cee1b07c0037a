"""Telling a recording from something else by its outermost frame."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.errors import InvalidInput
from lms_domain.video.container import ContainerInspector

LECTURE = (Path(__file__).parents[4] / "media" / "jfk-inaugural-1961.mp4").read_bytes()


def box(kind: bytes, body: bytes = b"", *, large: bool = False) -> bytes:
    if large:
        return (1).to_bytes(4, "big") + kind + (16 + len(body)).to_bytes(8, "big") + body
    return (8 + len(body)).to_bytes(4, "big") + kind + body


WHOLE = box(b"ftyp", b"isom" * 4) + box(b"mdat", bytes(1000), large=True) + box(b"moov", bytes(300))


def inspect(data: bytes, piece: int = 64 * 1024) -> str | None:
    """The code of the refusal, or None."""
    inspector = ContainerInspector()
    try:
        for start in range(0, len(data), piece):
            inspector.feed(data[start : start + piece])
        inspector.finish()
    except InvalidInput as error:
        return error.errors[0].code
    return None


@pytest.mark.parametrize("piece", [1, 7, 16, 4096, 10_000_000])
def test_a_real_video_passes_whatever_the_pieces(piece: int) -> None:
    assert inspect(LECTURE[:1] + LECTURE[1:], piece) is None


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><html><body>hello</body></html>",
        b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n",
        b"PK\x03\x04" + bytes(500),
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"ID3" + bytes(500),
        b"\x00",
        b"G" + bytes(600),
    ],
)
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    assert inspect(data) == "not_a_video"


def test_a_wrong_file_is_refused_before_its_end() -> None:
    inspector = ContainerInspector()
    with pytest.raises(InvalidInput):
        inspector.feed(b"<html>" * 200)


def test_an_empty_file_is_called_empty() -> None:
    assert inspect(b"") == "empty"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_off_video_is_called_truncated(keep: float) -> None:
    assert inspect(LECTURE[: int(len(LECTURE) * keep)]) == "truncated"


@given(cut=st.integers(min_value=8, max_value=len(WHOLE) - 1), piece=st.integers(min_value=1, max_value=400))
def test_every_cut_is_noticed(cut: int, piece: int) -> None:
    assert inspect(WHOLE[:cut], piece) == "truncated"
    assert inspect(WHOLE, piece) is None


def test_a_last_box_of_size_zero_reaches_to_the_end() -> None:
    assert inspect(box(b"ftyp", b"isom") + box(b"moov", bytes(10)) + bytes(4) + b"mdat" + bytes(500)) is None


@pytest.mark.parametrize("head", [b"\x1a\x45\xdf\xa3", b"RIFF\x00\x00\x00\x00AVI ", bytes.fromhex("3026b2758e66cf11")])
def test_other_containers_are_known_by_their_signature(head: bytes) -> None:
    assert inspect(head + bytes(1000)) is None


def test_a_transport_stream_is_known_by_two_sync_bytes() -> None:
    assert inspect((b"G" + bytes(187)) * 4) is None
