"""A missing model ends in a sentence that says what to do. Nothing here loads one or calls a host."""

from pathlib import Path

import pytest

from adapters.faster_whisper import models
from adapters.faster_whisper.bundled_model import bundled_model_directory
from adapters.faster_whisper.models import load_model, model_name
from lms_app.ports.transcriber import TranscriberError


@pytest.mark.parametrize(
    ("model", "remedy"),
    [
        ("small", "huggingface.co"),
        ("no-such-size", "huggingface.co"),
        ("owner/no-such-model", "huggingface.co"),
        ("/no/such/folder", "model.bin"),
        ("./relative", "model.bin"),
    ],
)
def test_a_missing_model(tmp_path: Path, model: str, remedy: str) -> None:
    with pytest.raises(TranscriberError) as raised:
        load_model(model, tmp_path, may_download=False, threads=1)
    assert raised.value.code == "model_missing"
    assert remedy in raised.value.detail
    assert model in raised.value.detail


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(TranscriberError, match="must hold model"):
        load_model(str(tmp_path), tmp_path, may_download=False, threads=1)


def test_a_broken_model(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"broken")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(TranscriberError, match="cannot be loaded"):
        load_model(str(tmp_path), tmp_path, may_download=False, threads=1)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "bundled_model_directory", lambda: None)
    with pytest.raises(TranscriberError, match="extra 'demo'"):
        load_model("bundled", tmp_path, may_download=False, threads=1)


def test_names() -> None:
    assert model_name("small") == "small"
    assert model_name("/models/faster-whisper-small") == "faster-whisper-small"
    assert model_name("bundled") == "tiny.en"
    assert model_name(str(bundled_model_directory())) == "tiny.en"
