"""Questions by a language model behind any address that speaks OpenAI's chat completions."""

import time
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from adapters.openai_quiz.chat import ChatClient
from adapters.openai_quiz.prompt import VERSION, Item, Items, caption_lines, chat_request
from adapters.openai_quiz.service import ModelPatience, ModelService
from lms_app.ports.quiz_generator import (
    Abstention,
    AbstentionReason,
    GenerationUsage,
    QuizGenerator,
    QuizGeneratorError,
    QuizRequest,
    QuizResult,
)
from lms_domain.learning.languages.known import NO_LANGUAGE, words_of
from lms_domain.learning.question_draft import DraftEvidence, QuestionDraft
from lms_domain.learning.quiz import QuestionOrigin
from lms_domain.video.transcript import Segment

MAX_ANSWER_TOKENS = 3_000
"""Eight items take some 1,200."""
_CHARACTERS_PER_TOKEN = 3
"""Fewer than any language written with Latin letters has: an estimate for a budget should be too high."""
_RULES_TOKENS = 800
_FEWEST_WORDS = 60
_RUN = 5
_MIN_NEW_RUNS = 0.4
"""Share of runs of five words that are different. Speech has nearly all, a loop a few in all."""
_RULE = "model"


class OpenAiQuizGenerator(QuizGenerator):
    """Sends captions, and nothing but captions, to the service, and takes its answer for what it is: proposals.

    Whatever the captions talk the model into ends at the validator: its explanations are not even asked for, since
    nothing could check them.
    """

    def __init__(self, service: ModelService, patience: ModelPatience | None = None) -> None:
        self._model = service.model
        self._chat = ChatClient(service, patience or ModelPatience())

    @property
    def id(self) -> str:
        return "openai-compatible"

    @property
    def version(self) -> str:
        return f"{VERSION}:{self._model}"

    def supports(self, language: str) -> bool:
        # Without the language's words the validator could not see a pronoun for an answer.
        return words_of(language) is not NO_LANGUAGE

    async def aclose(self) -> None:
        """Close the connections."""
        await self._chat.aclose()

    async def check(self) -> str:
        """Whether the service answers and has the model, in words. The model is not made to work.

        Raises:
            QuizGeneratorError: it does not answer, or refuses the key.
        """
        models = await self._chat.list_models()
        if self._model in models:
            return f"answers, and has the model {self._model}"
        raise QuizGeneratorError("generator_refused", f"The model service answers, but lists no model {self._model}.")

    async def generate(self, request: QuizRequest) -> QuizResult:
        began = time.monotonic()
        refusal = self._why_not(request)
        if refusal is not None:
            return QuizResult((), (refusal,), GenerationUsage(time.monotonic() - began))
        body = chat_request(request, self._model, max_tokens=MAX_ANSWER_TOKENS)
        answer = await self._chat.ask(body, seconds=request.deadline_seconds)
        drafts, broken = _drafts(answer.text, request.cues)
        wanted = [
            draft for draft in drafts if draft.kind in request.want.kinds and draft.prompt not in request.avoid_prompts
        ]
        usage = GenerationUsage(time.monotonic() - began, tokens=answer.tokens)
        warnings = (f"{broken} items of the model's answer could not be read.",) if broken else ()
        if not wanted:
            nothing = Abstention(AbstentionReason.NOTHING_FOUND, "The model found nothing to ask about.")
            return QuizResult((), (nothing,), usage, warnings)
        return QuizResult(tuple(wanted[: request.want.count]), (), usage, warnings)

    def _why_not(self, request: QuizRequest) -> Abstention | None:
        """Why nothing is sent. What says nothing costs nothing."""
        if not self.supports(request.language):
            return Abstention(AbstentionReason.LANGUAGE, "Questions in this language cannot be checked.")
        said = [word for cue in request.cues for word in cue.text.casefold().split()]
        if len(said) < _FEWEST_WORDS:
            return Abstention(AbstentionReason.TOO_SHORT, "Too little is said in this video to ask about.")
        runs = [tuple(said[place : place + _RUN]) for place in range(len(said) - _RUN + 1)]
        if len(set(runs)) < len(runs) * _MIN_NEW_RUNS:
            return Abstention(AbstentionReason.REPETITIVE, "The captions say the same again and again.")
        budget = request.budget.tokens
        needed = _RULES_TOKENS + len(caption_lines(request.cues)) // _CHARACTERS_PER_TOKEN + MAX_ANSWER_TOKENS
        if budget is not None and needed > budget:
            return Abstention(AbstentionReason.OUT_OF_BUDGET, "The captions are too long for what may be spent.")
        return None


def _drafts(text: str, cues: Sequence[Segment]) -> tuple[list[QuestionDraft], int]:
    """The items of an answer, and how many are no items at all."""
    try:
        found = msgspec.json.decode(text, type=Items).items
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise QuizGeneratorError("generator_failed", "The model's answer has another form than asked for.") from None
    drafts: list[QuestionDraft] = []
    for raw in found:
        try:
            drafts.append(_draft(msgspec.json.decode(raw, type=Item), cues))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
    return drafts, len(found) - len(drafts)


def _draft(item: Item, cues: Sequence[Segment]) -> QuestionDraft:
    key = item.key.strip()
    options = tuple(option.strip() for option in item.options)
    return QuestionDraft(
        kind=item.kind,
        prompt=item.prompt.strip(),
        key=key,
        options=tuple(sorted(options, key=lambda option: sha256(f"{item.prompt}\0{option}".encode()).digest())),
        accepted=tuple(answer.strip() for answer in item.accepted),
        evidence=_evidence(item, cues),
        rule=_RULE,
        confidence=item.confidence,
        origin=QuestionOrigin.MODEL,
    )


def _evidence(item: Item, cues: Sequence[Segment]) -> tuple[DraftEvidence, ...]:
    """Where the item says that it was said; nowhere, where there is no such place."""
    if not item.quote.strip() or not 0 <= item.cue_from <= item.cue_to < len(cues):
        return ()
    start, end = cues[item.cue_from].start, cues[item.cue_to].end
    return (DraftEvidence(item.cue_from, item.cue_to, start, end, item.quote.strip()),)
