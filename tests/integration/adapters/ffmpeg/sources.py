"""Real test files, made the first time a test asks."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.contracts.media_sources import MediaSources

Step = Callable[[Path], None]

PICTURES = "testsrc=s=640x360:r=25:d=3"
SOUND = "sine=frequency=440:sample_rate=44100:d=3"
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]


class FfmpegSources(MediaSources):
    """Keeps what it made in ``folder``."""

    def __init__(self, ffmpeg: Path, folder: Path) -> None:
        """
        Args:
            ffmpeg: 6.0 or later, which can write rotation, with libx264, libx265 and libvpx.
        """
        self._ffmpeg = ffmpeg
        self._folder = folder

    def plain(self) -> Path:
        return self.made("plain.mp4", lavfi(PICTURES), lavfi(SOUND), *X264, "-c:a", "aac", "-ac", "2")

    def large(self) -> Path:
        pictures, sound = lavfi("testsrc=s=1280x720:r=25:d=13"), lavfi("sine=d=13:sample_rate=48000")
        return self.made("large.mp4", pictures, sound, *X264, "-c:a", "aac", "-ac", "2")

    def no_audio(self) -> Path:
        return self.made("no-audio.mp4", lavfi(PICTURES), *X264)

    def audio_only(self) -> Path:
        return self.made("audio-only.mp4", lavfi(SOUND), "-c:a", "aac")

    def portrait(self) -> Path:
        """Upright, its upper half is red and its lower half blue: stored, that is side by side."""
        halves = lavfi("color=red:s=320x360:r=25:d=3"), lavfi("color=blue:s=320x360:r=25:d=3")
        graph = ["-filter_complex", "[0][1]hstack", *X264]
        stored = self.made("portrait-stored.mp4", *halves, *graph)
        return self.made("portrait.mp4", ["-display_rotation", "-90", "-i", str(stored)], "-c", "copy")

    def hdr(self) -> Path:
        colours = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"]
        x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"]
        params = ["-x265-params", "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"]
        return self.made("hdr.mov", lavfi(PICTURES), lavfi(SOUND), *x265, *params, *colours, "-c:a", "aac")

    def half_second(self) -> Path:
        return self.made("half.mp4", lavfi(PICTURES), lavfi(SOUND), *X264, "-c:a", "aac", "-t", "0.5")

    def long_black(self) -> Path:
        return self.made("black.mp4", lavfi("color=black:s=64x36:r=1:d=3660"), *X264)

    def lying(self) -> Path:
        """The Duration element of a Matroska header (ID 44 89, a float of 8 bytes, milliseconds) is overwritten."""
        honest = self.made("honest.mkv", lavfi("testsrc=s=320x180:r=25:d=20"), *X264)

        def lie(into: Path) -> None:
            data = bytearray(honest.read_bytes())
            at = data.index(b"\x44\x89\x88") + 3
            data[at : at + 8] = bytes.fromhex("408f400000000000")  # 1000.0
            into.write_bytes(data)

        return self.written("lying.mkv", lie)

    def odd(self) -> Path:
        coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"]
        return self.made("odd.mp4", lavfi("testsrc=s=641x361:r=25:d=3"), *coded)

    def three_sounds(self) -> Path:
        sounds = [lavfi(f"sine=frequency={pitch}:d=3") for pitch in (300, 600, 900)]
        maps = ["-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:a"]
        return self.made("three-sounds.mkv", lavfi(PICTURES), *sounds, *maps, *X264, "-c:a", "aac")

    def late_sound(self) -> Path:
        sound = ["-itsoffset", "1.0", "-f", "lavfi", "-i", "sine=frequency=440:d=2"]
        return self.made("late.mp4", lavfi(PICTURES), sound, *X264, "-c:a", "aac", "-map", "0:v", "-map", "1:a")

    def empty(self) -> Path:
        return self.written("empty.mp4", lambda into: into.write_bytes(b""))

    def truncated(self) -> Path:
        whole = self.plain().read_bytes()
        return self.written("truncated.mp4", lambda into: into.write_bytes(whole[: len(whole) // 2]))

    def cut_short(self) -> Path:
        start = self.made("faststart.mp4", ["-i", str(self.plain())], "-c", "copy", "-movflags", "+faststart")
        whole = start.read_bytes()
        return self.written("cut-short.mp4", lambda into: into.write_bytes(whole[: len(whole) * 2 // 3]))

    def web_page(self) -> Path:
        text = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>video</body></html>\n"
        return self.written("page.mp4", lambda into: into.write_text(text))

    def playlist(self) -> Path:
        self.transport_stream()
        text = "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3.0,\nstream.ts\n#EXT-X-ENDLIST\n"
        return self.written("playlist.mp4", lambda into: into.write_text(text))

    def archive(self) -> Path:
        def pack(into: Path) -> None:
            with zipfile.ZipFile(into, "w") as archive:
                archive.write(self.plain(), "lesson.mp4")

        return self.written("archive.mp4", pack)

    # What only real tools can show.

    def transport_stream(self) -> Path:
        """MPEG-TS whose clock starts at some hours, and whose sound starts 1 s after the pictures."""
        sound = ["-itsoffset", "1.0", "-f", "lavfi", "-i", "sine=frequency=440:d=2"]
        offset = ["-output_ts_offset", "20000", "-f", "mpegts"]
        return self.made("stream.ts", lavfi(PICTURES), sound, *X264, "-c:a", "aac", *offset)

    def joined_streams(self) -> Path:
        """Two transport streams joined: the clock jumps back in the middle. 6 s."""
        other = self.made("other.ts", lavfi(PICTURES), lavfi(SOUND), *X264, "-c:a", "aac", "-f", "mpegts")
        parts = self.transport_stream().read_bytes(), other.read_bytes()
        return self.written("joined.ts", lambda into: into.write_bytes(b"".join(parts)))

    def variable_rate(self) -> Path:
        """Pictures at 10 per second for a second, then at 50: timestamps of a phone or a meeting."""
        graph = "testsrc=s=640x360:r=50:d=3,select='if(lt(t,1),not(mod(n,5)),1)'"
        return self.made("vfr.mp4", lavfi(graph), *X264, "-fps_mode", "vfr")

    def timestamp_bomb(self) -> Path:
        """1.5 kB, two pictures, 3,001 s apart."""
        graph = "color=black:s=64x64:r=1:d=2,setpts='N*3001/TB'"
        return self.made("bomb.mp4", lavfi(graph), *X264, "-fps_mode", "vfr", "-video_track_timescale", "1000")

    def cover_art(self) -> Path:
        """A picture of the album as the first video stream, then the real one."""
        cover = self.made("cover.jpg", lavfi("color=red:s=300x300"), "-frames:v", "1")
        maps = ["-map", "1:v", "-map", "0:v", "-map", "0:a", "-c", "copy", "-disposition:v:0", "attached_pic"]
        return self.made("cover.mp4", ["-i", str(self.plain())], ["-i", str(cover)], *maps)

    def podcast(self) -> Path:
        """Sound with cover art: no video."""
        cover = self.made("cover.jpg", lavfi("color=red:s=300x300"), "-frames:v", "1")
        maps = ["-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic"]
        return self.made("podcast.mp4", ["-i", str(self.audio_only())], ["-i", str(cover)], *maps)

    def phone(self) -> Path:
        """As iPhones write it: sound of a codec that nobody reads comes first, and a timecode stream at the end."""
        maps = ["-map", "1:a", "-map", "0:a", "-map", "0:v", "-timecode", "00:00:00:00"]
        coded = ["-c:v", "copy", "-c:a:0", "pcm_s16le", "-c:a:1", "copy"]
        two = self.made("two-sounds.mov", ["-i", str(self.plain())], lavfi("sine=frequency=880:d=3"), *maps, *coded)
        return self.written("phone.mov", lambda into: into.write_bytes(two.read_bytes().replace(b"sowt", b"apac")))

    def interlaced(self) -> Path:
        flags = ["-vf", "interlace", "-flags", "+ilme+ildct", "-x264-params", "tff=1"]
        return self.made("interlaced.ts", lavfi("testsrc=s=720x576:r=50:d=3"), *flags, *X264, "-f", "mpegts")

    def wide_pixels(self) -> Path:
        """Stored as 720x576 with pixels 64:45, shown as 1024x576."""
        return self.made("wide.mp4", lavfi("testsrc=s=720x576:r=25:d=1,setsar=64/45"), *X264)

    def surround(self) -> Path:
        sound = "sine=d=3,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0"
        return self.made("surround.mkv", lavfi(PICTURES), lavfi(sound), *X264, "-c:a", "ac3")

    def webm(self) -> Path:
        vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus", "-b:a", "64k"]
        return self.made("film.webm", lavfi(PICTURES), lavfi(SOUND), *vp8)

    def live_webm(self) -> Path:
        """No duration in its header, as browsers record."""
        copied = ["-c", "copy", "-f", "webm", "-live", "1"]
        return self.made("live.webm", ["-i", str(self.webm())], *copied)

    def avi(self) -> Path:
        return self.made("film.avi", lavfi(PICTURES), lavfi(SOUND), "-c:v", "mpeg4", "-c:a", "libmp3lame")

    def wmv(self) -> Path:
        return self.made("film.wmv", lavfi(PICTURES), lavfi(SOUND), "-c:v", "wmv2", "-c:a", "wmav2")

    def mono(self) -> Path:
        return self.made("mono.mp4", lavfi(PICTURES), lavfi(SOUND), *X264, "-c:a", "aac", "-ac", "1", "-ar", "16000")

    def black_start(self) -> Path:
        """Black except for its middle second, one keyframe only."""
        fade = "testsrc=s=640x360:r=25:d=6,drawbox=t=fill:color=black:enable='not(between(t,2,4))'"
        return self.made("black-start.mp4", lavfi(fade), *X264, "-g", "1000")

    def short_black(self) -> Path:
        return self.made("short-black.mp4", lavfi("color=black:s=320x180:r=25:d=0.4"), *X264)

    def at_rate(self, rate: int) -> Path:
        return self.made(f"rate-{rate}.mp4", lavfi(f"testsrc=s=320x180:r={rate}:d=1"), *X264)

    def tagged(self) -> Path:
        """Title, chapter and subtitles tell where it was filmed."""
        chapter = (
            ";FFMETADATA1\ntitle=Klassenzimmer 7\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=2\ntitle=Klassenzimmer 7\n"
        )
        notes = self.written("notes.txt", lambda into: into.write_text(chapter))
        words = self.written(
            "words.srt", lambda into: into.write_text("1\n00:00:00,000 --> 00:00:02,000\nKlassenzimmer 7\n")
        )
        inputs = ["-i", str(self.plain())], ["-i", str(notes)], ["-i", str(words)]
        maps = ["-map", "0", "-map", "2", "-map_metadata", "1", "-c", "copy", "-c:s", "srt"]
        return self.made("tagged.mkv", *inputs, *maps)

    def long_detailed(self) -> Path:
        """10 s of noise in 1080p: seconds of work."""
        graph = "testsrc2=s=1920x1080:r=30:d=10,noise=alls=20:allf=t"
        return self.made("detailed.mp4", lavfi(graph), *X264, "-qp", "30")

    def huge_picture(self) -> Path:
        """9000x9000: more than any tool here may decode."""
        coded = ["-c:v", "mjpeg", "-frames:v", "1", "-pix_fmt", "yuvj420p"]
        return self.made("huge.mov", lavfi("color=gray:s=9000x9000:r=1:d=1"), *coded)

    def many_streams(self) -> Path:
        maps = [argument for _ in range(60) for argument in ("-map", "0:a")]
        return self.made("many.mkv", ["-i", str(self.mono())], "-map", "0:v", *maps, "-c", "copy")

    def made(self, name: str, *parts: str | list[str]) -> Path:
        """The file that ffmpeg writes when called with ``parts``."""
        arguments = [argument for part in parts for argument in ([part] if isinstance(part, str) else part)]

        def run(into: Path) -> None:
            command = [str(self._ffmpeg), "-nostdin", "-v", "error", "-y", *arguments, str(into)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode == 0, f"{name}: {done.stderr}"

        return self.written(name, run)

    def written(self, name: str, write: Step) -> Path:
        path = self._folder / name
        if not path.exists():
            unfinished = self._folder / f"new-{name}"
            write(unfinished)
            unfinished.rename(path)
        return path


def lavfi(graph: str) -> list[str]:
    return ["-f", "lavfi", "-i", graph]
