"""One question to the service, one answer, whatever the network does."""

import asyncio
import time
from collections.abc import Mapping

import httpx
import msgspec

from adapters.openai_quiz.service import ModelPatience, ModelService
from lms_app.ports.quiz_generator import QuizGeneratorError

MAX_ANSWER_BYTES = 512 * 1024
"""Eight questions take 10 kB. Whoever sends more than this sends something else."""
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_CLOSED = frozenset({401, 403})


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    total_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class ChatAnswer(msgspec.Struct, frozen=True):
    """What the model wrote, and how many tokens question and answer took (0: the service does not say)."""

    text: str
    tokens: int


class _Busy(Exception):
    """Worth another try. ``wait``: seconds that the service asks for."""

    def __init__(self, detail: str, wait: float = 0.0) -> None:
        super().__init__(detail)
        self.detail = detail
        self.wait = wait


class ChatClient:
    """Asks the one service that the operator has set. Redirects are not followed, and no proxy is taken from the
    environment: what is sent goes to the address that was agreed to, and nowhere else. No error repeats what the
    service said, since that may repeat the captions or the key."""

    def __init__(self, service: ModelService, patience: ModelPatience) -> None:
        self._patience = patience
        self._failures = 0
        self._resting_until = 0.0
        self._client = httpx.AsyncClient(
            base_url=f"{service.url.rstrip('/')}/",
            headers={"authorization": f"Bearer {service.key}"} if service.key else {},
            timeout=httpx.Timeout(patience.answer, connect=patience.connect),
            follow_redirects=False,
            trust_env=False,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def ask(self, body: Mapping[str, object], *, seconds: float) -> ChatAnswer:
        """The answer to a chat completion, after further tries where they make sense, within ``seconds`` in all.

        Raises:
            QuizGeneratorError: see there.
        """
        if time.monotonic() < self._resting_until:
            raise QuizGeneratorError("generator_unavailable", "The model service has not answered for a while.")
        try:
            async with asyncio.timeout(seconds):
                content = await self._ask(msgspec.json.encode(body))
        except TimeoutError:
            self._count_failure()
            raise QuizGeneratorError("generator_unavailable", "The model service did not answer in time.") from None
        except _Busy as error:
            self._count_failure()
            raise QuizGeneratorError("generator_unavailable", error.detail) from error.__cause__
        self._failures = 0
        return _read(content)

    async def list_models(self) -> tuple[str, ...]:
        """The names of the models that the service says it has; it is not made to work.

        Raises:
            QuizGeneratorError: see there.
        """
        try:
            found = msgspec.json.decode(await self._send("GET", "models", b""), type=_Models)
        except _Busy as error:
            raise QuizGeneratorError("generator_unavailable", error.detail) from error.__cause__
        except msgspec.DecodeError:
            raise QuizGeneratorError("generator_failed", "The model service lists no models.") from None
        return tuple(model.id for model in found.data)

    def _count_failure(self) -> None:
        self._failures += 1
        if self._failures >= self._patience.failures:
            self._failures, self._resting_until = 0, time.monotonic() + self._patience.rest

    async def _ask(self, body: bytes) -> bytes:
        for wait in self._patience.waits:
            try:
                return await self._send("POST", "chat/completions", body)
            except _Busy as error:
                if error.wait > self._patience.longest_wait:
                    raise
                await asyncio.sleep(max(wait, error.wait))
        return await self._send("POST", "chat/completions", body)

    async def _send(self, method: str, path: str, body: bytes) -> bytes:
        headers = {"content-type": "application/json"} if body else {}
        try:
            async with self._client.stream(method, path, content=body, headers=headers) as response:
                _judge(response)
                return await _bounded(response)
        except httpx.ReadTimeout as error:
            # It may be at work on the answer still: asking again would make it work, and cost, twice.
            raise TimeoutError from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _Busy("The model service cannot be reached.") from error


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


def _judge(response: httpx.Response) -> None:
    status = response.status_code
    if status in _BUSY:
        said = "is busy" if status == 429 else "is out of order"
        raise _Busy(f"The model service {said} (status {status}).", _wanted_wait(response))
    if status in _CLOSED:
        raise QuizGeneratorError("generator_refused", f"The model service refused the key (status {status}).")
    if status != 200:
        raise QuizGeneratorError("generator_refused", f"The model service refused the request (status {status}).")


def _wanted_wait(response: httpx.Response) -> float:
    text = response.headers.get("retry-after", "")
    # A date is allowed as well; nobody who answers questions sends one.
    return float(text) if text.isascii() and text.isdigit() else 0.0


async def _bounded(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise QuizGeneratorError("generator_failed", "The model service sent far more than was asked for.")
    return bytes(content)


def _read(content: bytes) -> ChatAnswer:
    try:
        completion = msgspec.json.decode(content, type=_Completion)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise QuizGeneratorError("generator_failed", "The model service's answer makes no sense.") from None
    text = completion.choices[0].message.content if completion.choices else None
    if not text:
        raise QuizGeneratorError("generator_failed", "The model service answered without a word.")
    if completion.choices[0].finish_reason == "length":
        raise QuizGeneratorError("generator_failed", "The model's answer was cut off: it was too long.")
    return ChatAnswer(text, max(0, completion.usage.total_tokens) if completion.usage else 0)
