"""What people are told: a fact, and for whom it is."""

from collections.abc import Callable
from dataclasses import dataclass

from lms_app.notices.words.language import Language
from lms_app.ports.audience import Recipient
from lms_domain.notices.notification import MAX_TITLE, NotificationKind


@dataclass(frozen=True, slots=True)
class Said:
    """A fact in words."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened. ``say`` puts it into the words of a language, ``link`` is a path on the school's site,
    ``event_key`` names the fact: nobody is told the same one twice."""

    kind: NotificationKind
    say: Callable[[Language], Said]
    link: str
    event_key: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One fact for one person."""

    recipient: Recipient
    fact: Fact


def as_written(title: str, message: str) -> Callable[[Language], Said]:
    """What somebody wrote stays as it is in every language."""
    said = Said(title, message)
    return lambda _: said


def title_of(beginning: str, name: str) -> str:
    """A notification's title; a long name is cut short."""
    title = f"{beginning}{name}"
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…"


def in_sentences(*sentences: str) -> str:
    """Those that there are, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)
