"""Media probe by PyAV, for systems without ffprobe."""

import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.ffmpeg.arguments import DEMUXERS, MAX_PIXELS, MAX_STREAMS, file_url
from adapters.ffmpeg.probing import Questions, probe_with
from lms_app.ports.media_probe import MediaInfo, MediaProbe

_CHILD = Path(__file__).with_name("pyav_child.py")


class PyavMediaProbe(MediaProbe):
    """Asks PyAV, in a child: a decoder's crash or greed never reaches this process."""

    def __init__(self, python: Path | None = None) -> None:
        """
        Args:
            python: the interpreter that has PyAV; this one when None.
        """
        self._python = python or Path(sys.executable)

    async def probe(self, source: Path) -> MediaInfo:
        """See the port. Also raises OSError when the source cannot be read."""
        return await probe_with(Questions(self._streams, self._packets), source)

    def _streams(self, source: Path) -> Sequence[str]:
        return self._command("streams", source)

    def _packets(self, source: Path) -> Sequence[str]:
        return self._command("packets", source)

    def _command(self, question: str, source: Path) -> Sequence[str]:
        # -I: neither the environment nor the current folder decides which code runs.
        return [
            str(self._python),
            "-I",
            str(_CHILD),
            question,
            file_url(source),
            DEMUXERS,
            str(MAX_PIXELS),
            str(MAX_STREAMS),
        ]
