"""Settings: defaults, and every wrong one named."""

import base64
import stat
from pathlib import Path

import pytest

from entrypoints.settings import SettingsError, load_settings

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")


def test_without_any_variable_everything_is_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    assert settings.data_dir == tmp_path / ".data"
    assert settings.database is None
    assert settings.redis_url is None
    assert settings.storage_url == (tmp_path / ".data" / "storage").as_uri()
    assert settings.public_url == "http://localhost:8000"
    assert settings.is_local


def test_secrets_are_made_once_and_kept_private(tmp_path: Path) -> None:
    environment = {"LMS_DATA_DIR": str(tmp_path / "data")}
    first = load_settings(environment)
    assert load_settings(environment).secret_keys == first.secret_keys
    assert len(first.secret_keys[first.current_key]) == 32
    kept = tmp_path / "data" / "secret-keys"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert load_settings({"LMS_DATA_DIR": str(tmp_path / "other")}).secret_keys != first.secret_keys


def test_the_first_of_several_keys_signs(tmp_path: Path) -> None:
    other = base64.urlsafe_b64encode(bytes(range(100, 132))).decode()
    settings = load_settings({"LMS_DATA_DIR": str(tmp_path), "LMS_SECRET_KEYS": f"new:{other},old:{KEY}"})
    assert settings.current_key == "new"
    assert settings.secret_keys["old"] == bytes(range(32))


def test_a_production_domain_gives_https_links(tmp_path: Path) -> None:
    settings = load_settings({"LMS_DATA_DIR": str(tmp_path), "LMS_PLATFORM_DOMAIN": "LMS.example"})
    assert settings.public_url == "https://lms.example"
    assert not settings.is_local


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LMS_PORT", "0"),
        ("LMS_PORT", "eighty"),
        ("LMS_PORT", "١٢"),
        ("LMS_PLATFORM_DOMAIN", "lms.example:8000"),
        ("LMS_PLATFORM_DOMAIN", "https://lms.example"),
        ("LMS_REDIS_URL", "http://localhost"),
        ("LMS_STORAGE_URL", "/var/lib"),
        ("LMS_PUBLIC_URL", "lms.example"),
        ("LMS_LOG_FORMAT", "xml"),
        ("LMS_LEASE_SECONDS", "0"),
        ("LMS_LEASE_SECONDS", "nan"),
        ("LMS_SWEEP_SECONDS", "soon"),
        ("LMS_TRUSTED_PROXIES", "10.0.0.0/8,nobody"),
        ("LMS_DATABASE_URL", "mysql://x"),
        ("LMS_SECRET_KEYS", "secret"),
        ("LMS_SECRET_KEYS", "k1:c2hvcnQ"),
        ("LMS_SECRET_KEYS", f"k1:{'A' * 43}"),
        ("LMS_SECRET_KEYS", f"k1:{KEY},k1:{KEY}"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({"LMS_DATA_DIR": str(tmp_path), name: value})


def test_an_incomplete_set_of_databases_is_named(tmp_path: Path) -> None:
    base = {"LMS_DATA_DIR": str(tmp_path)}
    with pytest.raises(SettingsError, match="LMS_DATABASE_SYSTEM_URL and LMS_DATABASE_OWNER_URL missing"):
        load_settings({**base, "LMS_DATABASE_URL": "postgresql://lms_app@db/lms"})
    with pytest.raises(SettingsError, match="LMS_DATABASE_URL is missing"):
        load_settings({**base, "LMS_DATABASE_OWNER_URL": "postgresql://lms_owner@db/lms"})


def test_no_secret_is_repeated(tmp_path: Path) -> None:
    environment = {
        "LMS_DATA_DIR": str(tmp_path),
        "LMS_SECRET_KEYS": f"k1:{KEY}",
        "LMS_REDIS_URL": "redis://:hunter2@cache/0",
        "LMS_STORAGE_URL": "s3://id:hunter2@bucket",
        "LMS_DATABASE_URL": "postgresql://lms_app:hunter2@db/lms",
        "LMS_DATABASE_SYSTEM_URL": "postgresql://lms_system:hunter2@db/lms",
        "LMS_DATABASE_OWNER_URL": "postgresql://lms_owner:hunter2@db/lms",
    }
    shown = repr(load_settings(environment))
    assert "hunter2" not in shown
    assert KEY not in shown
    with pytest.raises(SettingsError) as refused:
        load_settings({**environment, "LMS_REDIS_URL": "http://:hunter2@cache"})
    assert "hunter2" not in str(refused.value)
