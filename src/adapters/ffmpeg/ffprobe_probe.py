"""Media probe by ffprobe."""

from collections.abc import Sequence
from pathlib import Path

from adapters.ffmpeg.arguments import locked_input
from adapters.ffmpeg.probing import Questions, probe_with
from lms_app.ports.media_probe import MediaInfo, MediaProbe

_STREAMS = (
    "stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,pix_fmt,field_order,color_transfer,"
    "avg_frame_rate,r_frame_rate,bit_rate,channels,sample_rate"
    ":stream_disposition=attached_pic:stream_side_data=rotation:format=format_name,start_time"
)


class FfprobeMediaProbe(MediaProbe):
    """Asks the ffprobe of the system. Reads the whole file once, to count the true duration."""

    def __init__(self, ffprobe: Path) -> None:
        self._ffprobe = ffprobe

    async def probe(self, source: Path) -> MediaInfo:
        """See the port. Also raises OSError when the source or ffprobe itself cannot be read."""
        return await probe_with(Questions(self._streams, self._packets), source)

    def _streams(self, source: Path) -> Sequence[str]:
        return self._command(source, "-show_entries", _STREAMS, "-of", "json=compact=1")

    def _packets(self, source: Path) -> Sequence[str]:
        entries = "packet=stream_index,pts_time,dts_time,duration_time"
        return self._command(source, "-show_entries", entries, "-of", "csv=print_section=0")

    def _command(self, source: Path, *what: str) -> Sequence[str]:
        return [str(self._ffprobe), "-hide_banner", "-v", "error", *what, *locked_input(source)]
