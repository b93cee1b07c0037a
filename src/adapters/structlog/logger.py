"""Log lines as JSON for machines or as text for people."""

import logging
import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TextIO
from uuid import UUID

import msgspec
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from adapters.structlog.context import Within, add_facts
from adapters.structlog.redaction import redact
from lms_app.ports.logger import Facts, Logger

_NOISY = ("uvicorn", "uvicorn.error", "taskiq", "taskiq.receiver", "httpx", "faster_whisper", "asyncio", "alembic")


_TRACEBACKS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
"""Without the variables of each frame: they may hold passwords and tokens."""


class StructlogLogger(Logger):
    """The port over structlog."""

    def __init__(self, bound: structlog.typing.FilteringBoundLogger) -> None:
        self._bound = bound

    def info(self, event: str, **facts: object) -> None:
        """See the port."""
        self._bound.info(event, **facts)

    def warning(self, event: str, **facts: object) -> None:
        """See the port."""
        self._bound.warning(event, **facts)

    def exception(self, event: str, **facts: object) -> None:
        """See the port."""
        self._bound.exception(event, **facts)

    def uncaught(self, error: Exception) -> None:
        """The error that ends this process."""
        self._bound.error("the process ends by an error", exc_info=error)

    def within(self, facts: Facts) -> AbstractContextManager[None]:
        """See the port."""
        return Within(facts)


_OURS = {"timestamp", "level"}
"""Written by the steps before: there is nothing to look for, and a time has a colon, like many a secret."""


def _redact(_: structlog.typing.WrappedLogger, __: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The last step but one: whatever came together, tracebacks included, is written without secrets."""
    return {name: value if name in _OURS else redact(value, name) for name, value in line.items()}


def _ids_as_text(
    _: structlog.typing.WrappedLogger, __: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """People copy ids out of a line: they stand there as the commands take them."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in line.items()}


def _report_uncaught(log: StructlogLogger) -> None:
    """A process that ends by an error says so in its log, without the secrets that errors of drivers repeat."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if isinstance(error, Exception):
            log.uncaught(error)
        else:
            sys.__excepthook__(kind, error, traceback)

    sys.excepthook = hook


def _to_json(line: object, **_: object) -> str:
    """Half the time of the standard library's; what JSON does not know is written as its text."""
    return msgspec.json.encode(line, enc_hook=str).decode()


def configure_logging(log_format: str, *, process: str, stream: TextIO | None = None) -> StructlogLogger:
    """The logger of this process, on standard error. Libraries' own lines pass through it, from warnings up.

    Args:
        log_format: ``json`` or ``text``.
        process: what this process is, such as ``api`` or ``worker``; stands in every line.
    """
    target = stream or sys.stderr
    is_json = log_format == "json"
    shared: list[structlog.typing.Processor] = [
        add_facts,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: list[structlog.typing.Processor] = (
        [_TRACEBACKS, _redact, structlog.processors.JSONRenderer(serializer=_to_json)]
        if is_json
        else [
            structlog.processors.format_exc_info,
            _redact,
            _ids_as_text,
            structlog.dev.ConsoleRenderer(colors=target.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=target),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    log = StructlogLogger(bound.bind(process=process))
    if stream is None:
        _report_uncaught(log)
    return log
