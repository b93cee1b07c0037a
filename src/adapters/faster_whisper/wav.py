"""Reads the one kind of file that a transcriber accepts. No library that guesses formats is involved."""

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 16_000
"""Samples per second that Whisper wants."""

Samples = npt.NDArray[np.float32]


class WavError(Exception):
    """The file is no 16 kHz mono 16-bit WAV."""


def read_wav(path: Path) -> Samples:
    """Samples between -1 and 1. Blocks; one hour takes 115 MB to read and 230 MB to hold.

    Raises:
        WavError: see there.
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as file, wave.open(file) as wav:
            kind = wav.getnchannels(), wav.getsampwidth(), wav.getframerate()
            if kind != (1, 2, RATE):
                raise WavError(f"expected 1 channel, 2 bytes, {RATE} Hz, found {kind}")
            frames = wav.readframes(wav.getnframes())
    except (wave.Error, EOFError) as error:
        raise WavError(f"not a RIFF/WAVE file: {error}") from error
    whole = frames[: len(frames) // 2 * 2]
    return np.frombuffer(whole, dtype="<i2").astype(np.float32) / np.float32(32_768)
