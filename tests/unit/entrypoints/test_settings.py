"""Settings: defaults, and every wrong one named."""

import base64
import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from entrypoints.settings import SettingsError, load_settings
from entrypoints.variables import BY_NAME, EXAMPLE_KEY, VARIABLES, Variable

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
        ("LMS_COLLECT_AFTER_SECONDS", "nan"),
        ("LMS_COLLECT_EVERY_SECONDS", "0"),
        ("LMS_TRUSTED_PROXIES", "10.0.0.0/8,nobody"),
        ("LMS_SMTP_URL", "imap://mail.example"),
        ("LMS_MAIL_FROM", "nobody"),
        ("LMS_QUIZ_MODEL_URL", "models.example/v1"),
        ("LMS_QUIZ_MODEL_URL", "http://models.example/v1"),
        ("LMS_QUIZ_MODEL_URL", "https://user:secret@models.example/v1"),
        ("LMS_QUIZ_MODEL_URL", "https://models.example/v1?key=secret"),
        ("LMS_QUIZ_MODEL_NAME", "a model"),
        ("LMS_QUIZ_MODEL_KEY", "two words"),
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
    assert mistaken({**base, "LMS_DATABASE_URL": "postgresql://lms_app@db/lms"}) == [
        "LMS_DATABASE_SYSTEM_URL",
        "LMS_DATABASE_OWNER_URL",
    ]
    assert "LMS_DATABASE_URL" in mistaken({**base, "LMS_DATABASE_DIRECT_URL": "postgresql://lms_system@db/lms"})


@pytest.mark.parametrize(
    "url", ["https://models.example/v1/", "http://localhost:8080/v1", "http://10.0.0.7/v1", "http://models:8080/v1"]
)
def test_a_model_that_writes_questions(tmp_path: Path, url: str) -> None:
    base = {"LMS_DATA_DIR": str(tmp_path)}
    assert load_settings(base).quiz_model is None
    assert mistaken({**base, "LMS_QUIZ_MODEL_URL": url}) == ["LMS_QUIZ_MODEL_NAME"]
    assert mistaken({**base, "LMS_QUIZ_MODEL_KEY": "sk-12345"}) == ["LMS_QUIZ_MODEL_URL"]
    settings = load_settings(
        {**base, "LMS_QUIZ_MODEL_URL": url, "LMS_QUIZ_MODEL_NAME": "org/m:7b", "LMS_QUIZ_MODEL_KEY": "sk-12345"}
    )
    model = settings.quiz_model
    assert model is not None
    assert (model.url, model.model, model.key) == (url.rstrip("/"), "org/m:7b", "sk-12345")
    assert "12345" not in repr(settings)
    assert "12345" not in BY_NAME["LMS_QUIZ_MODEL_KEY"].shown("sk-12345")


def mistaken(environment: dict[str, str]) -> list[str]:
    """Names of the variables that are refused."""
    with pytest.raises(SettingsError) as refused:
        load_settings(environment)
    return [mistake.name for mistake in refused.value.mistakes]


def test_all_mistakes_are_told_at_once_each_with_its_remedy(tmp_path: Path) -> None:
    environment = {
        "LMS_DATA_DIR": str(tmp_path / "data"),
        "LMS_PORT": "eighty",
        "LMS_LOG_FORMAT": "xml",
        "LMS_SWEEP_SECONDS": "soon",
        "LMS_STORAGE": "s3://bucket",
        "LMS_FLUX_CAPACITOR": "1",
    }
    with pytest.raises(SettingsError) as refused:
        load_settings(environment)
    told = str(refused.value)
    assert [m.name for m in refused.value.mistakes] == [
        "LMS_PORT", "LMS_LOG_FORMAT", "LMS_SWEEP_SECONDS", "LMS_FLUX_CAPACITOR", "LMS_STORAGE",
    ]  # fmt: skip
    assert "It is “eighty”. Give a port from 1 to 65535." in told
    assert "Port that the API and the pages are served on." in told
    assert "Example: LMS_PORT=8080" in told
    assert "LMS_STORAGE: There is no such setting. Did you mean LMS_STORAGE_URL?" in told
    assert "LMS_FLUX_CAPACITOR: There is no such setting. See all of them with: lms settings" in told
    assert not (tmp_path / "data").exists(), "a start that is refused writes nothing"


def test_files_go_early_on_nobodys_machine_but_ones_own(tmp_path: Path) -> None:
    environment = {"LMS_DATA_DIR": str(tmp_path), "LMS_COLLECT_AFTER_SECONDS": "3"}
    assert load_settings(environment).collect_after_seconds == 3
    assert load_settings({"LMS_DATA_DIR": str(tmp_path)}).collect_after_seconds == 5 * 3600
    assert "LMS_COLLECT_AFTER_SECONDS" in mistaken({**environment, "LMS_PLATFORM_DOMAIN": "lms.example"})


def test_what_is_empty_or_meant_for_other_programs_is_no_mistake(tmp_path: Path) -> None:
    empty = dict.fromkeys(BY_NAME, "")
    settings = load_settings({**empty, "LMS_DATA_DIR": str(tmp_path), "LMS_OWNER_PASSWORD": "x", "HOME": "/root"})
    assert (settings.port, settings.database, settings.mail_from) == (8000, None, "no-reply@localhost")


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_example_is_one(tmp_path: Path, variable: Variable) -> None:
    other_roles = {
        name: BY_NAME[name].example
        for name in ("LMS_DATABASE_URL", "LMS_DATABASE_SYSTEM_URL", "LMS_DATABASE_OWNER_URL")
        if variable.name.startswith("LMS_DATABASE_")
    }
    model = {
        name: BY_NAME[name].example
        for name in ("LMS_QUIZ_MODEL_URL", "LMS_QUIZ_MODEL_NAME")
        if variable.name.startswith("LMS_QUIZ_MODEL_")
    }
    environment = {"LMS_DATA_DIR": str(tmp_path), **other_roles, **model, variable.name: variable.example}
    if variable.name == "LMS_SECRET_KEYS":
        # Everybody can read it here, so nobody may use it.
        assert mistaken(environment) == ["LMS_SECRET_KEYS"]
    else:
        load_settings(environment)


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("LMS_DATABASE_URL", "postgresql://lms_app:postgres@db/lms", True),
        ("LMS_DATABASE_URL", "postgresql://lms_app:LMS_app@db/lms", True),
        ("LMS_DATABASE_URL", "postgresql://lms_app:short@db/lms", True),
        ("LMS_DATABASE_URL", "postgresql://lms_app:9f2Kc0Qx7Lm4@db/lms", False),
        ("LMS_DATABASE_URL", "postgresql://lms_app@/lms?host=/run/postgresql", False),
        ("LMS_REDIS_URL", "redis://redis:6379/0", True),
        ("LMS_REDIS_URL", "redis://:changeme@redis:6379/0", True),
        ("LMS_REDIS_URL", "redis://:9f2Kc0Qx7Lm4@redis:6379/0", False),
        ("LMS_REDIS_URL", "redis://127.0.0.1:6379/0", False),
        ("LMS_STORAGE_URL", "s3://minioadmin:minioadmin@bucket", True),
        ("LMS_STORAGE_URL", "s3://bucket", False),
        ("LMS_SECRET_KEYS", f"k1:{EXAMPLE_KEY}", True),
    ],
)
def test_what_everybody_knows_guards_no_platform_on_the_internet(
    tmp_path: Path, name: str, value: str, is_refused: bool
) -> None:
    strong = {
        "LMS_DATABASE_URL": "postgresql://lms_app:9f2Kc0Qx7Lm4@db/lms",
        "LMS_DATABASE_SYSTEM_URL": "postgresql://lms_system:9f2Kc0Qx7Lm4@db/lms",
        "LMS_DATABASE_OWNER_URL": "postgresql://lms_owner:9f2Kc0Qx7Lm4@db/lms",
    }
    environment = {**strong, "LMS_DATA_DIR": str(tmp_path), name: value}
    on_the_internet = {**environment, "LMS_PLATFORM_DOMAIN": "lms.example"}
    if is_refused:
        assert mistaken(on_the_internet) == [name]
        with pytest.raises(SettingsError) as refused:
            load_settings(on_the_internet)
        assert f":{urlsplit(value).password}@" not in str(refused.value)
    else:
        load_settings(on_the_internet)
    if name != "LMS_SECRET_KEYS":
        load_settings(environment)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("postgresql://lms_app:hunter2@db:5432/lms?x=1", "postgresql://lms_app:•••@db:5432/lms?x=1"),
        ("redis://:hunter2@cache/0", "redis://:•••@cache/0"),
        ("s3://id:hunter2@bucket/p?endpoint=https://s3.example", "s3://id:•••@bucket/p?endpoint=https://s3.example"),
        ("postgresql://lms_app@db/lms?password=hunter2&x=1", "postgresql://lms_app@db/lms?password=•••&x=1"),
        ("https://lms.example", "https://lms.example"),
        ("8000", "8000"),
        ("http://[", "•••"),
    ],
)
def test_no_password_is_shown(value: str, shown: str) -> None:
    assert BY_NAME["LMS_REDIS_URL"].shown(value) == shown
    assert BY_NAME["LMS_SECRET_KEYS"].shown(f"k2:{KEY},k1:{KEY}") == "k2:•••, k1:•••"


def test_keys_that_cannot_be_kept_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert mistaken({"LMS_DATA_DIR": str(tmp_path / "file" / "data")}) in (["LMS_DATA_DIR"], ["LMS_SECRET_KEYS"])
    (tmp_path / "secret-keys").write_text("k1:c2hvcnQ")
    assert mistaken({"LMS_DATA_DIR": str(tmp_path)}) == ["LMS_SECRET_KEYS"]


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
