"""A poster picture: the best of several moments."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from adapters.ffmpeg.arguments import NOTHING_ELSE, QUIET, THREADS, locked_input
from adapters.ffmpeg.filters import PICTURES, picture_filters
from adapters.ffmpeg.hardening import Limits
from adapters.ffmpeg.picture_score import HEIGHT, POOR, WIDTH, score
from adapters.ffmpeg.runner import ToolStoppedError, run_tool
from adapters.ffmpeg.tools import ffmpeg_features
from lms_app.ports.media_probe import MediaInfo, VideoStream
from lms_app.ports.media_tools import MediaToolError, Thumbnailer

_MOMENTS = (0.25, 0.1, 0.4, 0.55, 0.7, 0.85)
"""Parts of the duration; the very first picture, often black or a title, is tried last."""
_LONGEST_SIDE = 1280
_ALL_SHOTS_SECONDS = 120.0
"""After this no further picture is tried: a hostile file could make each one slow."""
_LIMITS = Limits(wall_seconds=60, cpu_seconds=120, file_bytes=50_000_000)


@dataclass(frozen=True, slots=True)
class _Candidate:
    picture: Path
    score: float


class FfmpegThumbnailer(Thumbnailer):
    """JPEG, 1280 pixels at most on its longer side, upright, in ordinary colours."""

    def __init__(self, ffmpeg: Path) -> None:
        self._ffmpeg = ffmpeg

    async def thumbnail(self, source: Path, info: MediaInfo, into: Path) -> None:
        """See the port; the code is ``thumbnail_failed``. Also raises OSError when the disk is full."""
        if info.video is None:
            raise MediaToolError("thumbnail_failed", "There are no pictures in this file.")
        graph = await self._graph(info.video)
        moments = [0.0] if info.duration_seconds < 0.2 else [part * info.duration_seconds for part in _MOMENTS] + [0.0]
        with tempfile.TemporaryDirectory(dir=into.parent, prefix=".thumb-") as folder:
            shots = _Shots(self._ffmpeg, source, graph, Path(folder))
            # Keyframes first: they cost nothing to reach. When all are poor, exact moments.
            best = await shots.best_of(moments, exact=False)
            if best is None:
                raise MediaToolError("thumbnail_failed", "No picture of this video can be shown.", shots.log)
            if best.score < POOR:
                better = await shots.best_of(moments, exact=True)
                best = better if better and better.score > best.score else best
            await asyncio.to_thread(best.picture.replace, into)

    async def _graph(self, video: VideoStream) -> str:
        factor = min(1.0, _LONGEST_SIDE / max(video.width, video.height))
        width, height = (max(2, round(side * factor / 2) * 2) for side in (video.width, video.height))
        chain = ",".join(picture_filters(video, await ffmpeg_features(self._ffmpeg), width=width, height=height))
        return (
            # From 0 on: ffmpeg drops pictures from before the moment that was sought, so all up to it would be decoded.
            f"[{PICTURES}]setpts=PTS-STARTPTS,{chain},split[small][large];[small]scale={WIDTH}:{HEIGHT},format=gray[grey];"
            "[large]scale=out_range=full,format=yuvj420p[picture]"
        )


class _Shots:
    """Takes one picture after the other: never more than one decoder at work."""

    def __init__(self, ffmpeg: Path, source: Path, graph: str, folder: Path) -> None:
        self._ffmpeg = ffmpeg
        self._source = source
        self._graph = graph
        self._folder = folder
        self._taken = 0
        self._deadline = time.monotonic() + _ALL_SHOTS_SECONDS
        self.log = ""

    async def best_of(self, moments: list[float], *, exact: bool) -> _Candidate | None:
        best: _Candidate | None = None
        for moment in moments:
            if time.monotonic() > self._deadline:
                break
            shot = await self._shoot(moment, exact=exact)
            if shot is not None and (best is None or shot.score > best.score):
                best = shot
        return best

    async def _shoot(self, moment: float, *, exact: bool) -> _Candidate | None:
        self._taken += 1
        name = f"{self._taken}.jpg"
        reach = ["-accurate_seek"] if exact else ["-noaccurate_seek", "-skip_frame", "nokey"]
        seek = [*reach, "-ss", f"{moment:.3f}"] if moment else []
        command = [
            str(self._ffmpeg),
            *QUIET,
            *["-threads", str(THREADS), *seek],
            *locked_input(self._source),
            *["-filter_complex_threads", "1", "-filter_complex", self._graph],
            *["-map", "[grey]", "-frames:v", "1", *NOTHING_ELSE, "-f", "rawvideo", "pipe:1"],
            *["-map", "[picture]", "-frames:v", "1", *NOTHING_ELSE, "-c:v", "mjpeg", "-q:v", "3", "-f", "mjpeg", name],
        ]
        try:
            finished = await run_tool(command, _LIMITS, cwd=self._folder)
        except ToolStoppedError as error:
            self.log = f"{error.reason}\n{error.log}"
            return None
        finished.require_disk()
        self.log = finished.log or self.log
        picture = self._folder / name
        if finished.returncode != 0 or not await asyncio.to_thread(_has_content, picture):
            return None
        return _Candidate(picture, await asyncio.to_thread(score, finished.stdout))


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
