"""Which quotes of questions captions still hold, after they were made anew or edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from lms_domain.learning.cited_words import TIME_SLACK_SECONDS, FoundQuote, SpokenWords, find_quote
from lms_domain.learning.languages.known import words_of
from lms_domain.learning.languages.language_words import LanguageWords
from lms_domain.learning.quiz import MAX_QUOTE, Evidence, McqQuestion, Question
from lms_domain.learning.wording import find_run, read_numbers, split_words, stem, terms
from lms_domain.video.transcript import Segment, full_text

_NEAR_SECONDS = 30.0
"""How far from its old place words are looked for that were heard a little differently."""


def still_said(questions: Iterable[Question], cues: Sequence[Segment], *, language: str) -> Mapping[UUID, Evidence]:
    """The evidence, by question, of those questions whose quote the captions still hold.

    Word for word it may have moved to other seconds, as after a cut: the evidence moves with it. Near its old place it
    may be heard a little differently, but the right answer must be among the words as it was before.

    Args:
        language: ISO 639-1 of the questions.
    """
    words = words_of(language)
    said = SpokenWords.of(cues, words)
    found = ((question, _found(question, said, words)) for question in questions)
    return {question.id: evidence for question, evidence in found if evidence is not None}


def said_now(questions: Iterable[Question], cues: Sequence[Segment]) -> Mapping[UUID, str]:
    """What the captions say in the seconds of each question's evidence; empty where nobody speaks."""
    return {
        question.id: _said_between(cues, question.evidence.start, question.evidence.end)
        for question in questions
        if question.evidence is not None
    }


def _said_between(cues: Iterable[Segment], start: float, end: float) -> str:
    heard = [cue for cue in cues if cue.start < end - TIME_SLACK_SECONDS and cue.end > start + TIME_SLACK_SECONDS]
    return full_text(heard)[:MAX_QUOTE].rstrip()


def _found(question: Question, said: SpokenWords, words: LanguageWords) -> Evidence | None:
    evidence = question.evidence
    if evidence is None:
        return None
    quote = read_numbers(split_words(evidence.quote, words), words)
    found = _word_for_word(quote, said, evidence.start) or _nearly(question, quote, evidence, said, words)
    if found is None:
        return None
    is_there = (
        evidence.start <= found.first.end + TIME_SLACK_SECONDS and evidence.end >= found.last.start - TIME_SLACK_SECONDS
    )
    return evidence if is_there else replace(evidence, start=found.first.start, end=found.last.end)


def _word_for_word(quote: Sequence[str], said: SpokenWords, near: float) -> FoundQuote | None:
    """The place next to ``near`` where exactly these words stand."""
    found: list[FoundQuote] = []
    at = find_run(quote, said.read)
    while at is not None:
        end = at + len(quote)
        found.append(FoundQuote(quote, said.cues[at], said.cues[end - 1]))
        further = find_run(quote, said.read[at + 1 :])
        at = None if further is None else at + 1 + further
    return min(found, key=lambda each: abs(each.first.start - near), default=None)


def _nearly(
    question: Question, quote: Sequence[str], evidence: Evidence, said: SpokenWords, words: LanguageWords
) -> FoundQuote | None:
    around = said.between(evidence.start - _NEAR_SECONDS, evidence.end + _NEAR_SECONDS)
    found = find_quote(quote, around, words)
    if found is None:
        return None
    before, after = ([stem(part, words) for part in parts] for parts in (quote, found.read))
    keys = [[stem(part, words) for part in terms(key, words)] for key in _keys(question)]
    was_said = [key for key in keys if find_run(key, before) is not None]
    return found if not was_said or any(find_run(key, after) is not None for key in was_said) else None


def _keys(question: Question) -> Sequence[str]:
    return [question.correct_option.text] if isinstance(question, McqQuestion) else question.accepted_answers
