"""Which service is asked, and how long anybody waits for it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelService:
    """A service that speaks OpenAI's chat completions: theirs, or one on a machine of one's own."""

    url: str
    """Up to and without ``/chat/completions``, such as ``https://models.example/v1``."""
    model: str
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token; None: the service wants none."""


@dataclass(frozen=True, slots=True)
class ModelPatience:
    """Seconds, and when to give up. The defaults suit a model that writes a page in half a minute."""

    connect: float = 10.0
    answer: float = 90.0
    """Of silence, while an answer is awaited."""
    waits: tuple[float, ...] = (2.0, 8.0)
    """Before each further try, where the service said that it is busy or broken."""
    longest_wait: float = 20.0
    """A service that wants to be left alone for longer than this is left alone altogether."""
    failures: int = 3
    """After so many requests in a row that came to nothing, nobody is asked …"""
    rest: float = 300.0
    """… for so long: videos that are processed meanwhile need not wait for what does not answer."""
