"""Files that make an unlocked ffmpeg read what is not theirs, and a check that ours refuses them all.

Each is some text named ``.mp4`` that points at another school's video on our disk, or at a host. Debian's current
ffmpeg follows several of them by default. What protects us is a list of options (``arguments``) that a build of ffmpeg
may understand differently one day, so every process that is going to run media tools tries them first.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from adapters.ffmpeg.arguments import QUIET, locked_input
from adapters.ffmpeg.ffprobe_probe import FfprobeMediaProbe
from adapters.ffmpeg.hardening import Limits
from adapters.ffmpeg.pyav_probe import PyavMediaProbe
from adapters.ffmpeg.runner import ToolStoppedError, run_tool
from adapters.ffmpeg.tools import find_ffmpeg, find_ffprobe
from lms_app.ports.media_probe import MediaProbe, ProbeError

_LIMITS = Limits(wall_seconds=10, cpu_seconds=10, memory_bytes=2_000_000_000, file_bytes=10_000_000)
_NO_HOST = "127.0.0.1:9"
"""The discard port: nobody answers, and what is refused by name never gets there."""

_ONE_OF_EACH_KIND = frozenset(
    {"hls-relative", "hls-absolute", "hls-map", "dash", "concat-relative", "sdp", "svg", "imf", "vobsub", "avisynth"}
)

Opens = Callable[[Path], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The attack files, and the video they are after."""

    victim: Path
    """A harmless MP4 of 0.4 s: every tool must open this one."""
    attacks: tuple[Path, ...]

    @property
    def one_of_each_kind(self) -> tuple[Path, ...]:
        """Enough for a start: ffmpeg refuses by kind (demuxer), before it looks where a file points to."""
        return tuple(attack for attack in self.attacks if attack.stem in _ONE_OF_EACH_KIND)


async def check_tools(ffmpeg: Path | None = None, probe: MediaProbe | None = None) -> list[str]:
    """Names of attack files that a tool accepted, as ``hls-absolute.mp4 (ffmpeg)``; empty is the only good answer.

    A caller refuses to start otherwise. Tools that refuse the harmless video too are named as well: a check that
    nothing can pass proves nothing. Takes about a second, on every processor there is.

    Args:
        ffmpeg: the one that this system would use, when None.
        probe: the one that this system would use, when None.

    Raises:
        ToolMissingError: there is no ffmpeg.
        OSError: the tools cannot be started, or there is no room for temporary files.
    """
    if ffmpeg is None:
        ffmpeg = await asyncio.to_thread(find_ffmpeg)
    if probe is None:
        probe = await asyncio.to_thread(find_probe)
    with tempfile.TemporaryDirectory(prefix="media-check-") as folder:
        corpus = await write_corpus(ffmpeg, Path(folder))
        return await _accepted(corpus, {"probe": _probe_opens(probe), "ffmpeg": _ffmpeg_opens(ffmpeg)})


def find_probe() -> MediaProbe:
    """The probe that this system would use: ffprobe where there is one, else PyAV."""
    ffprobe = find_ffprobe()
    return FfprobeMediaProbe(ffprobe) if ffprobe else PyavMediaProbe()


async def write_corpus(ffmpeg: Path, folder: Path) -> Corpus:
    """Make the victim with ``ffmpeg`` and write the attack files next to it.

    Raises:
        OSError: a file cannot be written, or ffmpeg made no victim.
    """
    victim = folder / "victim"
    victim.mkdir()
    await _film(ffmpeg, victim)
    attacks = folder / "attacks"
    attacks.mkdir()
    texts = _texts(victim)
    # ffconcat takes plain names only: what lies in the same folder.
    await asyncio.to_thread((attacks / "sibling.avi").hardlink_to, victim / "video.mp4")
    for name, text in texts.items():
        await asyncio.to_thread((attacks / name).write_text, text, "utf-8")
    return Corpus(victim / "video.mp4", tuple(attacks / name for name in texts))


async def _film(ffmpeg: Path, victim: Path) -> None:
    graph = ["-f", "lavfi", "-i", "color=orange:s=64x64:r=10:d=0.4", "-c:v", "mpeg4"]
    outputs = ["-f", "mp4", "video.mp4", *graph[4:], "-f", "mpegts", "seg_00000.ts"]
    finished = await run_tool([str(ffmpeg), *QUIET, *graph, *outputs], _LIMITS, cwd=victim)
    if finished.returncode != 0:
        raise OSError(f"{ffmpeg} cannot make a small video: {finished.log}")


async def _accepted(corpus: Corpus, tools: dict[str, Opens]) -> list[str]:
    at_once = asyncio.Semaphore(os.cpu_count() or 2)

    async def verdict(tool: str, opens: Opens, file: Path, *, wanted: bool) -> str:
        async with at_once:
            opened = await opens(file)
        if opened == wanted:
            return ""
        return f"{file.name} ({tool})" if opened else f"{file.name} ({tool} refuses every video)"

    verdicts = [
        asyncio.ensure_future(verdict(tool, opens, file, wanted=file == corpus.victim))
        for tool, opens in tools.items()
        for file in (corpus.victim, *corpus.one_of_each_kind)
    ]
    try:
        return [found for found in await asyncio.gather(*verdicts) if found]
    finally:
        # gather() does not wait for the others when one is cancelled; their tools must be gone before we are.
        for pending in verdicts:
            pending.cancel()
        await asyncio.gather(*verdicts, return_exceptions=True)


def _probe_opens(probe: MediaProbe) -> Opens:
    async def opens(file: Path) -> bool:
        try:
            await probe.probe(file)
        except ProbeError:
            return False
        return True

    return opens


def _ffmpeg_opens(ffmpeg: Path) -> Opens:
    """Transcoder, thumbnailer and audio extractor share their input arguments: one run speaks for all three."""

    async def opens(file: Path) -> bool:
        command = [str(ffmpeg), *QUIET, "-t", "1", *locked_input(file), "-map", "0", "-c", "copy", "-f", "null", "-"]
        try:
            finished = await run_tool(command, _LIMITS)
        except ToolStoppedError:
            return True
        return finished.returncode == 0

    return opens


def _texts(victim: Path) -> dict[str, str]:
    segment, video = victim / "seg_00000.ts", victim / "video.mp4"
    targets = {
        "relative": "../victim/seg_00000.ts",
        "absolute": str(segment),
        "file-url": f"file://{segment}",
        "http": f"http://{_NO_HOST}/a.ts",
        "concat": f"concat:{segment}|{segment}",
        "subfile": f"subfile,,start,0,end,0,,:{segment}",
    }
    playlists = {f"hls-{name}": _hls("#EXTINF:1,", target) for name, target in targets.items()}
    return {
        f"{name}.mp4": text
        for name, text in {
            **playlists,
            "hls-map": _hls(f'#EXT-X-MAP:URI="{video}"', "#EXTINF:1,", str(segment)),
            "hls-key": _hls(f'#EXT-X-KEY:METHOD=AES-128,URI="{video}"', "#EXTINF:1,", str(segment)),
            "hls-variant": f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{segment}\n",
            "dash": _dash(video),
            "concat-relative": "ffconcat version 1.0\nfile 'sibling.avi'\n",
            "concat-absolute": f"ffconcat version 1.0\nfile '{video}'\n",
            "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 {_NO_HOST}\nm=video 9 RTP/AVP 96\n",
            "svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{video}"/></svg>\n',
            "xspf": f'<playlist version="1"><trackList><track><location>{video}</location></track></trackList>\n',
            "imf": _imf(video),
            "vobsub": "# VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\n",
            "avisynth": f'AviSource("{video}")\n',
        }.items()
    }


def _hls(*lines: str) -> str:
    return "\n".join(("#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-TARGETDURATION:1", *lines, "#EXT-X-ENDLIST", ""))


def _dash(video: Path) -> str:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" minBufferTime="PT1S" '
        'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" mediaPresentationDuration="PT1S"><Period>'
        '<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1" codecs="mp4v.20.9">'
        f"<BaseURL>{video}</BaseURL></Representation></AdaptationSet></Period></MPD>\n"
    )


def _imf(video: Path) -> str:
    return (
        '<?xml version="1.0"?><CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016">'
        f"<Id>urn:uuid:00000000-0000-0000-0000-000000000000</Id><Annotation>{video}</Annotation>"
        "<EditRate>25 1</EditRate><SegmentList/></CompositionPlaylist>\n"
    )
