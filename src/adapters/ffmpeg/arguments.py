"""The arguments that every run of ffmpeg shares. Each one answers an attack that was measured; see ADR 0011."""

import os
from pathlib import Path

DEMUXERS = "mov,matroska,avi,mpegts,asf"
"""Containers we open: MP4 and MOV, MKV and WebM, AVI, MPEG-TS, WMV. Playlists (hls, dash, concat, sdp) are demuxers
too: with a protocol whitelist alone, a text file of 100 bytes makes ffmpeg read another school's video from disk."""

MAX_PIXELS = 35_389_440
"""Per picture: 8192x4320. What a plan allows (4096x2304) is decided by whoever reads the probe's figures; this is the
wall behind it, against a picture of 16000x16000 in a small file."""

MAX_STREAMS = 32
"""Phones write up to ten; a file with hundreds is an attack on memory."""

THREADS = max(1, min(8, (os.cpu_count() or 2) - 1))
"""One processor stays free for the server, and every tool runs niced."""


def locked_input(source: Path) -> list[str]:
    """``-i source`` with every lock. What ffmpeg opens is this one file, whatever is in it and whatever its name."""
    return [
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        DEMUXERS,
        "-max_pixels",
        str(MAX_PIXELS),
        "-max_streams",
        str(MAX_STREAMS),
        "-i",
        file_url(source),
    ]


def file_url(path: Path) -> str:
    """``path`` such that no name is taken for an option or a protocol (``-y.mp4``, ``http:x.mp4``)."""
    return f"file:{path.absolute()}"


QUIET = ["-nostdin", "-hide_banner", "-v", "error", "-y"]
"""No question is ever asked; standard error holds errors only, so that its tail is worth showing."""

NOTHING_ELSE = ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"]
"""No subtitles, no data streams, no tags: what a phone adds (place, owner) stays out of what we publish."""
