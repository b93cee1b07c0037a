"""Questions by rules alone: English, nothing but the transcript, no network. It would rather ask nothing than badly."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from adapters.rules_quiz.clozes import clozes_in
from adapters.rules_quiz.definitions import Definition, definitions_in
from adapters.rules_quiz.gate import why_not, without_loops
from adapters.rules_quiz.numbers import numbers_in
from adapters.rules_quiz.sentences import Sentence, sentences_of
from adapters.rules_quiz.terms import Terms
from adapters.rules_quiz.words import is_plural, stems_of, words_of
from lms_app.ports.quiz_generator import (
    Abstention,
    AbstentionReason,
    GenerationUsage,
    QuizGenerator,
    QuizRequest,
    QuizResult,
)
from lms_domain.learning.question_draft import QuestionDraft
from lms_domain.learning.quiz import QuestionKind, QuestionOrigin
from lms_domain.learning.quiz_validator import validate

_LANGUAGE = "en"
_OPTIONS = 3
"""Two good wrong answers are more than most items have, and a third one is seldom good."""
_MOST_NUMBERS = 2
_MOST_GAPS = 2
_TRUSTED_TIMES = 3
"""Who has heard a term this often can type it, and it was heard right."""
_DEFINED, _DESCRIBED, _NUMBER, _GAP = 0.9, 0.8, 0.6, 0.5
"""How sure each rule is: a verb that defines, "X is the Y that", a number, a gap."""


class RulesQuizGenerator(QuizGenerator):
    """Definitions, numbers with a unit, and gaps for terms, each in the video's own words.

    Equal requests give equal drafts, on any machine: whatever looks like chance is a hash of the seed.
    """

    @property
    def id(self) -> str:
        return "rules-en"

    @property
    def version(self) -> str:
        return "2"

    def supports(self, language: str) -> bool:
        return language.partition("-")[0].casefold() == _LANGUAGE

    async def generate(self, request: QuizRequest) -> QuizResult:
        # An hour of speech takes a fifth of a second: too long for the event loop, too short to need stopping.
        return await asyncio.to_thread(self._generate, request)

    def _generate(self, request: QuizRequest) -> QuizResult:
        began = time.monotonic()
        found = self._drafts(request)
        usage = GenerationUsage(seconds=time.monotonic() - began)
        if isinstance(found, Abstention):
            return QuizResult((), (found,), usage)
        return QuizResult(found, (), usage)

    def _drafts(self, request: QuizRequest) -> tuple[QuestionDraft, ...] | Abstention:
        if not self.supports(request.language):
            return Abstention(AbstentionReason.LANGUAGE, "Questions can be made from English captions only.")
        said = sentences_of(request.cues)
        refusal = why_not(said)
        if refusal is not None:
            return refusal
        candidates = _candidates(without_loops(said), request)
        fit = validate(candidates, request.cues, language=_LANGUAGE, avoid_prompts=request.avoid_prompts).accepted
        chosen = tuple(_chosen(fit, request))
        if not chosen:
            return Abstention(AbstentionReason.NOTHING_FOUND, "Nothing in the captions is certain enough to ask about.")
        return chosen


def _candidates(sentences: Sequence[Sentence], request: QuizRequest) -> list[QuestionDraft]:
    terms = Terms(sentences)
    definitions = list(definitions_in(sentences, terms))
    known = [*(each.term for each in definitions), *request.key_terms, request.title]
    return [
        *(_asking_for_term(each, definitions, terms, request) for each in definitions),
        *_asking_for_numbers(sentences, request),
        *(
            _typed(each.prompt, each.term, (), each.sentence, "cloze", _GAP)
            for each in clozes_in(sentences, known, terms)
        ),
    ]


def _asking_for_term(
    definition: Definition, all_of_them: Sequence[Definition], terms: Terms, request: QuizRequest
) -> QuestionDraft:
    if stems_of(definition.term) <= stems_of(request.title):
        reverse = _asking_for_meaning(definition, all_of_them, request)
        if reverse is not None:
            return reverse
    key, sentence = definition.term, definition.sentence
    confidence = _DEFINED if definition.is_explicit else _DESCRIBED
    others = [
        other.term
        for other in all_of_them
        if is_plural(other.term) == is_plural(key)
        and not stems_of(other.term) & stems_of(f"{key} {definition.prompt} {sentence.text}")
        and max(len(other.term), len(key)) <= 3 * min(len(other.term), len(key))
    ]
    wrong = _by_chance(others, request.seed, key)[: _OPTIONS - 1]
    is_typed = len(wrong) < _OPTIONS - 1 or (terms.times(key) >= _TRUSTED_TIMES and len(words_of(key)) > 1)
    if QuestionKind.MCQ not in request.want.kinds or (is_typed and QuestionKind.SHORT_ANSWER in request.want.kinds):
        return _typed(definition.prompt, key, (), sentence, "definition", confidence)
    return _choice(definition.prompt, key, wrong, sentence, "definition", confidence, request.seed)


def _asking_for_meaning(
    definition: Definition, all_of_them: Sequence[Definition], request: QuizRequest
) -> QuestionDraft | None:
    """The other way round, for a term that stands above the questions: nobody needs to know it to write it down. None:
    too few other things are described in the same way."""
    others = [each.meaning for each in all_of_them if not each.is_explicit and each is not definition]
    wrong = [meaning for meaning in others if not stems_of(meaning) & stems_of(definition.term)]
    if definition.is_explicit or len(wrong) < _OPTIONS - 1 or QuestionKind.MCQ not in request.want.kinds:
        return None
    chosen = _by_chance(wrong, request.seed, definition.term)[: _OPTIONS - 1]
    prompt = f"How does the video describe {definition.named}?"
    return _choice(prompt, definition.meaning, chosen, definition.sentence, "meaning", _DESCRIBED, request.seed)


def _asking_for_numbers(sentences: Sequence[Sentence], request: QuizRequest) -> Iterator[QuestionDraft]:
    for each in numbers_in(sentences):
        if len(each.others) >= _OPTIONS - 1 and QuestionKind.MCQ in request.want.kinds:
            wrong = each.others[: _OPTIONS - 1]
            yield _choice(each.prompt, each.key, wrong, each.sentence, "number", _NUMBER, request.seed)
        else:
            yield _typed(each.prompt, each.key, each.accepted, each.sentence, "number", _NUMBER)


def _choice(
    prompt: str, key: str, wrong: Iterable[str], sentence: Sentence, rule: str, confidence: float, seed: int
) -> QuestionDraft:
    return QuestionDraft(
        kind=QuestionKind.MCQ,
        prompt=prompt,
        key=key,
        options=tuple(_by_chance([key, *wrong], seed, prompt)),
        evidence=(sentence.evidence(),),
        rule=rule,
        confidence=confidence,
        origin=QuestionOrigin.RULES,
    )


def _typed(
    prompt: str, key: str, accepted: tuple[str, ...], sentence: Sentence, rule: str, confidence: float
) -> QuestionDraft:
    return QuestionDraft(
        kind=QuestionKind.SHORT_ANSWER,
        prompt=prompt,
        key=key,
        accepted=accepted,
        evidence=(sentence.evidence(),),
        rule=rule,
        confidence=confidence,
        origin=QuestionOrigin.RULES,
    )


def _chosen(fit: Sequence[QuestionDraft], request: QuizRequest) -> Iterator[QuestionDraft]:
    """The surest first; one for each sentence and each key, and few of the kinds that are sure less often."""
    left = {"definition": len(fit), "meaning": len(fit), "number": _MOST_NUMBERS, "cloze": _MOST_GAPS}
    seen: set[object] = set()
    count = 0
    for draft in sorted(fit, key=lambda draft: (-draft.confidence, draft.evidence[0].start, draft.prompt)):
        marks = {draft.evidence[0].quote, stems_of(draft.key) or draft.key}
        if count == request.want.count or draft.kind not in request.want.kinds:
            continue
        if left[draft.rule] == 0 or seen & marks:
            continue
        seen |= marks
        left[draft.rule] -= 1
        count += 1
        yield draft


def _by_chance(items: Iterable[str], seed: int, salt: str) -> list[str]:
    """The items in an order that looks like chance and is always the same."""
    return sorted(items, key=lambda item: sha256(f"{seed}\0{salt}\0{item}".encode()).digest())
