"""A generator that needs no language: it asks for a word of a sentence, and for nothing when told so."""

import asyncio
import re

from lms_app.ports.quiz_generator import (
    Abstention,
    AbstentionReason,
    GenerationUsage,
    QuizGenerator,
    QuizGeneratorError,
    QuizRequest,
    QuizResult,
)
from lms_domain.learning.question_draft import DraftEvidence, QuestionDraft
from lms_domain.learning.quiz import QuestionKind, QuestionOrigin
from lms_domain.video.transcript import Segment

_FEWEST_CUES = 3
_KEY = re.compile(r"[^\W\d_]{5,}")


class MemoryQuizGenerator(QuizGenerator):
    """One draft for each cue that is a sentence with a long word. English only, as the rules are."""

    def __init__(self, version: str = "1") -> None:
        self.asked: list[QuizRequest] = []
        """Every request, for tests to look at."""
        self.fails_with: QuizGeneratorError | None = None
        """What ``generate`` raises from now on."""
        self._version = version

    @property
    def id(self) -> str:
        return "memory"

    @property
    def version(self) -> str:
        return self._version

    def become(self, version: str) -> None:
        """From now on it is another version, whose drafts count as new."""
        self._version = version

    def supports(self, language: str) -> bool:
        return language == "en"

    async def generate(self, request: QuizRequest) -> QuizResult:
        self.asked.append(request)
        await asyncio.sleep(0)
        if self.fails_with is not None:
            raise self.fails_with
        usage = GenerationUsage(seconds=0.0)
        if not self.supports(request.language):
            return _nothing(AbstentionReason.LANGUAGE, "English only.", usage)
        if len(request.cues) < _FEWEST_CUES:
            return _nothing(AbstentionReason.TOO_SHORT, "Too little is said.", usage)
        if len({cue.text for cue in request.cues}) < len(request.cues) / 2:
            return _nothing(AbstentionReason.REPETITIVE, "The same again and again.", usage)
        sentences = [(place, cue) for place, cue in enumerate(request.cues) if cue.text.endswith(".")]
        if not sentences:
            return _nothing(AbstentionReason.NO_SENTENCES, "No sentence ends.", usage)
        drafts = [draft for place, cue in sentences if (draft := _draft(place, cue)) is not None]
        fit = [draft for draft in drafts if draft.prompt not in request.avoid_prompts]
        wanted = [draft for draft in fit if draft.kind in request.want.kinds][: request.want.count]
        if not wanted:
            return _nothing(AbstentionReason.NOTHING_FOUND, "Nothing to ask about.", usage)
        return QuizResult(tuple(wanted), (), usage)


def _nothing(reason: AbstentionReason, detail: str, usage: GenerationUsage) -> QuizResult:
    return QuizResult((), (Abstention(reason, detail),), usage)


def _draft(place: int, cue: Segment) -> QuestionDraft | None:
    found = max(_KEY.finditer(cue.text), key=lambda match: (len(match.group()), match.group()), default=None)
    if found is None or cue.text.casefold().count(found.group().casefold()) > 1:
        return None
    return QuestionDraft(
        kind=QuestionKind.SHORT_ANSWER,
        prompt=f"Which word is missing? {cue.text[: found.start()]}____{cue.text[found.end() :]}",
        key=found.group(),
        evidence=(DraftEvidence(place, place, cue.start, cue.end, cue.text),),
        rule="longest-word",
        confidence=0.5,
        origin=QuestionOrigin.RULES,
    )
