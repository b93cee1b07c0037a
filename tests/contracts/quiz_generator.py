"""What every QuizGenerator does, in properties: no text of a question is expected anywhere."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from lms_app.ports.quiz_generator import AbstentionReason, QuizGenerator, QuizRequest, QuizResult, WantedQuestions
from lms_domain.learning.quiz import MIN_GENERATED_QUESTIONS, QuestionKind
from lms_domain.video.transcript import Segment

SCRIPTED = """
Welcome to this short course on memory in the classroom. Retrieval practice is the act of bringing knowledge to mind
without any notes. Many learners prefer to read their notes again, although it helps them far less. In one
well known experiment the pupils who were tested remembered 50 percent more after a week than those who read again.
A brain dump is a short exercise in which learners write down everything they remember about a topic. The teacher
collects nothing and grades nothing. Spaced practice means that the same material comes back after days and weeks.
Cramming works for the examination and fails soon after it. Interleaving refers to the mixing of different kinds of
problems within one exercise. It feels harder, and it leads to better results. The learners of one school gained
30 percent in mathematics when the exercises were mixed. Working memory is the part of the mind that holds a few
items for some seconds. Most adults hold no more than four items in it. A worked example is a complete solution that
learners study before they solve a problem of their own. Dual coding means that words and pictures are presented
together. Teachers often forget that decoration distracts. Small steps and frequent questions keep the load low.
Retrieval practice helps every age group, and spaced practice makes the gain last. Good habits grow slowly.
"""
UNPUNCTUATED = (
    "so what we wanted to do was to look at how people use the platform and then we went back and forth about the "
    "data and the things that came out of it were quite different from what we had in mind when we started and so "
)
GERMAN = """
Willkommen zu diesem kurzen Kurs über Leistungsbewertung. Formative Bewertung ist die Praxis, während des Unterrichts
Belege für das Lernen zu sammeln. Die Lehrkraft kann danach ändern, was als Nächstes geschieht. Wartezeit ist die Pause
zwischen einer Frage und der ersten Antwort. Die meisten Lehrkräfte warten weniger als eine Sekunde. Wird die Pause auf
drei Sekunden verlängert, geben die Lernenden längere Antworten. Rückmeldung wirkt nur, wenn Zeit bleibt, sie zu nutzen.
Eine Ausgangskarte ist eine kurze Frage am Ende der Stunde. Alle beantworten sie in den letzten fünf Minuten.
Die nächste Stunde beginnt mit dem mittleren Stapel. Kleine Schritte helfen mehr als große Sprünge im Jahr. Wählen Sie
eine Methode und erproben Sie sie zwei Wochen lang. Schreiben Sie auf, was Sie überrascht hat. Sprechen Sie mit anderen.
"""


def cues_of(text: str, *, words: int = 8) -> tuple[Segment, ...]:
    """Captions that break lines anywhere, as real ones do."""
    said = text.split()
    return tuple(
        Segment(place * 0.4, min(len(said), place + words) * 0.4 - 0.05, " ".join(said[place : place + words]))
        for place in range(0, len(said), words)
    )


def sentence_cues(text: str) -> tuple[Segment, ...]:
    """Captions of one sentence each."""
    said = " ".join(text.split()).split(". ")
    return tuple(Segment(5.0 * n, 5.0 * n + 4, f"{each.rstrip('.')}.") for n, each in enumerate(said))


def request_for(cues: Sequence[Segment], **changes: object) -> QuizRequest:
    """A request in English."""
    request = QuizRequest(language="en", title="Memory in the classroom", cues=tuple(cues))
    return replace(request, **changes)  # type: ignore[arg-type]  # of one test


class QuizGeneratorContract:
    """Over a script with plenty to ask about, and texts with nothing. A subclass gives the generator."""

    @pytest.fixture
    def generator(self) -> QuizGenerator:
        """The generator under test."""
        raise NotImplementedError

    async def test_a_script_gives_questions(self, generator: QuizGenerator) -> None:
        result = await generate(generator, request_for(sentence_cues(SCRIPTED)))
        assert len(result.drafts) >= MIN_GENERATED_QUESTIONS

    async def test_sentences_may_run_over_cues(self, generator: QuizGenerator) -> None:
        result = await generate(generator, request_for(cues_of(SCRIPTED)))
        assert result.drafts or result.abstentions

    async def test_equal_requests_give_equal_drafts(self, generator: QuizGenerator) -> None:
        request = request_for(sentence_cues(SCRIPTED), seed=7)
        assert (await generate(generator, request)).drafts == (await generate(generator, request)).drafts

    @pytest.mark.parametrize("count", [1, 2])
    async def test_never_more_than_wanted(self, generator: QuizGenerator, count: int) -> None:
        wanted = WantedQuestions(count=count)
        assert len((await generate(generator, request_for(sentence_cues(SCRIPTED), want=wanted))).drafts) == count

    @pytest.mark.parametrize("kind", QuestionKind)
    async def test_only_the_kinds_wanted(self, generator: QuizGenerator, kind: QuestionKind) -> None:
        wanted = WantedQuestions(kinds=frozenset({kind}))
        result = await generate(generator, request_for(sentence_cues(SCRIPTED), want=wanted))
        assert {draft.kind for draft in result.drafts} <= {kind}

    async def test_nothing_is_asked_again(self, generator: QuizGenerator) -> None:
        request = request_for(sentence_cues(SCRIPTED))
        prompts = tuple(draft.prompt for draft in (await generate(generator, request)).drafts)
        again = await generate(generator, replace(request, avoid_prompts=prompts))
        assert not {draft.prompt for draft in again.drafts} & set(prompts)

    @pytest.mark.parametrize(
        ("cues", "reason"),
        [
            ((), AbstentionReason.TOO_SHORT),
            (cues_of("Good morning and welcome. Thank you."), AbstentionReason.TOO_SHORT),
            (cues_of(UNPUNCTUATED * 8), {AbstentionReason.NO_SENTENCES, AbstentionReason.REPETITIVE}),
            (sentence_cues("Thank you for watching this video. " * 60), AbstentionReason.REPETITIVE),
        ],
        ids=["silence", "greeting", "unpunctuated", "loop"],
    )
    async def test_where_nothing_is_certain_it_abstains(
        self,
        generator: QuizGenerator,
        cues: tuple[Segment, ...],
        reason: AbstentionReason | set[AbstentionReason],
    ) -> None:
        result = await generate(generator, request_for(cues))
        assert result.abstained
        expected = reason if isinstance(reason, set) else {reason}
        assert {abstention.reason for abstention in result.abstentions} <= expected
        assert all(abstention.detail for abstention in result.abstentions)

    async def test_a_language_it_does_not_know(self, generator: QuizGenerator) -> None:
        language = next(language for language in ("xx", "de") if not generator.supports(language))
        result = await generate(generator, request_for(cues_of(GERMAN), language=language))
        assert [abstention.reason for abstention in result.abstentions] == [AbstentionReason.LANGUAGE]

    async def test_the_loop_goes_on_meanwhile(self, generator: QuizGenerator) -> None:
        request = request_for(sentence_cues(SCRIPTED * 2))
        longest, done = 0.0, False

        async def beat() -> None:
            nonlocal longest
            while not done:
                before = time.monotonic()
                await asyncio.sleep(0.001)
                longest = max(longest, time.monotonic() - before)

        heart = asyncio.create_task(beat())
        await generate(generator, request)
        done = True
        await heart
        assert longest < 1.0


async def generate(generator: QuizGenerator, request: QuizRequest) -> QuizResult:
    """Ask, and check what holds for every result."""
    result = await generator.generate(request)
    assert generator.id
    assert generator.version
    assert len(result.drafts) <= request.want.count
    assert len({draft.prompt for draft in result.drafts}) == len(result.drafts)
    for draft in result.drafts:
        assert draft.prompt == draft.prompt.strip() != ""
        assert draft.rule
        assert 0 <= draft.confidence <= 1
        for cited in draft.evidence:
            cues = request.cues[cited.cue_from : cited.cue_to + 1]
            assert cues
            assert cues[0].start <= cited.start < cited.end <= cues[-1].end
            assert cited.quote in " ".join(cue.text for cue in cues)
        quote = draft.evidence[0].quote.casefold()
        assert draft.key.casefold() in quote
        if draft.kind is QuestionKind.MCQ:
            assert draft.options.count(draft.key) == 1
            assert len(set(draft.options)) == len(draft.options) >= 2
            said = " ".join(cue.text for cue in request.cues).casefold()
            assert all(option.casefold() in said for option in draft.options)
    assert result.usage.seconds >= 0
    return result
