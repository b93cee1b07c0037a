"""What becomes of captions by the rules as they are: true questions of a lecture, and of anything else a reason."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations
from uuid import UUID

import pytest

from adapters.rules_quiz.generator import RulesQuizGenerator
from lms_app.ports.repositories import Transcript
from lms_app.video.steps.quiz_proposal import QuizProposal, propose_quiz
from lms_domain.learning.languages.language_words import word_set
from lms_domain.learning.quiz import QuestionKind
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.video.transcript import Segment, full_text
from tests.contracts.quiz_generator import GERMAN, sentence_cues
from tests.spoken import captions_of

LECTURE = captions_of("lecture-formative-assessment")
PLAIN = word_set(
    """
    a an the this that these those it its he him his she her hers they them their theirs we us our ours you your
    yours i me my mine who whom whose which what where when why how all any both each every few many more most
    much none one other some such same so very too also just only own and or but nor if then than because while
    of at by for with about against between into through during before after above below to from up down in out
    on off over under again once here there is are was were be been being am have has had do does did can could
    may might must shall should will would not no yes thing things something anything nothing everything way
    ways lot people
    """
)
"""Words that nobody should be asked for. A list of its own: it does not believe that of the product."""


async def quiz_of(cues: Sequence[Segment], *, language: str = "en", seed: int = 7) -> QuizProposal:
    transcript = Transcript(
        UUID(int=1), language, full_text(cues), tuple(cues), "test", datetime(2026, 1, 1, tzinfo=UTC)
    )
    return await propose_quiz([RulesQuizGenerator()], transcript, title="Formative assessment", seed=seed)


def bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


@pytest.mark.parametrize("seed", [1, 7, 2**31 - 1])
async def test_the_lecture_gives_true_questions(seed: int) -> None:
    quiz = await quiz_of(LECTURE, seed=seed)
    assert (quiz.shortfall, quiz.codes) == ("", ())
    assert len(quiz.drafts) >= 5
    said = bare(full_text(LECTURE))
    for draft in quiz.drafts:
        (cited,) = draft.evidence
        cues = LECTURE[cited.cue_from : cited.cue_to + 1]
        assert f" {bare(cited.quote)} " in f" {said} "
        assert bare(cited.quote) in bare(full_text(cues)), "and just there"
        assert (cited.start, cited.end) == (cues[0].start, cues[-1].end)
        assert bare(draft.key) in bare(cited.quote)
        for answer in (draft.key, *draft.accepted, *draft.options):
            words = re.sub("^(?:an?|the) ", "", bare(answer)).split()
            assert words
            assert not PLAIN.issuperset(words), f"{answer!r} is no answer"
            assert words[0] not in PLAIN, f"{answer!r} was cut out of a sentence"
        assert bare(draft.key) not in bare(draft.prompt)
        if draft.kind is QuestionKind.MCQ:
            assert draft.options.count(draft.key) == 1
            assert len(draft.options) >= 3
            for one, other in permutations(draft.options, 2):
                assert f" {bare(one)} " not in f" {bare(other)} ", f"{one!r} stands in {other!r}"
    prompts, keys = [bare(draft.prompt) for draft in quiz.drafts], [bare(draft.key) for draft in quiz.drafts]
    assert len(set(prompts)) == len(prompts)
    assert len(set(keys)) == len(keys)


def without_punctuation(cues: Sequence[Segment]) -> list[Segment]:
    return [Segment(cue.start, cue.end, re.sub(r"[^\w\s]", "", cue.text).casefold()) for cue in cues]


def song(text: str, *, times: int) -> list[Segment]:
    return [Segment(4.0 * place, 4.0 * place + 3.5, text) for place in range(times)]


@pytest.mark.parametrize(
    ("cues", "language", "reason"),
    [
        ([], "", QuizReason.NO_CAPTIONS),
        (song("[Music]", times=40), "en", QuizReason.NO_CAPTIONS),
        (song("♪ You are my sunshine, my only sunshine. ♪", times=40), "en", QuizReason.NO_CAPTIONS),
        (song("(upbeat music)", times=1) + song("*applause*", times=1), "en", QuizReason.NO_CAPTIONS),
        (without_punctuation(LECTURE), "en", QuizReason.NO_SENTENCES),
        (sentence_cues(GERMAN), "de", QuizReason.LANGUAGE_NOT_SUPPORTED),
        (sentence_cues(GERMAN), "en", QuizReason.LANGUAGE_NOT_SUPPORTED),
        ([cue for cue in LECTURE if cue.end <= 30], "en", QuizReason.TOO_SHORT),
        (song("Thank you for watching this video.", times=60), "en", QuizReason.REPETITIVE),
        (list(LECTURE[:8]) + song(" ".join(cue.text for cue in LECTURE[1:4]), times=30), "en", QuizReason.REPETITIVE),
    ],
    ids=[
        *("silence", "music", "a song", "sounds", "unpunctuated", "German", "German taken for English"),
        *("30 seconds", "a loop", "a loop after a beginning"),
    ],
)
async def test_what_is_not_fit_to_be_asked_about_says_why(
    cues: Sequence[Segment], language: str, reason: QuizReason
) -> None:
    quiz = await quiz_of(cues, language=language)
    assert (quiz.drafts, quiz.codes) == ((), (reason,))
    # A sentence for people who run schools: no code, no word of ours.
    assert re.fullmatch(r"[A-Z][a-z].{20,}\.", quiz.shortfall), quiz.shortfall
    assert not re.search(r"_|\b(?:null|None|token|regex|segments?|cues?|ASR|POS|NLP|threshold)\b", quiz.shortfall)
