"""The validator: what it lets through is a question that the video answers; everything else is dropped and counted."""

from dataclasses import replace
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.learning.question_draft import DraftEvidence, QuestionDraft, to_question
from lms_domain.learning.quiz import McqQuestion, QuestionKind, QuestionOrigin, Review, ShortAnswerQuestion
from lms_domain.learning.quiz_validator import RejectionReason, validate
from lms_domain.video.transcript import Segment

SENTENCES = (
    "Welcome, we will look at a slide about routines here.",
    "A seating plan is a map that tells every pupil where to sit in the room.",
    "Researchers watched two hundred",
    "and forty lessons in twelve schools last spring.",
    "An entry task is a short exercise that waits on every desk before pupils arrive.",
    "It does not reward the fastest pupil, it rewards careful reading.",
    "An observation protocol is an agreed list of things to notice during a lesson.",
)
CUES = tuple(Segment(10.0 * place, 10.0 * place + 10, text) for place, text in enumerate(SENTENCES))


def cited(first: int, last: int | None = None, **changes: object) -> DraftEvidence:
    """Evidence that is true: whole cues."""
    last = first if last is None else last
    quote = " ".join(SENTENCES[first : last + 1])
    evidence = DraftEvidence(first, last, CUES[first].start, CUES[last].end, quote)
    return replace(evidence, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


MCQ = QuestionDraft(
    kind=QuestionKind.MCQ,
    prompt="What is a map called that tells every pupil where to sit?",
    key="seating plan",
    options=("entry task", "seating plan", "observation protocol"),
    evidence=(cited(1),),
    rule="definition",
    confidence=0.9,
    origin=QuestionOrigin.RULES,
)
NUMBER = replace(
    MCQ,
    kind=QuestionKind.SHORT_ANSWER,
    prompt="How many lessons did the researchers watch?",
    key="240",
    options=(),
    accepted=("two hundred and forty",),
    evidence=(cited(2, 3),),
)
TERM = replace(
    NUMBER, prompt="A ____ tells every pupil where to sit.", key="seating plan", accepted=(), evidence=(cited(1),)
)


def changed(draft: QuestionDraft, **changes: object) -> QuestionDraft:
    return replace(draft, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def quoting(draft: QuestionDraft, *evidence: DraftEvidence) -> QuestionDraft:
    return replace(draft, evidence=evidence)


@pytest.mark.parametrize(
    "draft",
    [
        MCQ,
        NUMBER,
        TERM,
        quoting(MCQ, cited(1, quote="a seating plan is a map that tells EVERY pupil, where to sit")),
        # One word of eleven was heard differently.
        quoting(MCQ, cited(1, quote="Seating plan is a map that shows every pupil where to sit.")),
        quoting(MCQ, cited(0, 2, quote=SENTENCES[1])),
        quoting(MCQ, cited(1, start=9.5, end=20.5)),
        quoting(MCQ, cited(1, quote="A seating plan is"), cited(1)),
        changed(TERM, prompt="Things to notice are agreed in a ____", key="protocol", evidence=(cited(6),)),
        changed(TERM, prompt="Pupils know ____ maps.", key="seating plan"),
        changed(MCQ, options=("seating plan", "desk", "door rota")),
        changed(MCQ, confidence=0.0),
        changed(MCQ, prompt="What tells every pupil?"),
        quoting(MCQ, cited(1), cited(3)),
        changed(MCQ, prompt="Which of the following is a map that tells every pupil where to sit?"),
        changed(
            MCQ,
            prompt="Every pupil learns where to sit from a ____",
            options=("seating plan", "door rota", "task list"),
        ),
        changed(NUMBER, key="two hundred forty", accepted=()),
        changed(NUMBER, prompt="What percentage of pupils watched the lessons?", key="240 lessons"),
        changed(TERM, accepted=("plan", "plan for seating", "SP")),
        changed(
            NUMBER,
            kind=QuestionKind.MCQ,
            options=("240", "12", "1,500"),
            accepted=(),
            evidence=(cited(2, 3, quote="Researchers watched two hundred and forty lessons"),),
        ),
    ],
)
def test_what_may_be_asked(draft: QuestionDraft) -> None:
    result = validate([draft], CUES, language="en")
    assert result.rejections == {}
    assert result.accepted == (draft,)


R = RejectionReason


@pytest.mark.parametrize(
    ("reason", "draft"),
    [
        (R.NO_EVIDENCE, quoting(MCQ)),
        # Not said, or not there, or not then.
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, quote="A seating plan was invented by a teacher in Norway."))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(4, quote=SENTENCES[1]))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1), cited(4, quote=SENTENCES[1]))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, quote="a seating plan"))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, quote=""))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, cue_from=-1, cue_to=1))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, cue_to=7))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, cue_from=2, cue_to=1))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, start=3.0))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, end=27.0))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, start=20.0, end=10.0))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(1, start=float("nan")))),
        (R.QUOTE_NOT_SAID, quoting(MCQ, cited(0, 2, quote=SENTENCES[1], start=0.0, end=5.0))),
        # One word of many, but the one that matters.
        (
            R.QUOTE_NOT_SAID,
            quoting(MCQ, cited(5, quote="It does reward the fastest pupil, it rewards careful reading.")),
        ),
        (
            R.QUOTE_NOT_SAID,
            quoting(NUMBER, cited(2, 3, quote="Researchers watched 250 lessons in twelve schools last spring.")),
        ),
        (R.NOT_ONE_KEY, changed(MCQ, options=("entry task", "door rota", "task list"))),
        (R.NOT_ONE_KEY, changed(MCQ, options=("seating plan", "Seating plan", "task list"))),
        (R.NOT_ONE_KEY, changed(MCQ, options=("seating plan", "entry task"))),
        (R.NOT_ONE_KEY, changed(MCQ, options=())),
        (R.MALFORMED, changed(MCQ, origin=QuestionOrigin.MANUAL)),
        (R.MALFORMED, changed(MCQ, rule="")),
        (R.MALFORMED, changed(MCQ, confidence=1.1)),
        (R.MALFORMED, changed(MCQ, confidence=float("nan"))),
        (R.MALFORMED, changed(MCQ, accepted=("plan",))),
        (R.MALFORMED, changed(NUMBER, options=MCQ.options)),
        (R.MALFORMED, changed(MCQ, prompt=" " + MCQ.prompt)),
        (R.MALFORMED, changed(MCQ, explanation="x" * 2001)),
        (R.MALFORMED, changed(NUMBER, accepted=("",))),
        (R.ADDRESS, changed(MCQ, prompt="What is a map called, as https://plans.example tells every pupil?")),
        (R.ADDRESS, changed(MCQ, options=("seating plan", "entry task", "www.plans.example"))),
        (R.ADDRESS, changed(MCQ, explanation="Ask plans@school.example for it.")),
        (R.ADDRESS, changed(NUMBER, accepted=("plans.example/240",))),
        (R.PROMPT_LENGTH, changed(MCQ, prompt="Which plan?")),
        (R.PROMPT_LENGTH, changed(MCQ, prompt="What is " + "the map of the room " * 6 + "called?")),
        (R.WRONG_LANGUAGE, changed(MCQ, prompt="Wie nennt man einen Plan, der jedem Kind seinen Platz zeigt?")),
        (R.DEICTIC, changed(MCQ, prompt="What is the map that you see here called?")),
        (R.DEICTIC, changed(MCQ, prompt="What do we call a map that tells pupils where to sit?")),
        (R.DEICTIC, changed(MCQ, prompt="It tells every pupil where to sit. What is it?")),
        (R.DEICTIC, changed(MCQ, prompt="Which word fits: “This tells every pupil where to sit”?")),
        (R.DEICTIC, changed(MCQ, options=("seating plan", "our slide", "door rota"))),
        (R.WEAK_KEY, changed(TERM, key="every")),
        (R.WEAK_KEY, changed(TERM, key="that")),
        (R.WEAK_KEY, changed(TERM, key="pupil where to")),
        (R.WEAK_KEY, changed(TERM, key="is a map")),
        (R.WEAK_KEY, changed(TERM, key="a")),
        (R.WEAK_KEY, changed(TERM, key="?")),
        (R.WEAK_KEY, changed(TERM, accepted=("it",))),
        (R.KEY_LENGTH, changed(TERM, key="map that tells every pupil where")),
        (R.KEY_IN_PROMPT, changed(TERM, prompt="What does the plan tell every pupil?", key="seating plan")),
        (R.KEY_IN_PROMPT, changed(TERM, prompt="Where to sit is told by which plans?")),
        (R.KEY_IN_PROMPT, changed(NUMBER, prompt="Which researchers watched 240 lessons in schools?")),
        (R.KEY_IN_PROMPT, changed(MCQ, prompt="What is a seating map called that tells pupils where to sit?")),
        (R.KEY_NOT_IN_QUOTE, changed(TERM, key="window list")),
        (R.KEY_NOT_IN_QUOTE, quoting(MCQ, cited(1, quote="tells every pupil where"), cited(1))),
        (R.KEY_NOT_IN_QUOTE, changed(NUMBER, key="250", accepted=())),
        (R.KEY_NOT_IN_QUOTE, changed(TERM, key="plan seating")),
        (R.KEY_NOT_IN_QUOTE, changed(TERM, accepted=("desk order",))),
        (R.CATCH_ALL_OPTION, changed(MCQ, options=("seating plan", "entry task", "All of the above."))),
        (R.CATCH_ALL_OPTION, changed(MCQ, options=("seating plan", "entry task", "none of these"))),
        (R.OPTIONS_ALIKE, changed(MCQ, options=("seating plan", "entry task", "entry tasks"))),
        (R.OPTIONS_ALIKE, changed(MCQ, options=("seating plan", "entry task", "task"))),
        (R.OPTIONS_ALIKE, changed(MCQ, options=("seating plan", "entry task", "task for entry"))),
        (R.OPTIONS_ALIKE, changed(MCQ, options=("seating plan", "entry task", "—?!"))),
        (R.OPTION_ALSO_SUPPORTED, changed(MCQ, options=("seating plan", "entry task", "pupils"))),
        (
            R.OPTION_LENGTHS,
            changed(MCQ, options=("seating plan", "entry task", "an agreed list of things to notice in class")),
        ),
        (R.ARTICLE_GIVES_AWAY, changed(MCQ, prompt="Every pupil learns where to sit from a ____")),
    ],
)
def test_what_is_dropped(reason: RejectionReason, draft: QuestionDraft) -> None:
    result = validate([draft], CUES, language="en")
    assert result.rejections == {reason: 1}
    assert result.accepted == ()


def test_of_two_alike_the_earlier_stays_and_what_exists_is_not_asked_again() -> None:
    louder = changed(MCQ, prompt="WHAT is a map called, that tells every pupil where to sit")
    result = validate([MCQ, louder, NUMBER], CUES, language="en", avoid_prompts=[NUMBER.prompt.upper()])
    assert result.accepted == (MCQ,)
    assert [(dropped.draft, dropped.reason) for dropped in result.rejected] == [
        (louder, R.DUPLICATE_PROMPT),
        (NUMBER, R.DUPLICATE_PROMPT),
    ]


def test_evidence_that_takes_long_to_look_at_is_none() -> None:
    for length, accepted in ((90.0, 1), (91.0, 0)):
        cues = (Segment(100.0, 100.0 + length, SENTENCES[1]),)
        draft = quoting(MCQ, DraftEvidence(0, 0, 100.0, 100.0 + length, SENTENCES[1]))
        assert len(validate([draft], cues, language="en").accepted) == accepted


def test_a_language_without_word_lists_still_needs_true_evidence() -> None:
    cues = (Segment(0, 5, "Ein Sitzplan zeigt jedem Kind seinen Platz im Raum."),)
    draft = changed(
        MCQ,
        prompt="Was zeigt jedem Kind seinen Platz?",
        key="Sitzplan",
        options=("Sitzplan", "Stundenplan", "Klassenbuch"),
        evidence=(DraftEvidence(0, 0, 0.0, 5.0, cues[0].text),),
    )
    assert validate([draft], cues, language="de").accepted == (draft,)
    lie = changed(draft, key="Stundenplan")
    assert validate([lie], cues, language="de").rejections == {R.KEY_NOT_IN_QUOTE: 1}


texts = st.one_of(
    st.sampled_from(
        [*SENTENCES, MCQ.prompt, NUMBER.prompt, *MCQ.options, "240", "", "it", "all of the above", "____", "%"]
    ),
    st.text(max_size=12),
)
anything = st.builds(
    QuestionDraft,
    kind=st.sampled_from(QuestionKind),
    prompt=texts,
    key=texts,
    options=st.lists(texts, max_size=4).map(tuple),
    accepted=st.lists(texts, max_size=2).map(tuple),
    explanation=texts,
    evidence=st.lists(
        st.builds(
            DraftEvidence,
            cue_from=st.integers(-1, 8),
            cue_to=st.integers(-1, 8),
            start=st.floats(-1, 80) | st.just(float("nan")),
            end=st.floats(-1, 80) | st.just(float("inf")),
            quote=texts,
        )
        | st.sampled_from([cited(1), cited(2, 3), cited(6)]),
        max_size=2,
    ).map(tuple),
    rule=st.sampled_from(["", "definition"]),
    confidence=st.floats(-0.5, 1.5),
    origin=st.sampled_from(QuestionOrigin),
) | st.sampled_from([MCQ, NUMBER, TERM])


@settings(max_examples=60, deadline=None)
@given(st.lists(anything, max_size=4), st.sampled_from(["en", "xx"]))
def test_whatever_a_generator_says_what_is_accepted_makes_questions(drafts: list[QuestionDraft], language: str) -> None:
    result = validate(drafts, CUES, language=language)
    assert len(result.accepted) + len(result.rejected) == len(drafts)
    assert sum(result.rejections.values()) == len(result.rejected)
    ids = count(1)
    for place, draft in enumerate(result.accepted):
        question = to_question(draft, position=place, new_id=lambda: UUID(int=next(ids)))
        assert question.evidence is not None
        assert question.evidence.end <= CUES[-1].end + 0.5
    again = validate(result.accepted, CUES, language=language)
    assert again.accepted == result.accepted


def test_an_accepted_draft_becomes_a_question_as_it_is() -> None:
    ids = count(1)
    chosen = to_question(MCQ, position=2, new_id=lambda: UUID(int=next(ids)), review=Review.ACCEPTED)
    assert isinstance(chosen, McqQuestion)
    assert [(option.text, option.is_correct) for option in chosen.options] == [
        ("entry task", False),
        ("seating plan", True),
        ("observation protocol", False),
    ]
    assert (chosen.position, chosen.review, chosen.rule, chosen.origin) == (2, "ACCEPTED", "definition", "RULES")
    assert chosen.evidence is not None
    assert (chosen.evidence.quote, chosen.evidence.start, chosen.evidence.end) == (SENTENCES[1], 10.0, 20.0)
    typed = to_question(NUMBER, position=0, new_id=lambda: UUID(int=next(ids)))
    assert isinstance(typed, ShortAnswerQuestion)
    assert (typed.accepted_answers, typed.review) == (("240", "two hundred and forty"), "DRAFT")
