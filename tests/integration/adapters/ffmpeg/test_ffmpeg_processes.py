"""No tool outlives us, and none takes more than it may."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from adapters.ffmpeg.ffprobe_probe import FfprobeMediaProbe
from adapters.ffmpeg.hardening import Limits, detect_walls, hardening
from adapters.ffmpeg.runner import ToolStoppedError, run_tool
from adapters.ffmpeg.transcoder import FfmpegTranscoder
from lms_app.ports.media_probe import MediaProbe
from tests.contracts.transcoder import LADDER, Recorder
from tests.integration.adapters.ffmpeg.processes import Offspring, gone_within, words_of
from tests.integration.adapters.ffmpeg.sources import FfmpegSources

ROOT = Path(__file__).parents[4]
ROOMY = Limits(wall_seconds=30, cpu_seconds=30)


async def test_cancelling_a_transcode_leaves_no_ffmpeg(
    ffmpeg: Path, one_probe: MediaProbe, media: FfmpegSources, tmp_path: Path, offspring: Offspring
) -> None:
    source = media.long_detailed()
    info = await one_probe.probe(source)
    for number, wait in enumerate((0.0, 0.01, 0.05, 0.5)):
        into = tmp_path / str(number)
        into.mkdir()
        call = asyncio.ensure_future(
            FfmpegTranscoder(ffmpeg).transcode(
                source, info, into, max_heights=LADDER, max_seconds=60, on_progress=Recorder()
            )
        )
        await asyncio.sleep(wait)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert offspring.living() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills children with their parent")
def test_killing_the_parent_leaves_no_ffmpeg(ffmpeg: Path, media: FfmpegSources, tmp_path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import asyncio, pathlib
        from adapters.ffmpeg.pyav_probe import PyavMediaProbe
        from adapters.ffmpeg.transcoder import FfmpegTranscoder

        async def main():
            source = pathlib.Path({str(media.long_detailed())!r})
            info = await PyavMediaProbe().probe(source)
            transcoder = FfmpegTranscoder(pathlib.Path({str(ffmpeg)!r}), threads=1)
            await transcoder.transcode(source, info, pathlib.Path({str(tmp_path)!r}), max_heights=(1080, 720),
                                       max_seconds=60, on_progress=lambda *_: None)

        asyncio.run(main())
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    try:
        transcode = wait_for_ffmpeg(psutil.Process(parent.pid))
        parent.send_signal(signal.SIGKILL)
        parent.wait(timeout=10)
        assert gone_within(transcode, 2.0)
    finally:
        parent.kill()
        parent.wait(timeout=10)


def wait_for_ffmpeg(parent: psutil.Process) -> list[psutil.Process]:
    """Its ffmpeg, once that writes its output."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = [child for child in parent.children(recursive=True) if "-filter_complex" in words_of(child)]
        if found and found[0].name().startswith("ffmpeg"):
            return found
        time.sleep(0.05)
    raise AssertionError("ffmpeg did not start")


async def test_the_wall_clock_ends_even_what_ignores_sigterm(offspring: Offspring) -> None:
    with pytest.raises(ToolStoppedError, match="stopped after 1 s") as raised:
        await run_tool(
            ["sh", "-c", 'trap "" TERM INT; echo started >&2; while :; do sleep 1; done'],
            Limits(wall_seconds=1, cpu_seconds=60),
        )
    assert raised.value.log == "started"
    assert offspring.living() == []


async def test_too_much_output(offspring: Offspring) -> None:
    with pytest.raises(ToolStoppedError, match="said more than 1000 bytes"):
        await run_tool(["yes"], ROOMY, stdout_cap=1000)
    assert offspring.living() == []


async def test_the_end_of_a_long_log_is_kept() -> None:
    finished = await run_tool(["sh", "-c", "seq 1 100000 >&2; exit 3"], ROOMY)
    assert finished.returncode == 3
    assert finished.log.endswith("99999\n100000")
    assert len(finished.log) <= 8192


async def test_our_environment_is_not_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_SECRET_KEY", "canary")
    finished = await run_tool(["env"], ROOMY)
    assert b"canary" not in finished.stdout


async def test_an_error_of_the_ticker_stops_the_tool(offspring: Offspring) -> None:
    async def fail() -> None:
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        await run_tool(["sleep", "60"], ROOMY, on_tick=fail)
    assert offspring.living() == []


async def test_a_missing_program_is_a_fault_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        await run_tool(["/no-such-program"], ROOMY)
    info = tmp_path / "source.mp4"
    info.write_bytes(b"\0\0\0\x08ftyp")
    with pytest.raises(FileNotFoundError, match="no-such-ffprobe"):
        await FfprobeMediaProbe(Path("/no-such-ffprobe")).probe(info)


@pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")
class TestWallsOfThisSystem:
    def test_all_stand(self) -> None:
        """In containers without the right to namespaces the network's wall may be missing; nothing else may."""
        assert [missing for missing in hardening() if "network" not in missing] == []

    def test_an_orphan_from_the_start_does_nothing(self, tmp_path: Path) -> None:
        """The parent died before the kernel was asked to tell: the number of ours is somebody else's."""
        command = detect_walls().around(["touch", str(tmp_path / "done")], ROOMY, parent=1)
        assert subprocess.run(command, timeout=10, check=False).returncode != 0
        assert not (tmp_path / "done").exists()

    async def test_processor_time(self) -> None:
        finished = await run_tool(["sh", "-c", "while :; do :; done"], Limits(wall_seconds=30, cpu_seconds=1))
        assert finished.returncode == -signal.SIGKILL

    async def test_file_size(self, tmp_path: Path) -> None:
        limits = Limits(wall_seconds=30, cpu_seconds=30, file_bytes=1000)
        finished = await run_tool(["dd", "if=/dev/zero", "of=big", "bs=5000", "count=1"], limits, cwd=tmp_path)
        assert finished.returncode != 0
        assert (tmp_path / "big").stat().st_size == 1000

    async def test_memory(self) -> None:
        limits = Limits(wall_seconds=30, cpu_seconds=30, memory_bytes=200_000_000)
        finished = await run_tool([sys.executable, "-c", "bytearray(400_000_000)"], limits)
        assert finished.returncode != 0
        assert "MemoryError" in finished.log

    async def test_privileges_priority_and_session(self) -> None:
        finished = await run_tool(
            ["sh", "-c", "grep NoNewPrivs /proc/self/status; nice; ps -o sid= -p $$; echo $$"], ROOMY
        )
        privileges, niceness, session, own = finished.stdout.decode().split("\n")[:4]
        assert privileges.split() == ["NoNewPrivs:", "1"]
        assert int(niceness) >= 10
        assert session.strip() == own

    async def test_network(self) -> None:
        if not detect_walls().no_network:
            assert any("network" in missing for missing in hardening())
            return
        finished = await run_tool(["cat", "/proc/net/dev"], ROOMY)
        names = [line.split(":")[0].strip() for line in finished.stdout.decode().splitlines()[2:]]
        assert names == ["lo"]
