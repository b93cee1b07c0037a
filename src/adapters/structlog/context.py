"""What a request or a job adds to every line that is written inside of it.

A context variable is right here and only here: a line that misses a fact is a pity, a query that misses its school is
a leak. Scopes of queries are arguments.
"""

from contextlib import AbstractContextManager
from contextvars import ContextVar, Token

from structlog.typing import EventDict, WrappedLogger

from lms_app.ports.logger import Facts

_FACTS: ContextVar[Facts | None] = ContextVar("log_facts", default=None)


class Within(AbstractContextManager[None]):
    """Adds ``facts`` to the lines of this task while the context lasts. Nested ones add up, the inner one counts more.

    A class where a generator would do: every request goes through it.
    """

    __slots__ = ("_facts", "_token")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._token: Token[Facts | None] | None = None

    def __enter__(self) -> None:
        outer, inner = _FACTS.get(), self._facts
        self._token = _FACTS.set(inner if outer is None else lambda: {**outer(), **inner()})

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _FACTS.reset(self._token)


def add_facts(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """The processor that brings them into a line."""
    facts = _FACTS.get()
    if facts is not None:
        for name, value in facts().items():
            line.setdefault(name, value)
    return line
