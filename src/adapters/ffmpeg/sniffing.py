"""What the first bytes of a file say, so that a refusal names the reason. Security does not rest on this."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD = 512
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
"""What an MP4, or a MOV from before 2001, starts with."""
_BOX_HEADER = 8
_MOST_BOXES = 10_000

_TEXT_KINDS = (  # in lower case, as the start is compared
    (b"#extm3u", "This is a playlist, not a video: upload the video file itself."),
    (b"ffconcat", "This is a playlist, not a video: upload the video file itself."),
    (b"v=0", "This is a stream description, not a video: upload the video file itself."),
    (b"<!doctype html", "This is a web page, not a video: download the video first, then upload it."),
    (b"<html", "This is a web page, not a video: download the video first, then upload it."),
    (b"<?xml", "This is a text file, not a video."),
    (b"<svg", "This is a drawing, not a video."),
    (b"pk\x03\x04", "This is a ZIP archive, not a video: unpack it and upload the video in it."),
    (b"%pdf-", "This is a PDF document, not a video."),
    (b"\x89png", "This is a picture, not a video."),
    (b"\xff\xd8\xff", "This is a picture, not a video."),
)

_REFUSED_KINDS = (
    (b"OggS", "Ogg"),
    (b"FLV\x01", "Flash video (FLV)"),
    (b"ID3", "MP3"),
    (b"GIF8", "GIF"),
    (b"fLaC", "FLAC"),
    (b"\x00\x00\x01\xba", "MPEG program stream (VOB, MPG)"),
)


@dataclass(frozen=True, slots=True)
class FileStart:
    """What can be said without any tool."""

    size: int
    refused_kind: str
    """Name of a media format that we know and do not open; empty otherwise."""
    looks_like: str
    """A sentence about what this is instead of media; empty otherwise."""
    cut_short: bool
    """An MP4 or MOV whose last box says that it goes on after the end of the file."""


def inspect_start(source: Path) -> FileStart:
    """Read the first bytes and, of an MP4 or MOV, the list of its boxes. Blocks for a few reads.

    Raises:
        OSError: the file cannot be read.
    """
    with source.open("rb") as file:
        head = file.read(_HEAD)
        size = source.stat().st_size
        cut_short = head[4:8] in _BOXES and _ends_inside_a_box(file, size)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return FileStart(
        size=size,
        refused_kind=next((name for magic, name in _REFUSED_KINDS if head.startswith(magic)), "") or _riff_wave(head),
        looks_like=next((sentence for magic, sentence in _TEXT_KINDS if text.startswith(magic)), ""),
        cut_short=cut_short,
    )


def _riff_wave(head: bytes) -> str:
    return "WAV" if head[:4] == b"RIFF" and head[8:12] == b"WAVE" else ""


def _ends_inside_a_box(file: BinaryIO, size: int) -> bool:
    """ISO 14496-12, 4.2: a box starts with its length in 32 bits; 1 means that 64 bits follow, 0 'to the end'."""
    at = 0
    for _ in range(_MOST_BOXES):
        if at + _BOX_HEADER > size:
            break
        file.seek(at)
        header = file.read(2 * _BOX_HEADER)
        length = int.from_bytes(header[:4], "big")
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        if length < _BOX_HEADER:
            return False
        at += length
    return at > size
