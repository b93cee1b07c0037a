"""Adaptive HLS by one run of ffmpeg: decode once, encode every rung."""

import asyncio
import errno
import os
import shutil
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from adapters.ffmpeg.arguments import NOTHING_ELSE, QUIET, THREADS, locked_input
from adapters.ffmpeg.bitstream import BitstreamError
from adapters.ffmpeg.filters import ladder_graph
from adapters.ffmpeg.hardening import Limits
from adapters.ffmpeg.ladder import SEGMENT_SECONDS, Rung, frame_rate, plan_rungs
from adapters.ffmpeg.playlists import MeasuredRendition, PlaylistError, master_playlist, measure_rendition
from adapters.ffmpeg.progress import ARGUMENTS as PROGRESS
from adapters.ffmpeg.progress import Progress
from adapters.ffmpeg.runner import Finished, ToolStoppedError, run_tool
from adapters.ffmpeg.tools import ffmpeg_features
from lms_app.ports.media_probe import AudioStream, MediaInfo, VideoStream
from lms_app.ports.media_tools import HlsOutput, MediaToolError, ProgressCallback, Transcoder

_TOLERANCE_SECONDS = 0.5
"""An hour that lasts 3,600.4 s is an hour: containers round."""
_AUDIO_RATE = 64_000
"""Bits per second and channel."""
_ROOM_BYTES = 16_000_000
_FAILED = "This video could not be converted. It may be damaged: export it again and upload that file."


class FfmpegTranscoder(Transcoder):
    """H.264 (veryfast, 8 bit 4:2:0) and AAC in MPEG-TS segments of 6 s, each starting with a keyframe."""

    def __init__(self, ffmpeg: Path, *, max_frame_rate: float = 30.0, threads: int = THREADS) -> None:
        """
        Args:
            max_frame_rate: higher sources are divided down; 60 doubles time and size.
            threads: for decoder, filters and each encoder.
        """
        self._ffmpeg = ffmpeg
        self._max_frame_rate = max_frame_rate
        self._threads = threads

    async def transcode(
        self,
        source: Path,
        info: MediaInfo,
        into: Path,
        *,
        max_heights: tuple[int, ...],
        max_seconds: float,
        on_progress: ProgressCallback,
    ) -> HlsOutput:
        """See the port. Also raises OSError when the disk is full or ffmpeg cannot be started."""
        if info.video is None:
            raise MediaToolError("transcode_failed", "There are no pictures in this file.")
        rungs = plan_rungs(info.video, max_heights)
        rate = frame_rate(info.video, self._max_frame_rate)
        command = await self._command(source, info.video, info.audio, rungs, rate, max_seconds)
        await asyncio.to_thread(_make_folders, into, rungs)
        watch = _Watch(into, rungs, Progress(info.duration_seconds, on_progress), info.duration_seconds, max_seconds)
        try:
            finished = await run_tool(
                command,
                _limits(info.duration_seconds, self._threads),
                cwd=into,
                stdout_cap=100_000_000,
                on_stdout=watch.feed,
                on_tick=watch.tick,
            )
        except ToolStoppedError as error:
            raise MediaToolError("transcode_failed", _FAILED, f"{error.reason}\n{error.log}") from error
        measured = await _complete(finished, into, rungs, rate)
        duration = max(rendition.duration for rendition in measured)
        if duration > max_seconds + _TOLERANCE_SECONDS:
            raise _too_long(max_seconds)
        watch.progress.finish()
        return HlsOutput(
            renditions=tuple(rendition.rendition for rendition in measured),
            duration_seconds=duration,
            size_bytes=sum(rendition.size for rendition in measured) + (into / "master.m3u8").stat().st_size,
        )

    async def _command(
        self,
        source: Path,
        video: VideoStream,
        audio: AudioStream | None,
        rungs: Sequence[Rung],
        rate: Fraction,
        max_seconds: float,
    ) -> list[str]:
        graph, labels = ladder_graph(video, await ffmpeg_features(self._ffmpeg), rungs, rate)
        threads = ["-threads", str(self._threads)]
        command = [
            str(self._ffmpeg),
            *QUIET,
            *PROGRESS,
            *threads,
            # Some seconds more than allowed: a source that is too long must be seen to be.
            *["-t", f"{max_seconds + 5:.3f}"],
            *locked_input(source),
            *["-filter_complex_threads", str(self._threads), "-filter_complex", graph],
        ]
        for rung, label in zip(rungs, labels, strict=True):
            command += ["-map", label, *_video_arguments(rung, rate), *threads]
            if audio is not None:
                command += ["-map", f"0:a:{audio.track}", *_audio_arguments(audio)]
            command += [*NOTHING_ELSE, *_hls_arguments(rung)]
        return command


class _Watch:
    """Follows a run: progress, a source that is longer than allowed, an output larger than plausible."""

    def __init__(
        self, into: Path, rungs: Sequence[Rung], progress: Progress, duration: float, max_seconds: float
    ) -> None:
        self.progress = progress
        self._into = into
        self._max_seconds = max_seconds
        rates = sum(rung.max_rate + 2 * _AUDIO_RATE for rung in rungs)
        # Twice what the bit rate ceilings allow, and some megabytes for clips of a few pictures.
        self._max_bytes = 20_000_000 + 2 * rates * min(duration + 60, max_seconds + 60) / 8

    def feed(self, piece: bytes) -> None:
        self.progress.feed(piece)
        if self.progress.seconds > self._max_seconds + _TOLERANCE_SECONDS:
            raise _too_long(self._max_seconds)

    async def tick(self) -> None:
        await self.progress.tick()
        size = await asyncio.to_thread(_size_of, self._into)
        if size > self._max_bytes:
            raise MediaToolError("transcode_failed", _FAILED, f"wrote {size} bytes, more than {self._max_bytes:.0f}")


def _limits(duration: float, threads: int) -> Limits:
    """Twenty times the duration: a ladder out of 4K HDR on one slow shared processor takes about ten.

    A run that hangs is found within minutes by ``Progress``; this is the last wall.
    """
    wall = max(300.0, 20 * duration)
    return Limits(wall_seconds=wall, cpu_seconds=int(wall * (threads + 1)))


def _too_long(max_seconds: float) -> MediaToolError:
    minutes = f"{max_seconds / 60:.0f} minutes" if max_seconds >= 120 else f"{max_seconds:.0f} seconds"
    return MediaToolError("too_long", f"This video lasts longer than {minutes}.")


def _video_arguments(rung: Rung, rate: Fraction) -> list[str]:
    keyframe_every = round(rate * SEGMENT_SECONDS)
    return [
        *["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p"],
        *["-crf", "23", "-maxrate", str(rung.max_rate), "-bufsize", str(2 * rung.max_rate)],
        # Keyframes at 0, 6, 12 ... s and nowhere else: all rungs are cut at the same pictures.
        *["-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT_SECONDS})", "-forced-idr", "1"],
        *["-g", str(2 * keyframe_every), "-x264-params", "scenecut=0:open_gop=0"],
    ]


def _audio_arguments(audio: AudioStream) -> list[str]:
    channels = 1 if audio.channels == 1 else 2
    return [
        *["-c:a", "aac", "-b:a", str(channels * _AUDIO_RATE), "-ac", str(channels)],
        # Below 32 kHz players guess whether AAC means HE-AAC, and some guess wrong.
        *["-ar", "44100" if audio.sample_rate == 44_100 else "48000"],
        # Sound that starts late, or has holes, is filled with silence: it stays in step with the pictures.
        *["-af", "aresample=async=1:first_pts=0"],
    ]


def _hls_arguments(rung: Rung) -> list[str]:
    """Relative names: a folder with ``%`` in its path would be taken for a pattern."""
    return [
        *["-max_muxing_queue_size", "4096", "-f", "hls", "-hls_time", str(SEGMENT_SECONDS)],
        *["-hls_list_size", "0", "-hls_playlist_type", "vod", "-hls_segment_type", "mpegts"],
        *["-hls_flags", "independent_segments", "-hls_segment_filename", f"{rung.name}/seg_%05d.ts"],
        f"{rung.name}/index.m3u8",
    ]


def _make_folders(into: Path, rungs: Sequence[Rung]) -> None:
    for rung in rungs:
        (into / rung.name).mkdir()


def _size_of(folder: Path) -> int:
    """Bytes of all files below; a file that vanishes meanwhile counts as nothing."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _require_room(folder: Path) -> None:
    """Raises:
    OSError: ENOSPC, when the disk is as good as full.
    """
    if shutil.disk_usage(folder).free < _ROOM_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


async def _complete(finished: Finished, into: Path, rungs: Sequence[Rung], rate: Fraction) -> list[MeasuredRendition]:
    """Measure every rendition and write the master last: where it lies, all it names lies too."""
    finished.require_disk()
    if finished.returncode != 0:
        raise MediaToolError("transcode_failed", _FAILED, f"ffmpeg ended with {finished.returncode}\n{finished.log}")
    try:
        measured = [await asyncio.to_thread(measure_rendition, into / rung.name) for rung in rungs]
    except (PlaylistError, BitstreamError, FileNotFoundError) as error:
        await asyncio.to_thread(_require_room, into)
        raise MediaToolError("transcode_failed", _FAILED, f"{error}\n{finished.log}") from error
    master = master_playlist([rendition.rendition for rendition in measured], rate)
    await asyncio.to_thread((into / "master.m3u8").write_text, master, "utf-8")
    return measured
