"""Reading our own playlists: RFC 8216, as far as the transcoder writes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath

_URI = re.compile(r'URI="([^"]*)"')
_DURATION = re.compile(r"#EXTINF:([0-9.]+),")


@dataclass(frozen=True, slots=True)
class Playlist:
    """What a playlist names, as keys in storage."""

    names: tuple[str, ...]
    """Lines that are addresses: playlists of a master, segments of the others."""
    attributes: tuple[str, ...]
    """Addresses inside tags, such as the header of fragments."""
    seconds: float
    """Sum of the segments' durations; 0.0 for a master."""


def read_playlist(text: str, key: str) -> Playlist:
    """The playlist stored under ``key``."""
    folder = key.rpartition("/")[0]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Playlist(
        names=tuple(_resolved(folder, line) for line in lines if not line.startswith("#")),
        attributes=tuple(_resolved(folder, address) for address in _attributes(lines)),
        seconds=sum(float(found[1]) for line in lines if (found := _DURATION.match(line))),
    )


def _attributes(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("#EXT"):
            yield from _URI.findall(line)


def _resolved(folder: str, address: str) -> str:
    return normpath(f"{folder}/{address}")
