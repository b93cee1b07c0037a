"""The parts of the ffmpeg adapter that need no ffmpeg."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ffmpeg.arguments import locked_input
from adapters.ffmpeg.bitstream import BitstreamError, read_codecs
from adapters.ffmpeg.filters import ladder_graph
from adapters.ffmpeg.hardening import Limits, Walls, hardening, walls_that_work
from adapters.ffmpeg.ladder import frame_rate, plan_rungs
from adapters.ffmpeg.picture_score import HEIGHT, POOR, WIDTH, score
from adapters.ffmpeg.playlists import PlaylistError, Segment, measure_rendition, peak_bandwidth
from adapters.ffmpeg.progress import Progress
from adapters.ffmpeg.sniffing import inspect_start
from adapters.ffmpeg.timeline import Timeline
from adapters.ffmpeg.tools import FfmpegFeatures
from lms_app.ports.media_probe import VideoStream

FULL = FfmpegFeatures("9.0", frozenset({"zscale", "tonemap"}))
PLAIN = FfmpegFeatures("9.0", frozenset())
LADDER = (1080, 720, 480, 360)


def video(width: int = 1920, height: int = 1080, rate: float = 25.0, transfer: str = "") -> VideoStream:
    return VideoStream("h264", width, height, "yuv420p", rate, False, transfer, 0)


class TestLadder:
    @pytest.mark.parametrize(
        ("size", "names"),
        [
            ((3840, 2160), ["1080p", "720p", "480p", "360p"]),
            ((1920, 1080), ["1080p", "720p", "480p", "360p"]),
            ((1918, 1078), ["1078p", "720p", "480p", "360p"]),
            ((1280, 718), ["718p", "480p", "360p"]),
            ((1080, 1920), ["1080p", "720p", "480p", "360p"]),
            ((640, 360), ["360p"]),
            ((320, 180), ["180p"]),
            ((331, 333), ["330p"]),
        ],
    )
    def test_rungs(self, size: tuple[int, int], names: list[str]) -> None:
        assert [rung.name for rung in plan_rungs(video(*size), LADDER)] == names

    @given(st.integers(1, 8192), st.integers(1, 8192), st.sets(st.sampled_from(LADDER), min_size=1))
    def test_always_even_never_enlarged(self, width: int, height: int, heights: set[int]) -> None:
        rungs = plan_rungs(video(width, height), sorted(heights, reverse=True))
        assert 1 <= len(rungs) <= len(heights)
        assert len({rung.name for rung in rungs}) == len(rungs)
        for rung in rungs:
            assert rung.width % 2 == rung.height % 2 == 0
            assert 16 <= rung.width <= max(16, width)
            assert 16 <= rung.height <= max(16, height)

    @pytest.mark.parametrize(
        ("source", "made"),
        [(0.0, 30), (0.001, 15), (1.0, 15), (12.5, 15), (25.0, 25), (30.0, 30), (50.0, 25), (60.0, 30), (240.0, 30)],
    )
    def test_frame_rates(self, source: float, made: int) -> None:
        assert frame_rate(video(rate=source), 30.0) == made

    def test_television_rates_stay_exact(self) -> None:
        assert frame_rate(video(rate=30000 / 1001), 30.0) == Fraction(30000, 1001)
        assert frame_rate(video(rate=60000 / 1001), 30.0) == Fraction(30000, 1001)


class TestFilters:
    def test_one_rung_needs_no_split(self) -> None:
        graph, labels = ladder_graph(video(), FULL, plan_rungs(video(), (720,)), Fraction(25))
        assert labels == ["[v0]"]
        assert "split" not in graph
        assert "scale=1280:720" in graph

    def test_lower_rungs_are_made_from_the_highest(self) -> None:
        graph, labels = ladder_graph(video(), FULL, plan_rungs(video(), (1080, 720, 480)), Fraction(25))
        assert labels == ["[v0]", "[v1]", "[v2]"]
        assert graph.count("[0:V:0]") == 1
        assert "[s1]scale=1280:720[v1]" in graph

    def test_hdr_is_mapped_where_the_tool_can(self) -> None:
        hdr = video(transfer="smpte2084")
        assert "tonemap" in ladder_graph(hdr, FULL, plan_rungs(hdr, (720,)), Fraction(25))[0]
        assert "tonemap" not in ladder_graph(hdr, PLAIN, plan_rungs(hdr, (720,)), Fraction(25))[0]
        assert "tonemap" not in ladder_graph(video(), FULL, plan_rungs(video(), (720,)), Fraction(25))[0]


class TestTimeline:
    @staticmethod
    def seconds(*lines: str, resets: bool = False, start: float = 0.0) -> float:
        timeline = Timeline(start=start, frame_seconds={0: 0.04}, streams=frozenset({0, 1}), resets=resets)
        for piece in "".join(f"{line}\n" for line in lines):
            timeline.feed(piece.encode())
        return timeline.seconds()

    def test_the_end_of_the_last_packet_counts(self) -> None:
        assert self.seconds("0,0.0,0.0,0.04", "0,0.08,0.04,0.04", "0,0.04,0.08,0.04") == pytest.approx(0.12)

    def test_from_the_start_of_the_recording(self) -> None:
        assert self.seconds("0,100.0,100.0,2.0", start=100.0) == pytest.approx(2.0)

    def test_other_streams_do_not_count(self) -> None:
        assert self.seconds("0,0.0,0.0,1.0", "2,500.0,500.0,1.0") == pytest.approx(1.0)

    def test_what_is_not_known(self) -> None:
        assert self.seconds("0,N/A,1.0,N/A") == pytest.approx(1.04)
        assert self.seconds("0,N/A,N/A,1.0", "rubbish", "") == 0.0

    def test_jumps(self) -> None:
        lines = ("0,1000.0,1000.0,1.0", "0,1001.0,1001.0,1.0", "0,5.0,5.0,1.0", "0,6.0,6.0,1.0")
        assert self.seconds(*lines, resets=True, start=1000.0) == pytest.approx(4.0)
        assert self.seconds("0,0.0,0.0,1.0", "0,3000.0,3000.0,1.0") == pytest.approx(3001.0)


class TestProgress:
    async def test_reads_and_reports(self) -> None:
        told: list[tuple[float, float]] = []
        progress = Progress(10.0, lambda fraction, speed: told.append((fraction, speed)))
        progress.feed(b"frame=1\nout_time_us=2500")
        await progress.tick()
        progress.feed(b"000\nspeed=2x\nout_time_us=N/A\nprogress=continue\n")
        await progress.tick()
        progress.feed(b"out_time_us=99000000\n")
        await progress.tick()
        progress.finish()
        assert [fraction for fraction, _ in told] == [0.0, 0.25, 1.0, 1.0]
        assert progress.seconds == 99.0


class TestPeakBandwidth:
    def test_the_worst_segment(self) -> None:
        assert peak_bandwidth([Segment(6, 6000), Segment(6, 12_000), Segment(6, 3000)]) == 16_000

    def test_a_short_last_segment_is_not_a_peak_of_its_own(self) -> None:
        assert peak_bandwidth([Segment(6, 6000), Segment(0.04, 6000)]) == round(96_000 / 6.04)

    def test_a_short_clip_has_none(self) -> None:
        assert peak_bandwidth([Segment(0.5, 6000)]) == 0


class TestMeasureRendition:
    def test_a_cut_off_segment_is_noticed(self, tmp_path: Path) -> None:
        """ffmpeg writes such a thing when the disk is full for a moment, and ends well."""
        (tmp_path / "seg_00000.ts").write_bytes(bytes(188 * 3 + 1))
        (tmp_path / "index.m3u8").write_text("#EXTM3U\n#EXTINF:6.0,\nseg_00000.ts\n#EXT-X-ENDLIST\n")
        with pytest.raises(PlaylistError, match="cut off"):
            measure_rendition(tmp_path)

    def test_a_playlist_without_an_end(self, tmp_path: Path) -> None:
        (tmp_path / "index.m3u8").write_text("#EXTM3U\n#EXTINF:6.0,\nseg_00000.ts\n")
        with pytest.raises(PlaylistError, match="incomplete"):
            measure_rendition(tmp_path)

    @given(st.binary(max_size=2000))
    def test_rubbish_is_no_stream(self, content: bytes) -> None:
        with pytest.raises(BitstreamError):
            read_codecs(content)

    @given(st.binary(max_size=60))
    def test_a_rubbish_parameter_set_never_hangs(self, content: bytes) -> None:
        elementary = b"\x00\x00\x01\x67" + content
        packet = b"\x47\x41\x00\x10" + b"\x00\x00\x01\xe0\x00\x00\x80\x00\x00" + elementary
        try:
            read_codecs(packet.ljust(188, b"\xff"))
        except BitstreamError:
            return


class TestPictureScore:
    def test_black_blank_and_grey_are_poor(self) -> None:
        for shade in (0, 10, 128, 255):
            assert score(bytes([shade]) * (WIDTH * HEIGHT)) < POOR

    def test_detail_beats_blur(self) -> None:
        sharp = bytes(40 if (place // 3) % 2 else 220 for place in range(WIDTH * HEIGHT))
        blurred = bytes(40 + 180 * (place % WIDTH) // WIDTH for place in range(WIDTH * HEIGHT))
        assert score(sharp) > score(blurred) > POOR

    def test_a_dim_picture_counts_less(self) -> None:
        bright = bytes(100 + place % 50 for place in range(WIDTH * HEIGHT))
        assert score(bright) > score(bytes(value - 90 for value in bright))

    def test_no_picture(self) -> None:
        assert score(b"") == 0.0


class TestSniffing:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"#EXTM3U\n", "playlist"),
            (b"\xef\xbb\xbf  <!DocType HTML><html>", "web page"),
            (b"PK\x03\x04rest", "ZIP"),
            (b"%PDF-1.7", "PDF"),
            (b"\x89PNG\r\n", "picture"),
            (b"\xff\xd8\xff\xe0", "picture"),
        ],
    )
    def test_what_it_is_instead(self, tmp_path: Path, content: bytes, words: str) -> None:
        file = tmp_path / "file"
        file.write_bytes(content)
        assert words in inspect_start(file).looks_like

    @pytest.mark.parametrize(
        ("content", "cut"),
        [
            (b"\0\0\0\x08ftyp\0\0\0\x08moov", False),
            (b"\0\0\0\x08ftyp\0\0\0\x09moov", True),
            (b"\0\0\0\x08ftyp\0\0\0\x00mdat rest", False),
            (b"\0\0\0\x08ftyp\0\0\0\x01mdat\0\0\0\0\0\0\0\x10", False),
            (b"\0\0\0\x08ftyp\0\0\0\x01mdat\0\0\0\0\0\0\0\x11", True),
            (b"\0\0\0\x08ftyp\0\0\0\x02mdat", False),
            (b"\0\0\0\x08moov\xff\xff\xff\xffmdat", True),
            (b"\x1a\x45\xdf\xa3 matroska", False),
        ],
    )
    def test_a_missing_end(self, tmp_path: Path, content: bytes, cut: bool) -> None:
        file = tmp_path / "file"
        file.write_bytes(content)
        assert inspect_start(file).cut_short is cut


class TestWalls:
    LIMITS = Limits(wall_seconds=1, cpu_seconds=2, memory_bytes=3, file_bytes=4)

    def test_setpriv_is_the_innermost(self) -> None:
        walls = walls_that_work(lambda _: True)
        command = walls.around(["ffmpeg", "-version"], self.LIMITS, parent=7)
        assert command[:2] == ["unshare", "--net"]
        assert {"--as=3", "--fsize=4", "--cpu=2", "--core=0"} <= set(command)
        assert command[-10:-6] == ["setpriv", "--pdeathsig", "KILL", "--no-new-privs"]
        assert command[-3:] == ["7", "ffmpeg", "-version"]

    def test_without_any(self) -> None:
        assert walls_that_work(lambda _: False) == Walls((), (), (), ())
        assert walls_that_work(lambda _: False).around(["ffmpeg"], self.LIMITS, parent=7) == ["ffmpeg"]

    def test_a_user_namespace_when_root_is_not_ours(self) -> None:
        walls = walls_that_work(lambda prefix: prefix != ("unshare", "--net"))
        assert walls.no_network == ("unshare", "--user", "--map-current-user", "--net")

    def test_what_is_missing_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("adapters.ffmpeg.hardening.detect_walls", lambda: Walls((), ("prlimit",), (), ()))
        said = hardening()
        assert len(said) == 3
        assert not any("prlimit" in sentence for sentence in said)


def test_a_source_is_always_locked() -> None:
    arguments = locked_input(Path("relative/-y.mp4"))
    assert arguments[arguments.index("-format_whitelist") + 1] == "mov,matroska,avi,mpegts,asf"
    assert arguments[arguments.index("-protocol_whitelist") + 1] == "file"
    assert arguments[-2] == "-i"
    assert arguments[-1].startswith("file:/")
    assert "-r" not in arguments
