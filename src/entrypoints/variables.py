"""Every ``LMS_*`` variable: what it means, what stands in its place when it is not set, how it is written."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

EXAMPLE_KEY = "7t1aNz4Wvr0QPfPi4WLik7NkuG8Hm-0wOYxCLrRj_UU"
"""Of the manual: whoever signs with it signs for everybody, so no start takes it."""

MASK = "•••"
_SECRET_PARAMETER = re.compile(r"((?:^|&)[^=&]*(?:password|secret|token|key)[^=&]*=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable, for people who run an installation."""

    name: str
    meaning: str
    default: str
    """What holds when it is not set, in words."""
    example: str
    """A value as it might be given."""
    is_secret: bool = False
    """Whether the value as a whole is never shown; addresses are shown without their passwords."""
    has_key_ids: bool = False
    """Whether it is ``id:key`` with commas: the ids are shown."""

    def shown(self, value: str) -> str:
        """``value`` as it may stand on a screen."""
        if self.has_key_ids and value:
            return ", ".join(f"{entry.strip().partition(':')[0]}:{MASK}" for entry in value.split(","))
        if self.is_secret:
            return MASK if value else ""
        return without_password(value)


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "LMS_DATA_DIR",
        "Folder of everything that is kept: database, files, secrets, models, working folders.",
        "./.data",
        "/var/lib/brain-lms",
    ),
    Variable("LMS_PORT", "Port that the API and the pages are served on.", "8000", "8080"),
    Variable(
        "LMS_PLATFORM_DOMAIN",
        "Host name of the platform; schools are at <subdomain>.<this>. Anything but localhost means https and no demo.",
        "localhost",
        "lms.example",
    ),
    Variable(
        "LMS_PUBLIC_URL",
        "Scheme, host and port of links, as browsers see them.",
        "http://localhost:<port>, or https://<platform domain>",
        "https://lms.example",
    ),
    Variable("LMS_PLATFORM_NAME", "Name of the platform, in pages and mails.", "Brain LMS", "Springfield Learning"),
    Variable(
        "LMS_DATABASE_URL",
        "PostgreSQL as the role lms_app, which row-level security binds.",
        "a server of its own in the data directory",
        "postgresql://lms_app:PASSWORD@db.example/lms",
    ),
    Variable(
        "LMS_DATABASE_SYSTEM_URL",
        "The same database as the role lms_system, for the platform's own work.",
        "none; needed with LMS_DATABASE_URL",
        "postgresql://lms_system:PASSWORD@db.example/lms",
    ),
    Variable(
        "LMS_DATABASE_OWNER_URL",
        "The same database as the role lms_owner, for migrations.",
        "none; needed with LMS_DATABASE_URL",
        "postgresql://lms_owner:PASSWORD@db.example/lms",
    ),
    Variable(
        "LMS_DATABASE_DIRECT_URL",
        "The same database as lms_system, past a pooler: for LISTEN and for locks that a session holds.",
        "as LMS_DATABASE_SYSTEM_URL",
        "postgresql://lms_system:PASSWORD@db.example:5432/lms",
    ),
    Variable(
        "LMS_REDIS_URL",
        "Redis that carries doorbells to workers on any machine.",
        "none: one worker beside the API, no broker",
        "redis://:PASSWORD@redis.example:6379/0",
    ),
    Variable(
        "LMS_STORAGE_URL",
        "Where videos and files are kept: a folder, or a bucket that speaks S3.",
        "a folder in the data directory",
        "s3://KEY:SECRET@bucket/prefix?endpoint=https://s3.example&region=eu-central-1",
    ),
    Variable(
        "LMS_SMTP_URL",
        "Mail server: smtps:// (TLS), smtp+starttls:// or smtp://, user and password percent-encoded.",
        "none: mails are files in the data directory",
        "smtps://USER:PASSWORD@mail.example",
    ),
    Variable(
        "LMS_MAIL_FROM",
        "Address that mails come from.",
        "no-reply@<platform domain>",
        "no-reply@lms.example",
    ),
    Variable(
        "LMS_SECRET_KEYS",
        "Keys that sign tokens, as id:key with commas. The first signs, all verify: to rotate, put a new one in front.",
        "made once, kept in the data directory",
        f"k1:{EXAMPLE_KEY}",
        is_secret=True,
        has_key_ids=True,
    ),
    Variable(
        "LMS_TRUSTED_PROXIES",
        "Addresses or networks, with commas, whose X-Forwarded-For and -Proto count.",
        "none",
        "10.0.0.0/8",
    ),
    Variable(
        "LMS_WHISPER_MODEL",
        "Speech model: a name, downloaded once to LMS_MODEL_DIR; a folder; or bundled, the demo's small English one.",
        "small; on localhost the bundled one, where it is installed",
        "/models/small",
    ),
    Variable("LMS_MODEL_DIR", "Folder of downloaded speech models.", "models in the data directory", "/models"),
    Variable(
        "LMS_QUIZ_MODEL_URL",
        "Service that speaks OpenAI's chat completions and writes questions for schools that agree to it.",
        "none: questions are made by rules, on our own machines",
        "https://models.example/v1",
    ),
    Variable(
        "LMS_QUIZ_MODEL_NAME",
        "Name of the model there.",
        "none; needed with LMS_QUIZ_MODEL_URL",
        "qwen3-32b",
    ),
    Variable(
        "LMS_QUIZ_MODEL_KEY",
        "Key for that service, sent as a bearer token.",
        "none",
        "sk-EXAMPLE",
        is_secret=True,
    ),
    Variable("LMS_LOG_FORMAT", "How log lines are written: text for people, json for machines.", "text", "json"),
    Variable(
        "LMS_LEASE_SECONDS",
        "How long a worker may be silent before its step is given to another.",
        "60",
        "120",
    ),
    Variable(
        "LMS_SWEEP_SECONDS",
        "How often due steps that nobody was told of are looked for.",
        "15",
        "30",
    ),
    Variable(
        "LMS_COLLECT_AFTER_SECONDS",
        "How long after its last use a video's file is removed, at the earliest. Less only on localhost.",
        "18000: the longest grant to watch, and an hour",
        "86400",
    ),
    Variable(
        "LMS_COLLECT_EVERY_SECONDS",
        "How often files that nobody needs are looked for.",
        "3600",
        "1800",
    ),
)

BY_NAME = {variable.name: variable for variable in VARIABLES}

OF_OTHER_PROGRAMS = frozenset(
    {
        "LMS_API_URL",  # the frontend's development server
        "LMS_OWNER_PASSWORD",  # these three: psql, when it makes the roles
        "LMS_APP_PASSWORD",
        "LMS_SYSTEM_PASSWORD",
        "LMS_TEST_WITHOUT_SYSTEM_FFMPEG",  # the tests
    }
)
"""Names that are no settings of ours and no mistakes either."""


def without_password(value: str) -> str:
    """An address without the password in it; anything else as it is."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return MASK
    query = _SECRET_PARAMETER.sub(rf"\1{MASK}", parts.query)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    netloc = f"{name}{colon}{MASK if colon else ''}{at}{host}"
    if (netloc, query) == (parts.netloc, parts.query):
        return value
    return urlunsplit(parts._replace(netloc=netloc, query=query))
