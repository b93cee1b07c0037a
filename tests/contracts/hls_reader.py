"""Reads an HLS presentation the way a player does, and checks what a player relies on."""

import re
from dataclasses import dataclass
from pathlib import Path

_VARIANT = re.compile(r"^#EXT-X-STREAM-INF:(.+)\n([^#\n]+)$", re.MULTILINE)
_ENTRY = re.compile(r"^#EXTINF:([0-9.]+),.*\n([^#\n]+)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r'([A-Z-]+)=("[^"]*"|[^,]+)')


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the master, and its playlist."""

    attributes: dict[str, str]
    folder: Path
    seconds: tuple[float, ...]
    """Of each segment."""
    segments: tuple[Path, ...]


def read_presentation(folder: Path) -> list[Variant]:
    """Every variant of ``folder/master.m3u8``; fails when a promise of the format is broken."""
    master = (folder / "master.m3u8").read_text()
    assert master.startswith("#EXTM3U\n")
    variants = [_read_variant(folder, attributes, uri) for attributes, uri in _VARIANT.findall(master)]
    assert variants
    return variants


def _read_variant(folder: Path, attributes: str, uri: str) -> Variant:
    playlist = _relative(folder, uri)
    text = playlist.read_text()
    assert text.rstrip().endswith("#EXT-X-ENDLIST")
    entries = _ENTRY.findall(text)
    segments = tuple(_relative(playlist.parent, name) for _, name in entries)
    assert segments
    assert all(segment.stat().st_size > 0 for segment in segments)
    found = {name: value.strip('"') for name, value in _ATTRIBUTE.findall(attributes)}
    return Variant(found, playlist.parent, tuple(float(seconds) for seconds, _ in entries), segments)


def _relative(folder: Path, uri: str) -> Path:
    """The file that ``uri`` names: below ``folder``, by plain characters."""
    assert re.fullmatch(r"[A-Za-z0-9_./-]+", uri)
    assert not uri.startswith("/")
    assert ".." not in uri
    return folder / uri
