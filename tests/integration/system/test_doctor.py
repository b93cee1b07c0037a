"""The doctor names what is broken: every part is taken away, one at a time."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.integration.system.installation import Installation, free_port
from tests.parts import missing

TOOLS = {"ffmpeg", "ffprobe"}


@pytest.fixture(scope="module")
def patient(data_dir: Path) -> Installation:
    """An installation of which nothing runs: the doctor starts what it needs."""
    return Installation(data_dir)


def examine(patient: Installation, *arguments: str, **changed: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """Exit code of ``lms doctor``, and what it found of each part."""
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "doctor", "--json", *arguments],
        env={**patient.environment, **changed},
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.stdout, done.stderr
    found = [finding for finding in json.loads(done.stdout) if not finding["is_warning"]]
    return done.returncode, {finding["part"]: finding for finding in found}


def only_broken(patient: Installation, part: str, **changed: str) -> dict[str, Any]:
    """The finding about ``part``, which is the only broken one."""
    code, found = examine(patient, "--no-upload", **changed)
    assert (code, [name for name, finding in found.items() if not finding["is_ok"]]) == (1, [part]), found
    assert found[part]["remedy"], found[part]
    return found[part]


def test_healthy_a_real_video_goes_through(patient: Installation) -> None:
    code, found = examine(patient)
    assert (code, [finding for finding in found.values() if not finding["is_ok"]]) == (0, [])
    assert set(found) == {
        "disk", "temporary files", "media tools", "hostile files", "database", "storage", "queue", "speech model",
        "mail", "real upload",
    }  # fmt: skip
    assert "READY" in found["real upload"]["detail"]
    assert json.loads(patient.lms("school", "list", "--json"))["results"] == [], "nothing of it is left"


def test_without_ffmpeg(patient: Installation, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for folder in reversed(os.environ["PATH"].split(os.pathsep)):
        for program in Path(folder).glob("*"):
            if program.name not in TOOLS:
                (programs / program.name).unlink(missing_ok=True)
                (programs / program.name).symlink_to(program)
    broken = only_broken(
        # The second stands for the wheel's own: imageio-ffmpeg takes the program that this names.
        patient, "media tools", PATH=str(programs), IMAGEIO_FFMPEG_EXE=str(tmp_path / "none"),
    )  # fmt: skip
    assert "does not start" in broken["detail"]
    assert "Install ffmpeg" in broken["remedy"]


def test_without_a_speech_model(patient: Installation, tmp_path: Path) -> None:
    broken = only_broken(patient, "speech model", LMS_WHISPER_MODEL=str(tmp_path / "none"))
    assert str(tmp_path / "none") in broken["detail"]
    assert "LMS_WHISPER_MODEL" in broken["remedy"]


def test_without_redis(patient: Installation) -> None:
    broken = only_broken(patient, "queue", LMS_REDIS_URL=f"redis://:hunter2hunter2@127.0.0.1:{free_port()}/0")
    assert "LMS_REDIS_URL" in broken["remedy"]
    assert "hunter2" not in json.dumps(broken)


def test_without_a_mail_server(patient: Installation) -> None:
    port = free_port()
    broken = only_broken(patient, "mail", LMS_SMTP_URL=f"smtp://127.0.0.1:{port}")
    assert str(port) in broken["detail"]
    assert "LMS_SMTP_URL" in broken["remedy"]


def test_without_the_model_that_writes_questions_rules_do(patient: Installation) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "doctor", "--json", "--no-upload"],
        env={
            **patient.environment,
            "LMS_QUIZ_MODEL_URL": f"http://127.0.0.1:{free_port()}/v1",
            "LMS_QUIZ_MODEL_NAME": "a-model",
            "LMS_QUIZ_MODEL_KEY": "hunter2hunter2",
        },
        capture_output=True,
        text=True,
        timeout=280,
    )
    (finding,) = [finding for finding in json.loads(done.stdout) if finding["part"] == "quiz model"]
    assert (done.returncode, finding["is_ok"], finding["is_warning"]) == (0, False, True)
    assert "LMS_QUIZ_MODEL_URL" in finding["remedy"]
    assert "hunter2" not in done.stdout + done.stderr


def test_without_a_database(patient: Installation) -> None:
    address = f"postgresql://{{}}:hunter2hunter2@127.0.0.1:{free_port()}/lms"
    broken = only_broken(
        patient,
        "database",
        LMS_DATABASE_URL=address.format("lms_app"),
        LMS_DATABASE_SYSTEM_URL=address.format("lms_system"),
        LMS_DATABASE_OWNER_URL=address.format("lms_owner"),
    )
    assert "LMS_DATABASE_URL" in broken["remedy"]
    assert "hunter2" not in json.dumps(broken)


def test_without_storage(patient: Installation, tmp_path: Path) -> None:
    """A bucket at an address where nobody answers."""
    broken = only_broken(
        patient,
        "storage",
        LMS_STORAGE_URL=f"s3://KEY:hunter2hunter2@bucket?endpoint=http://127.0.0.1:{free_port()}&region=eu-central-1",
    )
    assert "LMS_STORAGE_URL" in broken["remedy"]
    assert "hunter2" not in json.dumps(broken)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of its own, of that size."""
    folder = Path(tempfile.mkdtemp(prefix="lms-small-"))
    folder.chmod(0o755)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)])
    if mounted.returncode != 0:
        folder.rmdir()
        missing("only root may mount a small file system", "sudo ./just integration tests/integration/system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder)


def test_without_room(patient: Installation) -> None:
    with small_disk(megabytes=400) as folder:
        broken = only_broken(patient, "disk", LMS_STORAGE_URL=(folder / "storage").as_uri())
        assert "MB are free" in broken["detail"]
        assert "Free some space" in broken["remedy"]


def test_without_any_room(patient: Installation) -> None:
    with small_disk(megabytes=4) as folder:
        with (folder / "full").open("wb") as file:
            subprocess.run(["dd", "if=/dev/zero", "bs=1M"], stdout=file, stderr=subprocess.DEVNULL)
        code, found = examine(patient, "--no-upload", LMS_STORAGE_URL=(folder / "storage").as_uri())
        assert code == 1
        assert "No space left on device" in found["disk"]["detail"]
        assert "Free some space" in found["disk"]["remedy"]


def test_people_get_the_same_in_words(patient: Installation, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "doctor", "--no-upload"],
        env={**patient.environment, "LMS_WHISPER_MODEL": str(tmp_path / "[none]")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "✓ media tools" in done.stdout
    assert "✗ speech model" in done.stdout
    assert str(tmp_path / "[none]") in done.stdout
    assert "What to do: " in done.stdout
    assert done.stdout.rstrip().endswith("Broken: speech model.")


def test_wrong_settings_end_it_at_once(patient: Installation) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "doctor"],
        env={**patient.environment, "LMS_PORT": "eighty", "LMS_STORAGE": "x"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "LMS_PORT" in done.stderr
    assert "Did you mean LMS_STORAGE_URL?" in done.stderr
