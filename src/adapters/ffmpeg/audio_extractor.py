"""The WAV that a transcriber gets."""

import asyncio
from pathlib import Path

from adapters.ffmpeg.arguments import NOTHING_ELSE, QUIET, file_url, locked_input
from adapters.ffmpeg.hardening import Limits
from adapters.ffmpeg.progress import ARGUMENTS as PROGRESS
from adapters.ffmpeg.progress import Progress
from adapters.ffmpeg.runner import ToolStoppedError, run_tool
from lms_app.ports.media_probe import MediaInfo
from lms_app.ports.media_tools import AudioExtractor, MediaToolError, ProgressCallback

_BYTES_PER_SECOND = 32_000
_HEADER = 44
_SPARE_SECONDS = 60
_FAILED = "The sound of this video could not be read."


class FfmpegAudioExtractor(AudioExtractor):
    """16 kHz mono 16-bit, in step with the pictures."""

    def __init__(self, ffmpeg: Path) -> None:
        self._ffmpeg = ffmpeg

    async def extract_audio(self, source: Path, info: MediaInfo, into: Path, *, on_progress: ProgressCallback) -> None:
        """See the port; the code is ``audio_failed``. Also raises OSError when the disk is full."""
        if info.audio is None:
            raise MediaToolError("audio_failed", "There is no sound in this file.")
        seconds = info.duration_seconds + _SPARE_SECONDS
        most_bytes = int(seconds * _BYTES_PER_SECOND)
        # Without a use for the pictures, ffmpeg would take the first sound of a transport stream for second 0.
        clock = ["-map", "0:V:0", "-c", "copy", *NOTHING_ELSE, "-f", "null", "-"] if info.video else []
        command = [
            str(self._ffmpeg),
            *QUIET,
            *PROGRESS,
            *["-threads", "1", "-t", f"{seconds:.3f}"],
            *locked_input(source),
            *["-map", f"0:a:{info.audio.track}", "-af", "aresample=16000:async=1:first_pts=0", "-ac", "1"],
            *[*NOTHING_ELSE, "-fflags", "+bitexact", "-c:a", "pcm_s16le", "-fs", str(most_bytes)],
            *["-f", "wav", file_url(into)],
            *clock,
        ]
        progress = Progress(info.duration_seconds, on_progress)
        wall = max(120.0, 3 * info.duration_seconds)
        limits = Limits(wall_seconds=wall, cpu_seconds=int(wall), file_bytes=most_bytes + 1_000_000)
        try:
            finished = await run_tool(
                command,
                limits,
                stdout_cap=100_000_000,
                on_stdout=progress.feed,
                on_tick=progress.tick,
            )
        except ToolStoppedError as error:
            raise MediaToolError("audio_failed", _FAILED, f"{error.reason}\n{error.log}") from error
        finished.require_disk()
        if finished.returncode != 0 or not await asyncio.to_thread(_has_sound, into):
            raise MediaToolError("audio_failed", _FAILED, f"ffmpeg ended with {finished.returncode}\n{finished.log}")
        progress.finish()


def _has_sound(wav: Path) -> bool:
    return wav.is_file() and wav.stat().st_size > _HEADER
