"""The attack corpus against every tool that opens a source."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.ffmpeg.arguments import DEMUXERS
from adapters.ffmpeg.attack_corpus import Corpus, check_tools, write_corpus
from adapters.ffmpeg.audio_extractor import FfmpegAudioExtractor
from adapters.ffmpeg.thumbnailer import FfmpegThumbnailer
from adapters.ffmpeg.tools import bundled_ffmpeg
from adapters.ffmpeg.transcoder import FfmpegTranscoder
from lms_app.ports.media_probe import AudioStream, MediaInfo, MediaProbe, ProbeError, VideoStream
from lms_app.ports.media_tools import MediaToolError
from tests.contracts.transcoder import Recorder

CLAIMED = MediaInfo(
    "mov", 1.0, 100, VideoStream("h264", 64, 64, "yuv420p", 10.0, False, "", 0), AudioStream("aac", 1, 44_100)
)
"""What an attacker would like the probe to have said."""


@pytest.fixture(scope="session")
async def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return await write_corpus(bundled_ffmpeg(), tmp_path_factory.mktemp("corpus"))


class Listener:
    """A host that should never be called."""

    def __init__(self) -> None:
        self.calls = 0
        self.port = 0

    async def answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        writer.close()


@pytest.fixture(scope="session")
async def listener() -> AsyncIterator[Listener]:
    listening = Listener()
    server = await asyncio.start_server(listening.answer, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    async with server:
        yield listening


async def test_the_check_at_start(ffmpeg: Path, any_probe: MediaProbe) -> None:
    assert await check_tools(ffmpeg, any_probe) == []


async def test_the_check_at_start_finds_the_tools_itself() -> None:
    assert await check_tools() == []


async def test_the_probe_refuses(any_probe: MediaProbe, corpus: Corpus) -> None:
    for attack in corpus.attacks:
        with pytest.raises(ProbeError) as raised:
            await any_probe.probe(attack)
        assert raised.value.code == "not_a_video", attack.name


async def test_every_tool_refuses(ffmpeg: Path, corpus: Corpus, tmp_path: Path) -> None:
    for attack in corpus.attacks:
        into = tmp_path / attack.stem
        into.mkdir()
        with pytest.raises(MediaToolError) as raised:
            await FfmpegTranscoder(ffmpeg, threads=1).transcode(
                attack, CLAIMED, into, max_heights=(720,), max_seconds=60, on_progress=Recorder()
            )
        assert raised.value.code == "transcode_failed"
        with pytest.raises(MediaToolError):
            await FfmpegAudioExtractor(ffmpeg).extract_audio(
                attack, CLAIMED, into / "audio.wav", on_progress=Recorder()
            )
        assert sum(file.stat().st_size for file in into.rglob("*.*")) == 0


@pytest.mark.parametrize("name", ["hls-absolute.mp4", "dash.mp4", "concat-relative.mp4"])
async def test_no_poster_of_another_video(ffmpeg: Path, corpus: Corpus, tmp_path: Path, name: str) -> None:
    attack = next(attack for attack in corpus.attacks if attack.name == name)
    with pytest.raises(MediaToolError):
        await FfmpegThumbnailer(ffmpeg).thumbnail(attack, CLAIMED, tmp_path / "thumb.jpg")
    assert not (tmp_path / "thumb.jpg").exists()


async def test_nobody_is_called(ffmpeg: Path, any_probe: MediaProbe, listener: Listener, tmp_path: Path) -> None:
    attack = tmp_path / "attack.mp4"
    attack.write_text(f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{listener.port}/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(ProbeError):
        await any_probe.probe(attack)
    with pytest.raises(MediaToolError):
        await FfmpegAudioExtractor(ffmpeg).extract_audio(
            attack, CLAIMED, tmp_path / "audio.wav", on_progress=Recorder()
        )
    assert listener.calls == 0


def test_the_corpus_bites(corpus: Corpus) -> None:
    """Without our locks ffmpeg does open some of these: a corpus that nothing falls for would prove nothing."""
    open_ended = [str(bundled_ffmpeg()), "-nostdin", "-v", "error", "-t", "1"]
    fallen = [
        attack.name
        for attack in corpus.attacks
        if subprocess.run(
            [*open_ended, "-i", str(attack), "-map", "0", "-c", "copy", "-f", "null", "-"],
            capture_output=True,
            timeout=30,
            check=False,
        ).returncode
        == 0
    ]
    assert {"dash.mp4", "concat-relative.mp4"} <= set(fallen)


async def test_a_tool_that_refuses_everything_proves_nothing(tmp_path: Path, any_probe: MediaProbe) -> None:
    """An ffmpeg that writes videos and opens none."""
    broken = tmp_path / "ffmpeg"
    broken.write_text(f'#!/bin/sh\ncase "$*" in *format_whitelist*) exit 1;; esac\nexec {bundled_ffmpeg()} "$@"\n')
    broken.chmod(0o755)
    assert await check_tools(broken, any_probe) == ["video.mp4 (ffmpeg refuses every video)"]


async def test_a_tool_without_locks_is_found_out(tmp_path: Path, any_probe: MediaProbe) -> None:
    """An ffmpeg that takes its whitelist and does not keep to it."""
    careless = tmp_path / "ffmpeg"
    careless.write_text(
        "#!/bin/bash\n"
        f'args=("${{@/{DEMUXERS}/{DEMUXERS},hls,dash,concat,mpegts}}")\n'
        f'exec {bundled_ffmpeg()} "${{args[@]}}"\n'
    )
    careless.chmod(0o755)
    found = await check_tools(careless, any_probe)
    assert "dash.mp4 (ffmpeg)" in found
    assert "concat-relative.mp4 (ffmpeg)" in found


async def test_the_wheel_alone_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without ffmpeg: the check, and with it the whole pipeline, runs on what the packages bring."""
    for name in ("env", "sh", "unshare", "prlimit", "nice", "setpriv"):
        if found := shutil.which(name):
            (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await check_tools() == []
