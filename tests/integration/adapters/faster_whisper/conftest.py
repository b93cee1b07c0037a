"""The real model of the extra ``demo``, loaded once."""

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.faster_whisper.bundled_model import BUNDLED, bundled_model_directory
from adapters.faster_whisper.transcriber import FasterWhisperTranscriber
from adapters.ffmpeg.audio_extractor import FfmpegAudioExtractor
from adapters.ffmpeg.pyav_probe import PyavMediaProbe
from adapters.ffmpeg.tools import bundled_ffmpeg

MEDIA = Path(__file__).parents[4] / "media"


@pytest.fixture(scope="session")
async def whisper(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FasterWhisperTranscriber]:
    """The bundled model."""
    if bundled_model_directory() is None:
        pytest.fail("no speech model: install the extra 'demo'")
    transcriber = FasterWhisperTranscriber(BUNDLED, tmp_path_factory.mktemp("models"), may_download=False)
    yield transcriber
    transcriber.close()


@pytest.fixture(scope="session")
async def kennedy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """11 s of a real speech, as the audio extractor makes it."""
    return await wav_of(MEDIA / "jfk-inaugural-1961.mp4", tmp_path_factory.mktemp("kennedy"))


@pytest.fixture(scope="session")
async def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """133 s of synthetic speech, as the audio extractor makes it."""
    return await wav_of(MEDIA / "lecture-formative-assessment.mp4", tmp_path_factory.mktemp("lecture"))


@pytest.fixture(scope="session")
def tones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20 s of noise and music-like tones, in which nobody speaks."""
    into = tmp_path_factory.mktemp("tones") / "tones.wav"
    graph = "sine=frequency=440:d=20[a];sine=frequency=554:d=20[b];anoisesrc=d=20:a=0.02[c];[a][b][c]amix=inputs=3"
    command = [str(bundled_ffmpeg()), "-v", "error", "-filter_complex", graph, "-ac", "1", "-ar", "16000", str(into)]
    subprocess.run(command, timeout=60, check=True)
    return into


@pytest.fixture(scope="session")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 s of a tune over chords with a drum, in which nobody sings."""
    into = tmp_path_factory.mktemp("music") / "music.wav"
    tune = "0.3*sin(2*PI*t*262*pow(2,floor(mod(t*3,7))*2/12))*exp(-3*mod(t,0.3333))"
    chords = "+".join(f"0.12*sin(2*PI*t*{tone}*pow(2,floor(mod(t/2,3))*5/12))" for tone in (131, 165, 196))
    drum = "0.4*(random(0)-0.5)*exp(-20*mod(t,0.5))"
    graph = f"aevalsrc='{tune}+{chords}+{drum}':d=40:s=16000"
    command = [str(bundled_ffmpeg()), "-v", "error", "-f", "lavfi", "-i", graph]
    subprocess.run([*command, "-ac", "1", str(into)], timeout=60, check=True)
    return into


async def wav_of(source: Path, folder: Path) -> Path:
    """The only kind of file that the transcriber gets."""
    into = folder / "audio.wav"
    info = await PyavMediaProbe().probe(source)
    await FfmpegAudioExtractor(bundled_ffmpeg()).extract_audio(source, info, into, on_progress=lambda *_: None)
    return into
