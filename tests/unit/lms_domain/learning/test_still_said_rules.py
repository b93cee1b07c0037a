"""Which quotes new captions still hold."""

from uuid import UUID

import pytest

from lms_domain.learning.quiz import Evidence, Option, Question, QuestionOrigin
from lms_domain.learning.still_said import said_now, still_said
from lms_domain.video.transcript import Segment
from tests.unit.lms_domain.learning.quiz_samples import a_short_answer, an_mcq

QUOTE = "Wait time is the pause of three seconds between a question and the first answer of the learners."
CUES = (
    Segment(0, 4, "Welcome to this short course."),
    Segment(4, 8, "Wait time is the pause of three seconds"),
    Segment(8, 12, "between a question and the first answer of the learners."),
    Segment(12, 16, "Most teachers wait for less than one second."),
)


def asked(key: str = "wait time", quote: str = QUOTE, start: float = 4, end: float = 12) -> Question:
    evidence = Evidence(quote, start, end)
    return a_short_answer(1, key, evidence=evidence, origin=QuestionOrigin.RULES)


def found(question: Question, *cues: Segment, language: str = "en") -> tuple[float, float] | None:
    evidence = still_said([question], cues, language=language).get(question.id)
    return None if evidence is None else (evidence.start, evidence.end)


def moved(seconds: float, cues: tuple[Segment, ...] = CUES) -> tuple[Segment, ...]:
    return tuple(Segment(cue.start + seconds, cue.end + seconds, cue.text) for cue in cues)


def said(text: str) -> tuple[Segment, ...]:
    return (CUES[0], Segment(4, 12, text), CUES[3])


@pytest.mark.parametrize(
    ("cues", "place"),
    [
        (CUES, (4, 12)),
        (said(QUOTE.upper().replace("THREE", "3")), (4, 12)),
        (said(QUOTE.replace("first", "very first")), (4, 12)),
        (moved(300.0), (304, 312)),
        (moved(0.3), (4, 12)),
        ((*CUES, *moved(600.0)), (4, 12)),
        (said("So " + QUOTE.replace("pause", "silence")), (4, 12)),
    ],
    ids=["same", "written otherwise", "one word more", "moved", "moved a little", "said twice", "one word misheard"],
)
def test_what_is_said_is_found_where_it_is_said_now(cues: tuple[Segment, ...], place: tuple[float, float]) -> None:
    assert found(asked(), *cues) == place


@pytest.mark.parametrize(
    "cues",
    [
        (),
        CUES[:1],
        said(QUOTE.replace("three", "five")),
        said(QUOTE.replace("is the", "is not the")),
        said(QUOTE.replace("Wait", "Weight")),
        said(QUOTE.replace("question", "riddle").replace("pause", "break").replace("first", "worst")),
        moved(300.0, said(QUOTE.replace("pause", "silence"))),
    ],
    ids=["silence", "gone", "number", "negation", "key", "three words", "elsewhere and misheard"],
)
def test_what_is_not_said_any_more_is_not_found(cues: tuple[Segment, ...]) -> None:
    assert found(asked(), *cues) is None


def test_a_key_that_was_never_in_its_quote_needs_not_be_in_it_now() -> None:
    assert found(asked("silence after asking"), *said(QUOTE.replace("pause", "break"))) == (4, 12)


def test_of_options_the_right_one_counts_and_a_language_without_words_will_do() -> None:
    options = tuple(
        Option(UUID(int=n), text, n == 2) for n, text in enumerate(("cold calling", "hands up", "Wartezeit"))
    )
    quote = "Wartezeit ist die Pause zwischen einer Frage und der ersten Antwort der Klasse."
    question = an_mcq(3, options=options, evidence=Evidence(quote, 4, 12), origin=QuestionOrigin.MODEL)
    assert found(question, *said(quote.replace("ersten", "besten")), language="de") == (4, 12)
    assert found(question, *said(quote.replace("Wartezeit", "Arbeitszeit")), language="de") is None
    assert still_said([an_mcq(4)], CUES, language="en") == {}, "without evidence nothing can be found"


def test_what_the_captions_say_at_a_place() -> None:
    def at(start: float, end: float) -> str:
        return said_now([asked(start=start, end=end), an_mcq(9)], CUES)[UUID(int=1)]

    assert at(4, 12) == f"{CUES[1].text} {CUES[2].text}"
    assert at(4.2, 8.3) == CUES[1].text
    assert at(20, 30) == ""
